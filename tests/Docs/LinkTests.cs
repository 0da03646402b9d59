using System.Text.RegularExpressions;
using Tests.Architecture;
using Xunit;

namespace Tests.Docs;

/// <summary>Pages point to what exists, and every decision has the same three parts.</summary>
public sealed partial class LinkTests
{
    static IEnumerable<string> Pages => Repository.Files("docs", "*.md").Prepend("README.md");

    static IEnumerable<string> Decisions => Repository.Files("docs/decisions", "*.md");

    [Fact]
    public void Links_lead_to_files_and_folders_of_the_project() => Assert.Empty(Pages.SelectMany(page => new Page(page).Links
        .Where(target => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target))).Select(target => $"{page} links to {target}")));

    [Fact]
    public void Decisions_are_numbered_without_gaps() => Assert.Equal(
        Enumerable.Range(1, Decisions.Count()).Select(number => number.ToString("D4", System.Globalization.CultureInfo.InvariantCulture)), Decisions.Select(path => Path.GetFileName(path)[..4]));

    [Fact]
    public void A_decision_tells_its_context_what_was_decided_and_what_follows() =>
        Assert.DoesNotContain(Decisions, path => !Parts().IsMatch(Repository.Read(path)));

    [Fact]
    public void Decisions_that_the_project_names_exist()
    {
        var files = ((string[])["etl", "warehouse", "reports", "sql", "docs", "tests"]).SelectMany(folder => Repository.Files(folder, "*.*")).Append("README.md").Append("package.json")
            .Where(path => Path.GetExtension(path) is ".cs" or ".csproj" or ".sql" or ".md" or ".json" or ".yml" or ".js" or ".css");
        var named = files.SelectMany(path => Named().Matches(Repository.Read(path)).Select(match => match.Groups["number"].Value));

        Assert.Subset(Decisions.Select(path => Path.GetFileName(path)[..4]).ToHashSet(), named.ToHashSet());
    }

    [GeneratedRegex(@"\A# \d{4} [^\n]+\n[\s\S]*\n## Context\n[\s\S]+\n## Decision\n[\s\S]+\n## Consequences\n")]
    private static partial Regex Parts();

    [GeneratedRegex(@"docs/decisions/(?<number>\d{4})")]
    private static partial Regex Named();
}
