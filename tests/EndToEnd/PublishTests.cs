using System.Diagnostics;
using Tests.Architecture;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>
/// The folder that <c>./analytics publish</c> makes, run as on a machine that has nothing else: no .NET, no program on the path, no network, no environment.
/// Its answers are those of the program that was built here.
/// </summary>
public sealed class PublishTests : IDisposable
{
    static readonly string[] Questions =
    [
        "measure assigned,completed,on_time_rate_of_due --by agency,assigned_year --where scope=example --format csv",
        "sql \"select count(*) as tasks, sum(task_key % 1000003) as keys from warehouse.fact_task\" --format csv",
    ];

    readonly DirectoryInfo place = Directory.CreateTempSubdirectory("analytics-publish-");

    [PublishFact]
    public void The_folder_runs_by_itself_and_answers_as_the_checkout_does()
    {
        var folder = Path.Combine(place.FullName, "folder");
        Run(Repository.Root, null, Path.Combine(Repository.Root, "analytics"), "publish", folder, "linux-x64");
        var (alone, here) = (Path.Combine(place.FullName, "alone"), Path.Combine(place.FullName, "here"));

        Assert.Contains("published state 1", Alone(folder, $"run --feed boston-2025 --home {alone}"), StringComparison.Ordinal);
        Run(place.FullName, null, "dotnet", Program, "run", "--feed", "boston-2025", "--home", here);

        foreach (var question in Questions)
            Assert.Equal(Run(place.FullName, null, "sh", "-c", $"dotnet {Program} {question} --home {here}"), Alone(folder, $"{question} --home {alone}"));
        Assert.Contains("OK", Run(folder, null, "sh", "-c", "sha256sum --check SHA256SUMS | tail -1"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "linux-x64", "wwwroot", "lib", "echarts.min.js")));
    }

    public void Dispose() => place.Delete(recursive: true);

    static string Program => typeof(Etl.Commands.Home).Assembly.Location;

    /// <summary>In a network of its own that has no way out, with an empty environment.</summary>
    static string Alone(string folder, string arguments) => Run("/", [], "/usr/bin/unshare", "--net", "/bin/sh", "-c", $"{folder}/analytics {arguments}");

    static string Run(string at, string[]? environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = at, RedirectStandardOutput = true, RedirectStandardError = true };
        if (environment is not null) start.Environment.Clear();
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ANALYTICS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}: {said}{errors.Result}");
        return said;
    }
}

/// <summary>A test that publishes: skipped where a network of its own cannot be had, or npm is missing.</summary>
sealed class PublishFactAttribute : FactAttribute
{
    public PublishFactAttribute() => Skip =
        !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/unshare") ? "needs Linux, root and unshare, for a network without a way out"
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "npm"))) ? null
        : "npm is missing";
}
