using System.Text.RegularExpressions;
using Tests.Architecture;
using Xunit;

namespace Tests.Docs;

/// <summary>A page of the documentation, taken apart.</summary>
sealed partial class Page(string path)
{
    public static readonly Page Readme = new("README.md");

    readonly string text = Repository.Read(path);

    public string Text => text;

    /// <summary>The files that a page says to write: a path in a line of its own, and their text in the fence below it.</summary>
    public IEnumerable<(string Path, string Content)> FilesToWrite =>
        WrittenFile().Matches(text).Select(match => (match.Groups["path"].Value, match.Groups["content"].Value));

    /// <summary>Fences in their order: the language and the text.</summary>
    public IEnumerable<(string Language, string Content)> Fences =>
        Fence().Matches(text).Select(match => (match.Groups["language"].Value, match.Groups["content"].Value));

    /// <summary>Cells of the table whose first head cell is this one.</summary>
    public IReadOnlyList<string[]> Table(string head) =>
    [
        .. text.Split('\n').SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    /// <summary>Targets of links to other files of the project.</summary>
    public IEnumerable<string> Links => Link().Matches(text).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>What a cell or a sentence has between backticks.</summary>
    public static IEnumerable<string> Quoted(string text) => Backticks().Matches(text).Select(match => match.Groups["word"].Value);

    /// <summary>On a difference the right text is left beside the build output, to be copied over the page.</summary>
    public static void AssertIs(string path, string expected)
    {
        if (File.Exists(Path.Combine(Repository.Root, path)) && Repository.Read(path) == expected) return;
        var right = Path.Combine("artifacts", path);
        var file = new FileInfo(Path.Combine(Repository.Root, right));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, expected);
        Assert.Fail($"{path} does not say what the code says; {right} has the right text: cp {right} {path}");
    }

    [GeneratedRegex(@"^`(?<path>[^`\n]+)`\n\n```\w+\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex WrittenFile();

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<word>[^`]+)`")]
    private static partial Regex Backticks();
}
