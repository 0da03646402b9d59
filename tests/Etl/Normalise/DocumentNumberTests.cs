using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class DocumentNumberTests
{
    [Theory]
    [InlineData("1204/UBND-KSTT", 1204, null, "UBND-KSTT", "1204/UBND-KSTT")]
    [InlineData("07/BC-VP", 7, null, "BC-VP", "7/BC-VP")]
    [InlineData("4651/UBND-KSTT", 4651, null, "UBND-KSTT", "4651/UBND-KSTT")]
    [InlineData("2033/QĐ-UBND", 2033, null, "QĐ-UBND", "2033/QĐ-UBND")]
    [InlineData("21/CT-UBND", 21, null, "CT-UBND", "21/CT-UBND")]
    [InlineData("2246/UBND-KTGS&TĐKT", 2246, null, "UBND-KTGS&TĐKT", "2246/UBND-KTGS&TĐKT")]
    [InlineData("2246/UBND-KTGS & TĐKT", 2246, null, "UBND-KTGS&TĐKT", "2246/UBND-KTGS&TĐKT")]
    [InlineData("3482/QĐ-UBND", 3482, null, "QĐ-UBND", "3482/QĐ-UBND")]
    [InlineData("1313/UBND-KSTT", 1313, null, "UBND-KSTT", "1313/UBND-KSTT")]
    [InlineData("1680 /UBND-NC", 1680, null, "UBND-NC", "1680/UBND-NC")]
    [InlineData("Số: 1680 /UBND-NC", 1680, null, "UBND-NC", "1680/UBND-NC")]
    [InlineData("1680 / UBND – NC", 1680, null, "UBND-NC", "1680/UBND-NC")]
    [InlineData("74/2022/QH15", 74, 2022, "QH15", "74/2022/QH15")]
    [InlineData("08/2017/QĐ-UBND", 8, 2017, "QĐ-UBND", "8/2017/QĐ-UBND")]
    [InlineData("237/NQ-UBTVQH16", 237, null, "NQ-UBTVQH16", "237/NQ-UBTVQH16")]
    [InlineData("07/CT-UBND", 7, null, "CT-UBND", "7/CT-UBND")]
    [InlineData("05/CT-UBND", 5, null, "CT-UBND", "5/CT-UBND")]
    [InlineData("3593/UBND-ĐTĐT", 3593, null, "UBND-ĐTĐT", "3593/UBND-ĐTĐT")]
    [InlineData("57/KH-UBND", 57, null, "KH-UBND", "57/KH-UBND")]
    [InlineData("1298/QĐ-UBND-HC", 1298, null, "QĐ-UBND-HC", "1298/QĐ-UBND-HC")]
    [InlineData("684-QĐ/TU", 684, null, "QĐ/TU", "684-QĐ/TU")]
    [InlineData("14-CT/TU", 14, null, "CT/TU", "14-CT/TU")]
    [InlineData("1598-CV/TU", 1598, null, "CV/TU", "1598-CV/TU")]
    [InlineData("42/2014/qđ-ttg", 42, 2014, "QĐ-TTG", "42/2014/QĐ-TTG")]
    [InlineData("09/2019/NĐ-CP", 9, 2019, "NĐ-CP", "9/2019/NĐ-CP")]
    [InlineData("2033/QĐ\u2011UBND", 2033, null, "QĐ-UBND", "2033/QĐ-UBND")]
    [InlineData("1/VP.UBND", 1, null, "VP.UBND", "1/VP.UBND")]
    public void Numbers_of_the_letters_and_their_kind_are_read(string text, int number, int? year, string symbol, string canonical) =>
        Assert.Equal(new DocumentNumber(number, year, symbol, canonical, DocumentFlaws.None), DocumentNumber.Parse(text).Value);

    [Theory]
    [InlineData("280/CD-TTg", "280/CĐ-TTG", DocumentFlaws.Corrected)]
    [InlineData("2033/QD-UBND", "2033/QĐ-UBND", DocumentFlaws.Corrected)]
    [InlineData("12/NQ-HDND", "12/NQ-HĐND", DocumentFlaws.Corrected)]
    [InlineData("45/2025/ND-CP", "45/2025/NĐ-CP", DocumentFlaws.Corrected)]
    [InlineData("3/HD-UBND", "3/HD-UBND", DocumentFlaws.None)] // hướng dẫn
    [InlineData("2033/Q\u00D0-UBND", "2033/QĐ-UBND", DocumentFlaws.None)]
    [InlineData("2033/q\u00F0-ubnd", "2033/QĐ-UBND", DocumentFlaws.None)]
    [InlineData("2033/Q\u0189-UBND", "2033/QĐ-UBND", DocumentFlaws.None)]
    [InlineData("1961/QĐUBND", "1961/QĐUBND", DocumentFlaws.HyphenLost)]
    public void Known_slips_are_put_right_or_flagged(string text, string canonical, DocumentFlaws flaws)
    {
        var number = DocumentNumber.Parse(text).Value;
        Assert.Equal((canonical, flaws), (number.Canonical, number.Flaws));
    }

    [Theory]
    [InlineData("24/3/2023")]
    [InlineData("24-3-2023")]
    [InlineData("Văn bản")]
    [InlineData("")]
    [InlineData("UBND-KSTT")]
    [InlineData("1234567/UBND")]
    [InlineData("1204/")]
    [InlineData("1204/UBND-")]
    [InlineData("1204//UBND")]
    [InlineData("1204/UBND KSTT")]
    [InlineData("1204 UBND-KSTT")]
    [InlineData("1204/UBND-KSTT ngày 17/3")]
    [InlineData("12/(UBND)")]
    [InlineData("12/&.")]
    public void What_is_no_document_number_has_a_reason(string text) =>
        Assert.Equal("is not a document number (1204/UBND-KSTT)", DocumentNumber.Parse(text).Reason);

    [Fact]
    public void Very_long_symbols_are_no_document_numbers() => Assert.False(DocumentNumber.Parse("1/" + new string('Đ', 200)).Ok);

    [Fact]
    public void The_parser_itself_allocates_nothing()
    {
        var text = "Số: 1680 /UBND-KTGS&TĐKT"u8.ToArray();
        Span<byte> canonical = stackalloc byte[DocumentNumberParser.Longest];
        DocumentNumberParser.Parse(text, canonical, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) DocumentNumberParser.Parse(text, canonical, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        DocumentNumberParser.Parse(text, canonical, out var parts);
        Assert.True(parts.Symbol(canonical).SequenceEqual("UBND-KTGS&TĐKT"u8));
    }
}
