using Etl.Load;
using Spectre.Console;

namespace Etl.Commands;

/// <summary>What a run says: plain lines, and on a terminal a line of progress that is written over.</summary>
public sealed class Shown(IAnsiConsole console, bool isTerminal)
{
    readonly Lock gate = new();
    string bar = "";

    public static Shown OnConsole() => new(AnsiConsole.Console, !Console.IsOutputRedirected && !Console.IsErrorRedirected);

    public void Say(string line) => Write(line, Console.Out);

    public void Complain(string line) => Write(line, Console.Error);

    /// <summary>A bar that fills, on a terminal; nothing elsewhere.</summary>
    /// <param name="done">0 to 1; null where the end is unknown.</param>
    public void Progress(string what, double? done, string detail)
    {
        if (!isTerminal) return;
        lock (gate)
        {
            var width = Math.Max(10, Math.Min(40, console.Profile.Width - what.Length - detail.Length - 12));
            var filled = done is { } share ? (int)(Math.Clamp(share, 0, 1) * width) : 0;
            var next = done is null ? $"{what}  {detail}" : $"{what} [{new string('█', filled)}{new string('░', width - filled)}] {done:P0} {detail}";
            Console.Error.Write($"\r{next.PadRight(bar.Length)}");
            bar = next;
        }
    }

    /// <summary>How a part was loaded, or why not.</summary>
    public void Part(PartOutcome outcome)
    {
        var where = outcome.Part.Length > 0 ? $"{outcome.Feed} › {outcome.Record} › {outcome.Part}" : $"{outcome.Feed} › {outcome.Record}";
        if (outcome.Error is { } error) Complain($"{outcome.Feed} › {outcome.Record}: FAILED: {error.Message}");
        else if (outcome.Part.Length > 0)
        {
            var (received, accepted, quarantined, withheld) = outcome.Counts;
            Say(FormattableString.Invariant($"{where}: {received:N0} received = {accepted:N0} accepted + {quarantined:N0} quarantined + {withheld:N0} withheld"));
        }
        foreach (var note in outcome.Notes) Say($"{where}: note: {note}");
        foreach (var refused in outcome.Error is null ? outcome.Refused : []) Say($"  refused: {refused}");
    }

    void Write(string line, TextWriter to)
    {
        lock (gate)
        {
            if (bar.Length > 0) Console.Error.Write($"\r{new string(' ', bar.Length)}\r");
            bar = "";
            to.WriteLine(line);
        }
    }
}
