using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class OldFontRepairTests
{
    public static TheoryData<string> Cells => new(
        "Sở Tài nguyên và Môi trường", "Đang xử lý", "Hoàn thành đúng hạn", "Chưa thực hiện", "Ủy ban nhân dân thành phố",
        "Ban Quản lý các dự án đầu tư cơ sở hạ tầng ưu tiên", "Quyết định số 2033/QĐ-UBND ngày 20/9/2016", "Sở TN&MT trình phương án", "Phường Hòa Thọ Đông",
        "“Hệ thống theo dõi nhiệm vụ của UBND tỉnh” – hằng ngày…");

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_typed_for_an_old_font_is_recognised_and_repaired(string meant)
    {
        foreach (var font in new[] { OldFont.Tcvn3, OldFont.Vni })
        {
            // Capitals with a tone are the small letter in TCVN3.
            var expected = font == OldFont.Vni ? meant : meant.Replace('Ủ', 'ủ');
            Assert.Equal(expected, Encodings.Repair(Encodings.ToOldFont(meant, font), OldFont.Auto));
            Assert.Equal(expected, Encodings.Repair(Encodings.ToOldFont(meant, font), font));
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_that_is_unicode_already_is_left_alone(string text)
    {
        foreach (var font in new[] { OldFont.Auto, OldFont.Tcvn3, OldFont.Vni })
        {
            Assert.Same(text, Encodings.Repair(text, font));
            var utf8 = Encoding.UTF8.GetBytes(text);
            Assert.True(Encodings.Repair(utf8, font) == utf8);
        }
    }

    [Theory]
    [InlineData("công trình")] // "cụng trỡnh" in TCVN3: letters of Latin-1 that are Vietnamese as they stand
    [InlineData("và")]
    [InlineData("Café Müller")]
    [InlineData("São Paulo")]
    [InlineData("50 µm")]
    [InlineData("Windows®")]
    [InlineData("25°C ± 2")]
    [InlineData("plain ASCII")]
    [InlineData("")]
    public void What_may_be_right_as_it_stands_is_not_repaired_unasked(string text) => Assert.Equal(text, Encodings.Repair(text, OldFont.Auto));

    [Fact]
    public void A_single_short_word_needs_the_feed_to_name_the_font()
    {
        Assert.Equal("Së", Encodings.Repair("Së", OldFont.Auto));
        Assert.Equal("Sở", Encodings.Repair("Së", OldFont.Tcvn3));
    }

    [Fact]
    public void Capitals_are_restored_where_the_cell_proves_them()
    {
        Assert.Equal("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", Encodings.Repair("Së TµI NGUY£N Vµ M¤I TR¦êNG", OldFont.Tcvn3));
        Assert.Equal("Sở TN&MT", Encodings.Repair("Së TN&MT", OldFont.Tcvn3));
        Assert.Equal("sở tài nguyên", Encodings.Repair("së tµi nguyªn", OldFont.Tcvn3)); // typed small in a capital font
    }

    [Fact]
    public void Capital_codes_of_the_full_standard_are_read() => Assert.Equal("CẤP", Encodings.Repair("C\u00C4P", OldFont.Tcvn3));

    [Fact]
    public void Quotes_and_dashes_stay() => Assert.Equal("“Sở Nội vụ” – tỉnh", Encodings.Repair("“Së Néi vô” – tØnh", OldFont.Auto));
}
