using System.Collections.Concurrent;
using System.Diagnostics;
using Etl.Commands;
using Warehouse.Measures;
using Warehouse.Reference;

namespace Etl.Bench;

/// <summary>
/// The phases of TPC-DI over generated files: a historical load, two increments of one in a hundred, and all audits at the end,
/// while somebody asks all the time. Whoever asks must see the states before and after each load and nothing between them.
/// </summary>
sealed class BatchesBench(Home home, Shown shown, TimeProvider time)
{
    const int SecondsGoal = 120, Increments = 2;

    /// <summary>Of a task and its events, in the files.</summary>
    const int BytesOfTask = 268;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    readonly HistoryLoad load = new(home, shown, time);
    readonly MeasureQuery query = new(MeasureCatalog.Load(), Calendar.Load());

    /// <summary>What was answered, by the number of the state that was asked: one answer each.</summary>
    readonly ConcurrentDictionary<int, ConcurrentDictionary<string, int>> answers = new();

    public async Task<int> RunAsync(int megabytes, CancellationToken cancel)
    {
        Meter.Empty(home.Folder);
        var files = new HistoryFiles(load.Folder, Math.Max(1000, megabytes * 1_000_000L / BytesOfTask));
        files.WriteFirst();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watch = Stopwatch.StartNew();
        await PublishAsync("historical load", full: true, cancel);
        var reader = ReadAllTheWhileAsync(over.Token);
        try
        {
            for (var number = 1; number <= Increments; number++)
            {
                // The source writes its files in its own time.
                watch.Stop();
                files.WriteIncrement();
                watch.Start();
                await PublishAsync($"increment {number}", full: false, cancel);
            }
            await PublishAsync("all audits", full: true, cancel);
            watch.Stop();
        }
        finally
        {
            await over.CancelAsync();
            await reader;
        }
        var bytes = Directory.EnumerateFiles(load.Folder).Sum(file => new FileInfo(file).Length);
        var (tasks, events) = files.Written;
        shown.Say(Meter.Line("historical load, two increments, all audits", $"{watch.Elapsed.TotalSeconds:0.0} s for {bytes / 1e6:N0} MB, {tasks:N0} tasks, {events:N0} events {Meter.Verdict(FormattableString.Invariant($"under {SecondsGoal} s for 1,000 MB"), watch.Elapsed.TotalSeconds < SecondsGoal)}"));
        var mixtures = answers.Values.Count(each => each.Count > 1);
        shown.Say(Meter.Line("read all the while", $"{answers.Values.Sum(each => each.Values.Sum()):N0} questions, {answers.Count} states, {mixtures} of them with more than one answer {Meter.Verdict("none", mixtures == 0)}"));
        shown.Say(Meter.Line("peak memory", $"{Meter.PeakMemory() >> 20:N0} MB"));
        return mixtures == 0 ? ExitCode.Done : ExitCode.DataFailed;
    }

    /// <summary>Publishes, and asks at least once: a state that nobody read proves nothing.</summary>
    async Task PublishAsync(string what, bool full, CancellationToken cancel)
    {
        await load.PublishAsync(what, full, cancel);
        await ReadAsync(cancel);
    }

    async Task ReadAllTheWhileAsync(CancellationToken over)
    {
        try
        {
            while (true)
            {
                await ReadAsync(over);
                await Task.Delay(Pause, over);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }

    Task ReadAsync(CancellationToken cancel) => QueryCommands.ReadAsync(home, async session =>
    {
        var answer = await query.AskAsync(session, new(["assigned", "open", "open_overdue", "completed_late"], ["assigned_year"], [], HistoryFiles.Day), cancel);
        var said = string.Join(';', answer.Rows.Select(row => $"{row.By[0]}:{string.Join(',', row.Values.Select(value => value.Count))}"));
        answers.GetOrAdd(session.Publication.Number, _ => new()).AddOrUpdate(said, 1, (_, times) => times + 1);
        return ExitCode.Done;
    }, cancel);
}
