using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

/// <summary>Random bytes, and random pieces of what these parsers know, through everything: bad data are values here.</summary>
public sealed class NothingThrowsTests
{
    static readonly string[] Pieces =
    [
        "ngày", "tháng", "năm", "quý", "trước", "17h", "24", "/", "2023", "-", ":", ".", ",", " ", "Số", "QĐ", "UBND", "&", "Sở", "mật", "\u00AD", "\u00A0",
        "Së Tµi", "Sôû", "á»Ÿ", "Ã", "\u0301", "\uFEFF", "H27", "000", "99999999", "%", "Z", "+07:00", "E5", "\uFFFE", "\uFFFD", "😀", "0", "%", "\0", "ꜽ", "ß",
    ];

    static readonly DateFormats Formats = DateFormats.Compile(
        ["dd/MM/yyyy", "dd/MM/yyyy HH:mm:ss.FFFK", "d.M.yy h tt", "yyyyMMdd", "iso", "excel", "epoch_ms", "epoch_s", "vi_long", "vi_phrase"]).Value;

    static readonly LocalZone Zone = LocalZone.Named("America/New_York").Value;

    [Fact]
    public void No_parser_throws_on_any_bytes()
    {
        var random = new Random(1204);
        for (var i = 0; i < 40_000; i++)
        {
            var bytes = i % 2 == 0 ? RandomBytes(random) : RandomPieces(random);
            try
            {
                RunFields(bytes);
                RunTexts(bytes);
            }
            catch (Exception error)
            {
                Assert.Fail($"{Convert.ToHexString(bytes)}: {error}");
            }
        }
    }

    [Fact]
    public void No_date_format_makes_compiling_throw()
    {
        var random = new Random(1680);
        const string letters = "dMyHhmsfFtzKTZ'\\/-: .+0aé";
        for (var i = 0; i < 20_000; i++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => letters[random.Next(letters.Length)]));
            var compiled = DateFormats.Compile([name]);
            if (compiled.Ok) compiled.Value.Parse(RandomPieces(random));
        }
    }

    static void RunFields(byte[] bytes)
    {
        var date = Formats.Parse(bytes);
        if (date.Ok)
        {
            _ = (date.Value.ToUtc(Zone), date.Value.EndUtc(Zone), Zone.DayOf(date.Value.ToUtc(Zone)), date.Value.Date);
            _ = (date.Value with { Operator = DueOperator.Before }).EndUtc(Zone);
        }
        foreach (var mark in new[] { DecimalMark.Point, DecimalMark.Comma }) _ = (Numbers.Decimal(bytes, mark), Numbers.Integer(bytes, mark));
        _ = Numbers.Flag(bytes, FlagForms.Any);
        _ = Secrecy.IsWithheld(bytes);
        Span<byte> canonical = stackalloc byte[DocumentNumberParser.Longest];
        _ = DocumentNumberParser.Parse(bytes, canonical, out _);
        _ = Folding.Fold(bytes, new byte[Folding.RoomFor(bytes.Length)]);
        foreach (var name in NameList.Of(bytes, ",;/"u8)) _ = name.ToString();
    }

    static void RunTexts(byte[] bytes)
    {
        foreach (var kind in new[] { TextKind.Free, TextKind.Name })
        {
            var clean = Text.Clean(bytes, kind);
            if (!clean.Ok) continue;
            var text = clean.ToString();
            Assert.True(text.IsNormalized());
            var again = Text.Clean(clean.Utf8, kind);
            Assert.True(again.Ok && (again.Repaired || again.ToString() == text), "cleaning clean text changes it");
        }
        var received = Encoding.UTF8.GetString(bytes);
        _ = (AgencyCode.Parse(received), DocumentNumber.Parse(received), NameList.Split(received, ","));
        foreach (var font in Enum.GetValues<OldFont>()) _ = Encodings.Repair(received, font);
        _ = Encodings.Repair(bytes, OldFont.Auto);
        foreach (var complete in new[] { true, false })
        {
            var found = Encodings.Detect(bytes, complete);
            if (found.Ok) Encodings.Decode(new MemoryStream(bytes), found.Value).CopyTo(Stream.Null);
        }
        foreach (var encoding in Enum.GetValues<TextEncoding>())
            Encodings.Decode(new MemoryStream(bytes), new(encoding, 0, "")).CopyTo(Stream.Null);
    }

    static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(80)];
        random.NextBytes(bytes);
        return bytes;
    }

    static byte[] RandomPieces(Random random) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)])));
}
