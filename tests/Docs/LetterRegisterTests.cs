using System.Text.RegularExpressions;
using Tests.Architecture;
using Xunit;

namespace Tests.Docs;

/// <summary>docs/letters.md has every id of each letter that it speaks of, once, and says of each where it is shown or why not.</summary>
public sealed partial class LetterRegisterTests
{
    static readonly ILookup<string, string> Register = Repository.Read("docs/letters.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => line.Split(',')).ToLookup(cells => cells[0], cells => cells[1]);

    /// <summary>Rows by the letter of their section.</summary>
    static readonly IReadOnlyDictionary<string, IReadOnlyList<string[]>> Sections = Sectioned(Repository.Read("docs/letters.md"));

    public static TheoryData<string> Letters => [.. Sections.Keys];

    [Fact]
    public void The_register_has_the_ids_of_five_letters() =>
        Assert.Equal(["S0 21", "S1 16", "S2 17", "S3 25", "S4 17"], Register.Select(letter => $"{letter.Key} {letter.Distinct().Count()}"));

    [Fact]
    public void The_page_speaks_of_letters_of_the_register() => Assert.Subset(Register.Select(letter => letter.Key).ToHashSet(), Sections.Keys.ToHashSet());

    [Theory, MemberData(nameof(Letters))]
    public void Every_id_of_a_letter_has_one_row(string letter) => Assert.Equal(Register[letter].Order(StringComparer.Ordinal), Sections[letter].Select(row => row[0]));

    /// <summary>A case is quoted behind the link to its page, "…" standing for the rest of the sentence.</summary>
    [Theory, MemberData(nameof(Letters))]
    public void Cases_that_a_row_quotes_stand_on_the_page_that_it_links(string letter)
    {
        var quoted = Sections[letter].SelectMany(row => Quoted().Matches(row[2])).Select(match => (Page: match.Groups["page"].Value, Sentence: match.Groups["sentence"].Value.TrimEnd('…')));

        Assert.All(quoted, each => Assert.Contains("## Case: " + each.Sentence, Repository.Read(each.Page), StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Letters))]
    public void Every_row_names_what_shows_it_an_issue_to_come_or_why_it_is_no_matter_for_software(string letter) =>
        Assert.Empty(Sections[letter].Where(row => row.Length != 3 || row[1].Length == 0 || !Reason().IsMatch(row[2])).Select(row => string.Join(" | ", row)));

    /// <summary>So that the test is known to find what it looks for.</summary>
    [Fact]
    public void A_missing_row_and_an_empty_reason_are_found()
    {
        var page = Sectioned("## S1 a letter\n\n| id | rule | where |\n|---|---|---|\n| S1-01 | a | later |\n\n## Other\n\n| x |\n|---|\n| S1-02 |\n");

        Assert.NotEqual(Register["S1"], page["S1"].Select(row => row[0]));
        Assert.Equal("later", Assert.Single(page["S1"])[2]);
        Assert.DoesNotMatch(Reason(), "later");
        Assert.DoesNotMatch(Reason(), "not software");
    }

    /// <summary>Rows of the sections "## S0: …", cells trimmed. LinkTests sees to it that links lead somewhere.</summary>
    static Dictionary<string, IReadOnlyList<string[]>> Sectioned(string page) => Section().Matches(page).ToDictionary(
        match => match.Groups["letter"].Value,
        match => (IReadOnlyList<string[]>)[.. Row().Matches(match.Groups["body"].Value).Select(row => row.Groups["cells"].Value.Split('|').Select(cell => cell.Trim()).ToArray())]);

    [GeneratedRegex(@"^## (?<letter>S\d):? [^\n]*\n(?<body>(?:(?!^## )[\s\S])*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| (?<cells>S\d-\d\d .*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\(\.\./(?<page>sql/[\w/]+\.cases\.md)\) ""(?<sentence>[^""]+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\([^)]+\)|`[^`]+`|\b(tests|etl)/[\w/]+\.cs\b|\bissue \d|\bto come\b|^a later issue: \w|^not software( yet)?: \w")]
    private static partial Regex Reason();
}
