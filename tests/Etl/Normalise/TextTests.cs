using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class TextTests
{
    static string Clean(string text, TextKind kind = TextKind.Free)
    {
        var clean = Text.Clean(Encoding.UTF8.GetBytes(text), kind);
        Assert.True(clean.Ok, clean.Reason);
        return clean.ToString();
    }

    [Theory]
    [InlineData("  Sở Nội vụ \r\n", "Sở Nội vụ")]
    [InlineData("\u00A0Sở\u00A0", "Sở")]
    [InlineData("\uFEFF\u200BSở\u200B\u2060", "Sở")]
    [InlineData("\u3000Sở\u2003", "Sở")]
    [InlineData(" \t ", "")]
    [InlineData("", "")]
    public void Blanks_and_invisible_characters_at_the_ends_go(string received, string expected) => Assert.Equal(expected, Clean(received));

    [Theory]
    [InlineData("Sở  Nội\u00A0 \tvụ", "Sở Nội vụ")]
    [InlineData("Sở\r\nNội vụ", "Sở Nội vụ")]
    [InlineData("Sở N\u200Bội vụ", "Sở Nội vụ")]
    public void Inner_runs_of_blanks_are_closed_up_in_names_only(string received, string expected)
    {
        Assert.Equal(expected, Clean(received, TextKind.Name));
        Assert.Equal(received, Clean(received));
    }

    [Fact]
    public void Decomposed_text_is_composed()
    {
        const string letter = "Sở Tài nguyên và Môi trường";
        Assert.Equal(letter, Clean(letter.Normalize(NormalizationForm.FormD)));
        Assert.Equal("K", Clean("\u212A")); // the Kelvin sign is not NFC
        Assert.Equal("a\u2002b", Clean("a\u2000b"));
    }

    [Fact]
    public void Clean_text_is_returned_as_the_same_bytes()
    {
        var received = Encoding.UTF8.GetBytes(" Hệ thống theo dõi nhiệm vụ – “của UBND tỉnh” ");
        var clean = Text.Clean(received, TextKind.Name);
        Assert.True(clean.Utf8.Overlaps(received, out var offset));
        Assert.Equal(-1, offset);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Text.Clean(received, TextKind.Name);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Every_vietnamese_letter_passes_both_ways()
    {
        foreach (var letter in Vietnamese.Letters)
        {
            Assert.Equal(letter.ToString(), Clean(letter.ToString()));
            Assert.Equal(letter.ToString(), Clean(Encodings.Decompose(letter.ToString())));
        }
        Assert.Equal(134, Vietnamese.Letters.Length);
    }

    [Fact]
    public void A_soft_hyphen_survives_because_tcvn3_writes_a_letter_with_it() => Assert.Equal("Th\u00AD", Clean("Th\u00AD"));

    [Theory]
    [InlineData(new byte[] { 0x53, 0xFF }, "is not valid UTF-8")]
    [InlineData(new byte[] { 0xE1, 0xBB }, "is not valid UTF-8")]
    [InlineData(new byte[] { 0xC3 }, "is not valid UTF-8")]
    [InlineData(new byte[] { 0xE1, 0xBB, 0x41 }, "is not valid UTF-8")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "is not valid UTF-8")]
    [InlineData(new byte[] { 0x41, 0x00, 0x41 }, "holds a NUL character")]
    [InlineData(new byte[] { 0x41, 0xEF, 0xBF, 0xBE, 0x41 }, "holds U+FFFE or U+FFFF, which are no characters")]
    public void What_is_no_text_has_a_reason(byte[] received, string reason) => Assert.Equal(reason, Text.Clean(received).Reason);

    [Fact]
    public void Utf8_read_as_windows_1252_is_put_right()
    {
        foreach (var meant in new[] { "Sở Tài nguyên và Môi trường", "Đà Nẵng", "Quyết định", "Ủy ban" })
        {
            var wrong = string.Concat(Encoding.UTF8.GetBytes(meant).Select(code => Windows1252.Character(code)));
            var clean = Text.Clean(Encoding.UTF8.GetBytes(wrong));
            Assert.Equal(meant, clean.ToString());
            Assert.True(clean.Repaired);
        }
    }

    [Theory]
    [InlineData("Sá»Ÿ TÃ i nguyÃªn")] // the NBSP of "à" became a blank: no longer certain
    [InlineData("Sở TÃ\u00A0i")] // only half of it is wrong
    [InlineData("São Paulo")]
    [InlineData("ÂẤ")]
    public void Doubtful_mojibake_is_left_as_it_is(string text)
    {
        Assert.Equal(text, Clean(text));
        Assert.False(Text.Clean(Encoding.UTF8.GetBytes(text)).Repaired);
    }
}
