using Etl.Load;
using Spectre.Console;

namespace Etl.Commands;

/// <summary>What a run says: plain lines, and on a terminal a line of progress that is written over.</summary>
public sealed class Shown(IAnsiConsole console, bool isTerminal)
{
    const int NotesTold = 5;
    const int RefusedTold = 5;

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

    /// <summary>Why a part could not be loaded.</summary>
    public void Failed(PartOutcome outcome) => Complain($"{outcome.Feed} › {outcome.Record}: FAILED: {outcome.Error!.Message}");

    /// <summary>How the parts of one record were loaded: one line with the counts, notes once, the first rows refused.</summary>
    public void Record(IReadOnlyList<PartOutcome> parts)
    {
        var loaded = parts.Where(part => part.Error is null && part.Part.Length > 0).ToList();
        var where = $"{parts[0].Feed} › {parts[0].Record}";
        if (loaded.Count > 0)
        {
            var sum = new BatchCounts(loaded.Sum(part => part.Counts.Received), loaded.Sum(part => part.Counts.Accepted), loaded.Sum(part => part.Counts.Quarantined), loaded.Sum(part => part.Counts.Withheld));
            var unchanged = loaded.Sum(part => part.Unchanged);
            var of = loaded.Count == 1 ? loaded[0].Part : $"{loaded.Count} parts";
            Say(FormattableString.Invariant($"{where} › {of}: {sum.Received:N0} received = {sum.Accepted:N0} accepted + {sum.Quarantined:N0} quarantined + {sum.Withheld:N0} withheld{(unchanged > 0 ? FormattableString.Invariant($" ({unchanged:N0} told nothing new)") : "")}"));
        }
        foreach (var note in parts.SelectMany(part => part.Notes).Distinct().Take(NotesTold)) Say($"  note: {note}");
        foreach (var refused in loaded.SelectMany(part => part.Refused).Take(RefusedTold)) Say($"  refused: {refused}");
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
