using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Etl.Commands;
using Reports;
using Tests.Architecture;
using Xunit;

namespace Tests.Docs;

/// <summary>The README names every verb, option, exit code and environment variable, and none that does not exist.</summary>
public sealed partial class CommandLineTests
{
    // These are the script's own; the other verbs are the programs'.
    static readonly string[] OfTheScript = ["test", "publish"];

    static readonly string[] OnEveryVerb = ["--home", "--engine"];

    static SortedDictionary<string, Command> Verbs
    {
        get
        {
            var verbs = new SortedDictionary<string, Command>(StringComparer.Ordinal) { ["serve"] = ServeOptions.Root(), ["bench pages"] = ServeOptions.Bench() };
            foreach (var (name, command) in Leaves(Root.Create(Shown.OnConsole(), TimeProvider.System), "")) verbs.Add(name, command);
            return verbs;
        }
    }

    [Fact]
    public void Every_verb_is_in_the_README_and_the_README_names_no_other() =>
        Assert.Equal(Verbs.Keys, Rows().Keys.Where(verb => !OfTheScript.Contains(verb)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_option_of_a_verb_is_in_its_row_and_no_other()
    {
        var rows = Rows();

        Assert.All(Verbs, verb => Assert.Equal(
            Options(verb.Value).Except(OnEveryVerb).Order(StringComparer.Ordinal), Page.Quoted(rows[verb.Key]).Order(StringComparer.Ordinal)));
        Assert.All(Verbs, verb => Assert.Subset(Options(verb.Value).ToHashSet(), OnEveryVerb.ToHashSet()));
    }

    [Fact]
    public void Every_verb_says_what_it_does_and_every_option_what_it_means()
    {
        Assert.DoesNotContain(Verbs, verb => string.IsNullOrWhiteSpace(verb.Value.Description));
        Assert.DoesNotContain(Verbs.SelectMany(verb => verb.Value.Options), option => string.IsNullOrWhiteSpace(option.Description));
        Assert.DoesNotContain(Verbs.SelectMany(verb => verb.Value.Arguments), argument => string.IsNullOrWhiteSpace(argument.Description));
    }

    [Fact]
    public void Every_exit_code_is_in_the_README()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), Page.Readme.Table("exit code").Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Every_environment_variable_is_in_the_README_and_the_README_names_no_other()
    {
        // Two are the framework's, which the page reads as well.
        var read = ((string[])["etl", "warehouse", "reports"]).SelectMany(folder => Repository.Files(folder, "*.cs"))
            .SelectMany(path => Variable().Matches(Repository.Read(path)).Select(match => match.Value)).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(read, Page.Readme.Table("environment").SelectMany(row => Page.Quoted(row[0])).Order(StringComparer.Ordinal));
    }

    static Dictionary<string, string> Rows() => Page.Readme.Table("verb").ToDictionary(row => Page.Quoted(row[0]).Single(), row => row[1]);

    static IEnumerable<(string Name, Command Command)> Leaves(Command command, string before) => command.Subcommands.SelectMany(child =>
        child.Subcommands.Count == 0 ? [(before + child.Name, child)] : Leaves(child, $"{before}{child.Name} "));

    static IEnumerable<string> Options(Command command) => command.Options.Select(option => option.Name).Where(name => name is not "--help" and not "--version");

    [GeneratedRegex(@"\bANALYTICS_[A-Z]+\b|\b(ASPNETCORE|DOTNET)_URLS\b")]
    private static partial Regex Variable();
}
