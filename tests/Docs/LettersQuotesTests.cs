using System.Text.RegularExpressions;
using Tests.Architecture;
using Xunit;

namespace Tests.Docs;

/// <summary>A case that docs/letters.md quotes behind a link stands on the page that it links.</summary>
public sealed partial class LettersQuotesTests
{
    static readonly IReadOnlyList<(string Page, string Sentence)> Quotes =
        [.. Quote().Matches(Repository.Read("docs/letters.md")).Select(match => (match.Groups["page"].Value, match.Groups["sentence"].Value.TrimEnd('…')))];

    [Fact]
    public void Every_quoted_case_is_on_its_page()
    {
        Assert.NotEmpty(Quotes);
        Assert.Empty(Quotes.Where(quote => !Repository.Read(quote.Page).Contains("## Case: " + quote.Sentence, StringComparison.Ordinal)).Select(quote => $"{quote.Page}: '{quote.Sentence}'"));
    }

    [GeneratedRegex(@"\(\.\./(?<page>sql/[\w/.]+\.cases\.md)\)(?: ""(?<sentence>[^""]+)"")")]
    private static partial Regex Quote();
}
