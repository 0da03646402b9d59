using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class EncodingsTests
{
    const string Letter = "Sở Tài nguyên và Môi trường, Sở Giáo dục và Đào tạo khẩn trương báo cáo trước ngày 24/3/2023; " +
        "thường xuyên rà soát và cập nhật tình hình triển khai và kết quả thực hiện nhiệm vụ";

    static string Read(byte[] file, TextEncoding? setting = null, int piece = int.MaxValue)
    {
        var found = Encodings.Detect(file, complete: true, setting);
        Assert.True(found.Ok, found.Reason);
        using var stream = Encodings.Decode(new PiecewiseStream(file, piece), found.Value);
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Encoding.UTF8.GetString(copy.ToArray());
    }

    [Theory]
    [InlineData(TextEncoding.Tcvn3)]
    [InlineData(TextEncoding.Vni)]
    [InlineData(TextEncoding.Windows1258)]
    [InlineData(TextEncoding.Utf16Le)]
    [InlineData(TextEncoding.Utf16Be)]
    [InlineData(TextEncoding.Utf8)]
    public void Text_comes_back_from_every_encoding_however_it_is_cut(TextEncoding encoding)
    {
        foreach (var piece in new[] { 1, 2, 7, 100_000 })
            Assert.Equal(Letter, Read(Encodings.Encode(Letter, encoding), encoding, piece));
    }

    [Theory]
    [InlineData(TextEncoding.Tcvn3, "TCVN3")]
    [InlineData(TextEncoding.Vni, "VNI")]
    [InlineData(TextEncoding.Windows1258, "windows-1258")]
    public void Old_encodings_are_known_by_their_words(TextEncoding encoding, string name)
    {
        var found = Encodings.Detect(Encodings.Encode(Letter, encoding), complete: true);
        Assert.Equal(encoding, found.Value.Encoding);
        Assert.Contains(name, found.Value.Explanation);
        Assert.Equal(Letter, Read(Encodings.Encode(Letter, encoding)));
    }

    [Theory]
    [InlineData(TextEncoding.Vni)]
    [InlineData(TextEncoding.Windows1258)]
    public void All_134_letters_make_the_round_trip(TextEncoding encoding)
    {
        foreach (var letter in Vietnamese.Letters)
            Assert.Equal($"a{letter}n", Read(Encodings.Encode($"a{letter}n", encoding), encoding));
    }

    [Fact]
    public void In_tcvn3_small_letters_and_seven_capitals_make_the_round_trip_and_capitals_with_a_tone_come_back_small()
    {
        foreach (var letter in Vietnamese.Letters)
        {
            var bytes = Encodings.Encode(letter.ToString(), TextEncoding.Tcvn3);
            Assert.Single(bytes);
            Assert.Equal("ĂÂÊÔƠƯĐ".Contains(letter) ? letter : char.ToLowerInvariant(letter), Read(bytes, TextEncoding.Tcvn3)[0]);
        }
    }

    [Fact]
    public void Windows_1258_also_reads_composed_vowels() =>
        Assert.Equal("á ế Đ ư ₫", Read([0xE1, 0x20, 0xEA, 0xEC, 0x20, 0xD0, 0x20, 0xFD, 0x20, 0xFE], TextEncoding.Windows1258));

    [Fact]
    public void Bytes_are_those_of_the_documented_example()
    {
        Assert.Equal("Së Tµi nguyªn vµ M«i tr\u00ADêng", Encodings.ToOldFont("Sở Tài nguyên và Môi trường", OldFont.Tcvn3));
        Assert.Equal("Sôû Taøi nguyeân vaø Moâi tröôøng", Encodings.ToOldFont("Sở Tài nguyên và Môi trường", OldFont.Vni));
        Assert.Equal("?", Encoding.ASCII.GetString(Encodings.Encode("ж", TextEncoding.Tcvn3)));
    }

    [Fact]
    public void A_byte_order_mark_decides_and_is_not_part_of_the_text()
    {
        Assert.Equal("Sở", Read([0xEF, 0xBB, 0xBF, .. "Sở"u8]));
        Assert.Equal("Sở", Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Sở")]));
        Assert.Equal("Sở", Read([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Sở")]));
        Assert.Equal(TextEncoding.Utf16Le, Encodings.Detect(Encoding.Unicode.GetBytes("ma;ten;han"), true).Value.Encoding);
    }

    [Fact]
    public void A_setting_wins_over_guessing_but_not_over_a_contradicting_byte_order_mark()
    {
        Assert.Equal(TextEncoding.Vni, Encodings.Detect(Encodings.Encode(Letter, TextEncoding.Tcvn3), true, TextEncoding.Vni).Value.Encoding);
        Assert.Equal("starts with the byte order mark of Utf16Le, but the feed says Tcvn3",
            Encodings.Detect([0xFF, 0xFE, 0x41, 0x00], true, TextEncoding.Tcvn3).Reason);
    }

    [Fact]
    public void A_declared_code_page_is_believed_only_where_the_bytes_are_not_utf8()
    {
        Assert.Equal(TextEncoding.Utf8, Encodings.Detect("Sở"u8, true, declared: TextEncoding.Windows1258).Value.Encoding);
        Assert.Equal(TextEncoding.Windows1258, Encodings.Detect([0x53, 0xF5, 0xD2], true, declared: TextEncoding.Windows1258).Value.Encoding);
    }

    [Fact]
    public void A_letter_cut_at_the_end_of_the_head_does_not_matter()
    {
        var file = "Sở"u8.ToArray();
        Assert.Equal(TextEncoding.Utf8, Encodings.Detect(file.AsSpan(0, 3), complete: false).Value.Encoding);
        Assert.False(Encodings.Detect(file.AsSpan(0, 3), complete: true).Ok);
    }

    [Fact]
    public void What_cannot_be_told_is_left_to_the_feed()
    {
        Assert.Contains("name the encoding in the feed", Encodings.Detect([.. "Caf"u8, 0xE9], true).Reason);
        Assert.StartsWith("holds NUL bytes and so is not text (the first in line 1)", Encodings.Detect([1, 2, 0, 0, 0, 7, 0, 9], true).Reason);
        Assert.Equal("is not an encoding (utf-8, utf-16, utf-16le, utf-16be, windows-1258, windows-1252, tcvn3, vni)", Encodings.Named("latin").Reason);
        Assert.Equal(TextEncoding.Tcvn3, Encodings.Named("TCVN3").Value);
    }

    [Fact]
    public void Decomposed_utf16_is_composed_across_pieces() =>
        Assert.Equal(Letter, Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encodings.Decompose(Letter))], piece: 3));

    /// <summary>Gives at most so many bytes a read, to cut letters at every place.</summary>
    sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(piece, count));
    }
}
