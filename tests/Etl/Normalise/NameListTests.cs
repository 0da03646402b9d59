using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

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
