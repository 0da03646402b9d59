using System.Diagnostics;
using System.Text;
using Xunit;

namespace Tests.Docs;

/// <summary>What the README says to type does what the README says it does.</summary>
public sealed class ReadmeTests
{
    const string Tested = "# tested\n";
    const string LeftOut = "…";

    [Fact]
    public async Task Commands_of_the_README_print_what_it_shows()
    {
        var folder = Directory.CreateTempSubdirectory("analytics-readme-").FullName;
        try
        {
            foreach (var (path, content) in Page.Readme.FilesToWrite.Where(file => !IsOfHome(file.Path))) Write(folder, path, content);
            var output = new List<string>();
            foreach (var (language, content) in Page.Readme.Fences)
            {
                if (language == "text") AssertShown(content, output);
                if (language != "sh" || !content.StartsWith(Tested, StringComparison.Ordinal)) continue;
                output.Clear();
                foreach (var line in content[Tested.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries)) output.AddRange(await RunAsync(folder, line));
                // Corrections are written between the first block and the second: they need the home.
                foreach (var (path, correction) in Page.Readme.FilesToWrite.Where(file => IsOfHome(file.Path) && !WasApplied(folder, file.Path))) Write(folder, path, correction);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_first_screen_has_the_sentence_the_flow_the_two_commands_and_the_folders()
    {
        var screen = string.Join('\n', Page.Readme.Text.Split('\n').Take(30));

        Assert.Contains("./analytics demo", screen, StringComparison.Ordinal);
        Assert.Contains("./analytics test", screen, StringComparison.Ordinal);
        Assert.Contains("sources ─► raw ─► staging ─► warehouse ─► analytics ─► reports", screen, StringComparison.Ordinal);
        Assert.All(Page.Readme.Table("folder"), row => Assert.Contains(row[0], screen, StringComparison.Ordinal));
        Assert.Equal(["docs/", "etl/", "reports/", "sql/", "tests/", "warehouse/"], Page.Readme.Table("folder").SelectMany(row => Page.Quoted(row[0])).Order(StringComparer.Ordinal));
    }

    static bool IsOfHome(string path) => path.Contains("/inbox/", StringComparison.Ordinal);

    static bool WasApplied(string folder, string path) => File.Exists(Path.Combine(folder, path.Replace("/inbox/", "/inbox/applied/", StringComparison.Ordinal)));

    static void Write(string folder, string path, string content)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    /// <summary>Every line shown was printed, in this order; lines may be left out only where the page says so.</summary>
    static void AssertShown(string shown, List<string> output)
    {
        var at = 0;
        var mayLeaveOut = false;
        foreach (var line in shown.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            if (line == LeftOut)
            {
                mayLeaveOut = true;
                continue;
            }
            var found = output.IndexOf(line, at);
            Assert.True(found >= 0, $"the README shows '{line}', which was not printed after line {at} of:\n{string.Join('\n', output)}");
            Assert.True(mayLeaveOut || found == at, $"the README leaves out '{output[at]}' before '{line}' without saying so");
            (at, mayLeaveOut) = (found + 1, false);
        }
        Assert.True(mayLeaveOut || at == output.Count, $"the README leaves out the end from '{output.ElementAtOrDefault(at)}' on without saying so");
    }

    /// <summary>Runs one line of a block with the program itself in place of the script, which would install and build first.</summary>
    static async Task<IEnumerable<string>> RunAsync(string folder, string line)
    {
        var words = Words(line);
        Assert.Equal("./analytics", words[0]);
        var start = new ProcessStartInfo("dotnet", [typeof(Etl.Commands.Home).Assembly.Location, .. words[1..]])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ANALYTICS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"'{line}' ended with {process.ExitCode}: {await errors}");
        return output.Split('\n').Select(text => text.TrimEnd()).Where(text => text.Length > 0);
    }

    /// <summary>A command line as a shell takes it apart, double quotes included.</summary>
    static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        foreach (var letter in line.Trim() + " ")
        {
            if (letter == '"') quoted = !quoted;
            else if (letter != ' ' || quoted) word.Append(letter);
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        return words;
    }
}
