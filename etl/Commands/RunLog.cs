using System.Text.Json;

namespace Etl.Commands;

/// <summary>One attempt to do something in a home: when, how long, how it ended. Kept beside the warehouse because a failed attempt changes nothing in it.</summary>
public sealed record RunEntry(DateTimeOffset Started, double Seconds, string Verb, string Engine, int ExitCode, string Message);

/// <summary>The attempts of a home, oldest first, one JSON line each in <c>runs.jsonl</c>.</summary>
public static class RunLog
{
    public static void Append(Home home, RunEntry entry) =>
        File.AppendAllText(PathOf(home), JsonSerializer.Serialize(entry) + "\n");

    public static IReadOnlyList<RunEntry> Read(Home home) => !File.Exists(PathOf(home))
        ? []
        : [.. File.ReadLines(PathOf(home)).Select(line => JsonSerializer.Deserialize<RunEntry>(line)!)];

    static string PathOf(Home home) => Path.Combine(home.Folder, "runs.jsonl");
}
