using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Sở TN&MT", "so tn va mt")]
    [InlineData("Sở TN và MT", "so tn va mt")]
    [InlineData("SỞ TN & MT", "so tn va mt")]
    [InlineData("  Sở: Tài nguyên – (Môi trường).", "so tai nguyen moi truong")]
    [InlineData("Đề nghị", "de nghi")]
    [InlineData("Đ Ð Ɖ đ ð ɖ", "d d d d d d")]
    [InlineData("Lao động - Thương binh", "lao dong thuong binh")]
    [InlineData("tr\u00ADường\u200B", "truong")]
    [InlineData("&", "va")]
    [InlineData("a&b", "a va b")]
    [InlineData("Łódź Straße søn", "lodz strase son")]
    [InlineData("МОСКВА Ωmega", "москва ωmega")]
    [InlineData("", "")]
    [InlineData("---", "")]
    public void Names_fold_to_their_key(string name, string key) => Assert.Equal(key, Folding.Fold(name));

    [Theory]
    [InlineData("Khánh Hòa", "Khánh Hoà")]
    [InlineData("thủy", "thuỷ")]
    [InlineData("Uỷ ban", "Ủy ban")]
    [InlineData("kỹ thuật", "kĩ thuật")]
    [InlineData("tỷ lệ", "tỉ lệ")]
    [InlineData("kỷ luật", "kỉ luật")]
    [InlineData("Quý", "Quí")]
    [InlineData("LÝ", "lí")]
    public void Spelling_variants_have_one_key(string one, string other)
    {
        Assert.Equal(Folding.Fold(one), Folding.Fold(other));
        Assert.Equal(Folding.Fold(one), Folding.Fold(Encodings.Decompose(other)));
    }

    [Theory]
    [InlineData("Tây", "Tai")]
    [InlineData("thủy", "thủi")]
    [InlineData("Y tế", "I tế")]
    [InlineData("Mai", "May")]
    public void Sounds_that_differ_keep_different_keys(string one, string other) => Assert.NotEqual(Folding.Fold(one), Folding.Fold(other));

    [Fact]
    public void The_key_of_a_beginning_is_the_beginning_of_the_key()
    {
        const string name = "Quyết định của Ủy ban nhân dân tỉnh về kỹ thuật, thủy lợi";
        for (var i = 1; i <= name.Length; i++) Assert.StartsWith(Folding.Fold(name[..i]), Folding.Fold(name));
    }

    [Fact]
    public void Every_vietnamese_letter_folds_to_one_ascii_letter()
    {
        foreach (var letter in Vietnamese.Letters) Assert.Matches("^[adeiouy]$", Folding.Fold(letter.ToString()));
    }

    [Fact]
    public void Folding_allocates_nothing()
    {
        var name = "Ban Quản lý các dự án đầu tư cơ sở hạ tầng ưu tiên"u8.ToArray();
        var folded = new byte[Folding.RoomFor(name.Length)];
        Folding.Fold(name, folded);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Folding.Fold(name, folded);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Names_that_fold_alike_share_a_key_within_a_scope_only()
    {
        var key = NameKey.OfName("can-tho"u8, "Sở TN&MT"u8);
        Assert.True(key > 0);
        Assert.Equal(key, NameKey.OfName("can-tho"u8, "SỞ TN và MT"u8));
        Assert.Equal(key, NameKey.Of("can-tho"u8, Encoding.UTF8.GetBytes("so tn va mt")));
        Assert.NotEqual(key, NameKey.OfName("da-nang"u8, "Sở TN&MT"u8));
    }
}
