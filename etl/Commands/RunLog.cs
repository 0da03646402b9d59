using System.Text.Json;

namespace Etl.Commands;

/// <summary>One attempt to do something in a home: when, how long, how it ended. Kept beside the warehouse because a failed attempt changes nothing in it.</summary>
public sealed record RunEntry(DateTimeOffset Started, double Seconds, string Verb, string Engine, int ExitCode, string Message);

/// <summary>The attempts of a home, oldest first, one JSON line each in <c>runs.jsonl</c>.</summary>
public static class RunLog
{
    /// <summary>Notes an attempt. Where that is impossible (the disk is full) the attempt's own outcome matters more.</summary>
    public static void Append(Home home, RunEntry entry)
    {
        try
        {
            File.AppendAllText(PathOf(home), JsonSerializer.Serialize(entry) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"the run could not be noted: {error.Message}");
        }
    }

    public static IReadOnlyList<RunEntry> Read(Home home) => !File.Exists(PathOf(home))
        ? []
        : [.. File.ReadLines(PathOf(home)).Select(Entry).OfType<RunEntry>()];

    /// <summary>Null for a line that a full disk cut short.</summary>
    static RunEntry? Entry(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<RunEntry>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string PathOf(Home home) => Path.Combine(home.Folder, "runs.jsonl");
}
