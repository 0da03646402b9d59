using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class AgencyCodeTests
{
    [Theory]
    [InlineData("000.00.01.H27", "H27.01")]
    [InlineData("000.00.00.H17", "H17")]
    [InlineData("000.00.00.K14", "K14")]
    [InlineData("001.00.01.H49", "H49.01.00.001")]
    [InlineData(" h27.01 ", "H27.01")]
    [InlineData("H17", "H17")]
    [InlineData("H27.01.02", "H27.01.02")]
    public void Codes_come_in_their_present_shape(string text, string expected) => Assert.Equal(expected, AgencyCode.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("000.00.00.00")]
    [InlineData("H1")]
    [InlineData("H27.1")]
    [InlineData("H27..01")]
    [InlineData("000.00.00.00.H17")]
    [InlineData("Sở Nội vụ")]
    public void Other_texts_have_a_reason(string text) =>
        Assert.Equal("is not an agency code (H27.01 or 000.00.01.H27)", AgencyCode.Parse(text).Reason);
}

public sealed class SecrecyTests
{
    public static TheoryData<string> Levels => new("Mật", "MẬT", "Tối mật", "tuyệt  mật", "TUYỆT MẬT", "Độ mật: Tối mật", "mat", "Tài liệu mật");

    [Theory]
    [MemberData(nameof(Levels))]
    public void Secret_levels_are_withheld_in_any_spelling_and_encoding(string level)
    {
        var mojibake = string.Concat(Encoding.UTF8.GetBytes(level).Select(code => Windows1252.Character(code)));
        string[] forms = [level, Encodings.Decompose(level), Encodings.ToOldFont(level, OldFont.Tcvn3), Encodings.ToOldFont(level, OldFont.Vni), mojibake];
        foreach (var form in forms) Assert.True(Secrecy.IsWithheld(Encoding.UTF8.GetBytes(form)).Value, form);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Thường")]
    [InlineData("bình thường")]
    [InlineData("Không mật")]
    [InlineData("Độ mật: thường")]
    [InlineData("Th\u00ADêng")]
    public void Ordinary_documents_are_not_withheld(string level) => Assert.False(Secrecy.IsWithheld(Encoding.UTF8.GetBytes(level)).Value);

    [Theory]
    [InlineData("2")]
    [InlineData("hỏa tốc")]
    [InlineData("???")]
    public void An_unknown_level_is_not_taken_for_an_ordinary_one(string level) =>
        Assert.Equal("is not a secrecy level (thường, mật, tối mật, tuyệt mật)", Secrecy.IsWithheld(Encoding.UTF8.GetBytes(level)).Reason);
}

public sealed class NameListTests
{
    [Theory]
    [InlineData("Sở: Xây dựng, Tài nguyên và Môi trường", ",;", "Sở Xây dựng|Sở Tài nguyên và Môi trường")]
    [InlineData("lãnh đạo các Sở: Xây dựng, Tài nguyên và Môi trường", ",;", "Sở Xây dựng|Sở Tài nguyên và Môi trường")]
    [InlineData("Sở Giao thông vận tải; Sở Nội vụ;; Sở Tài chính ;", ";", "Sở Giao thông vận tải|Sở Nội vụ|Sở Tài chính")]
    [InlineData("Sở Nội vụ\r\nSở Tài chính", ";", "Sở Nội vụ|Sở Tài chính")]
    [InlineData("Sở Tài nguyên và Môi trường", ",;", "Sở Tài nguyên và Môi trường")]
    [InlineData("Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ", ",", "Sở Văn hóa, Thể thao và Du lịch|Sở Nội vụ")]
    [InlineData("Sở: Văn hoá, Thể thao và Du lịch, Nội vụ", ",", "Sở Văn hoá, Thể thao và Du lịch|Sở Nội vụ")]
    [InlineData("Sở: Xây dựng, Ban Dân tộc, Nội vụ", ",", "Sở Xây dựng|Ban Dân tộc|Sở Nội vụ")]
    [InlineData("Sở: Xây dựng; UBND: quận Hải Châu, quận Thanh Khê", ",;", "Sở Xây dựng|UBND quận Hải Châu|UBND quận Thanh Khê")]
    [InlineData("UBND xã A / UBND xã B", "/", "UBND xã A|UBND xã B")]
    [InlineData("", ",", "")]
    [InlineData(" , ;", ",;", "")]
    public void Lists_are_split_at_the_separators_of_the_feed(string text, string separators, string expected) =>
        Assert.Equal(expected, string.Join('|', NameList.Split(text, separators)));

    [Fact]
    public void A_listed_name_writes_itself_as_bytes()
    {
        Span<byte> utf8 = stackalloc byte[64];
        foreach (var name in NameList.Of("Sở: Nội vụ"u8, ","u8))
        {
            Assert.Equal(name.Length, name.CopyTo(utf8));
            Assert.True(utf8[..name.Length].SequenceEqual("Sở Nội vụ"u8));
        }
    }
}
