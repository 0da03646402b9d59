using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

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
