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
