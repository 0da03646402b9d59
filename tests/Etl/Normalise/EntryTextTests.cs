using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class EntryTextTests
{
    [Theory]
    [InlineData("Đã tổ chức họp với các đơn vị liên quan")]
    [InlineData("đang thực hiện bước lấy ý kiến")]
    [InlineData("Đang trình")]
    [InlineData("40 %")]
    [InlineData("Đang thực hiện: đã gửi văn bản lấy ý kiến các sở, ngành liên quan, đang tổng hợp ý kiến góp ý của các đơn vị để hoàn thiện dự thảo lần 2")]
    public void A_text_that_says_what_was_done_says_something(string text) => Assert.True(EntryText.SaysSomething(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("…")]
    [InlineData("đang thực hiện")]
    [InlineData("Đang Thực Hiện.")]
    [InlineData("ĐANG TRIỂN KHAI")]
    [InlineData("đang  xử lí")]
    [InlineData("Đang thực hiện theo kế hoạch")]
    public void An_empty_text_or_a_bare_phrase_says_nothing(string text) => Assert.False(EntryText.SaysSomething(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_phrase_in_decomposed_letters_says_nothing_either() =>
        Assert.False(EntryText.SaysSomething(Encoding.UTF8.GetBytes("Đang thực hiện theo kế hoạch".Normalize(NormalizationForm.FormD))));
}
