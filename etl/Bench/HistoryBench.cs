using System.Diagnostics;
using Etl.Commands;
using Warehouse.Engines;
using Warehouse.Measures;

namespace Etl.Bench;

/// <summary>
/// What a history costs: the full load of tasks with their events, increments of one in a hundred each until they are published, and
/// questions as of any day, as known now and as known on an earlier day. All audits included.
/// </summary>
sealed class HistoryBench(Home home, Shown shown, TimeProvider time)
{
    const double IncrementGoal = 5, AsOfGoal = 100, KnownAtGoal = 2000;
    const long MemoryGoal = 1L << 30;
    const int Days = 40, Increments = 3;

    readonly HistoryLoad load = new(home, shown, time);

    public async Task<int> RunAsync(long tasks, CancellationToken cancel)
    {
        Meter.Empty(home.Folder);
        var files = new HistoryFiles(load.Folder, tasks);
        files.WriteFirst();
        var first = files.Written;
        shown.Say(FormattableString.Invariant($"{first.Tasks:N0} tasks with {first.Events:N0} events"));
        var full = await load.PublishAsync("full load", full: false, cancel);
        var rows = first.Tasks + first.Events;
        shown.Say(Meter.Line("full load, published", $"{full.TotalSeconds:0.0} s, {rows / full.TotalSeconds:N0} rows/s, all audits"));
        // The first one copies the whole file, for there is no second one yet.
        files.WriteIncrement();
        await load.PublishAsync("first increment", full: false, cancel);
        // Several: what one leaves behind in the tables, a later one clears away.
        var (told, increments) = (0L, new List<TimeSpan>());
        for (var number = 0; number < Increments; number++)
        {
            told = files.WriteIncrement();
            increments.Add(await load.PublishAsync("increment", full: false, cancel));
        }
        var slowest = increments.Max();
        shown.Say(Meter.Line($"increments of {told:N0} tasks, published", $"{string.Join(", ", increments.Select(each => $"{each.TotalSeconds:0.0}"))} s {Meter.Verdict("each under 5 s", slowest.TotalSeconds < IncrementGoal)}, the slowest {slowest / full:0.000} of the full load"));
        await AskAsync(cancel);
        shown.Say(Meter.Line("peak memory", $"{Meter.PeakMemory() >> 20:N0} MB {Meter.Verdict("under 1,024 MB", Meter.PeakMemory() < MemoryGoal)}"));
        return ExitCode.Done;
    }

    Task<int> AskAsync(CancellationToken cancel) => QueryCommands.ReadAsync(home, async session =>
    {
        var query = new MeasureQuery(MeasureCatalog.Load(), Warehouse.Reference.Calendar.Load());
        await AskAsync(query, session, "as of any day", null, AsOfGoal, cancel);
        await AskAsync(query, session, "as known before the increment", HistoryFiles.Day, KnownAtGoal, cancel);
        return ExitCode.Done;
    }, cancel);

    async Task AskAsync(MeasureQuery query, Session session, string what, DateOnly? knownAt, double goal, CancellationToken cancel)
    {
        var milliseconds = new List<double>();
        // Days all over the years, each another one of its month.
        for (var round = -1; round < Days; round++)
        {
            var asOf = HistoryFiles.Day.AddDays(-(Math.Max(round, 0) * 67));
            foreach (var request in Requests(asOf, knownAt))
            {
                var watch = Stopwatch.StartNew();
                await query.AskAsync(session, request, cancel);
                if (round >= 0) milliseconds.Add(watch.Elapsed.TotalMilliseconds);
            }
        }
        var (p50, p95) = Meter.Percentiles(milliseconds);
        shown.Say(Meter.Line(what, $"p50 {p50:0} ms, p95 {p95:0} ms {Meter.Verdict(FormattableString.Invariant($"p95 under {goal:0} ms"), p95 < goal)}"));
    }

    static IEnumerable<MeasureRequest> Requests(DateOnly asOf, DateOnly? knownAt) =>
        from split in (string[][])[[], ["province"], ["assigned_year"], ["agency"]]
        select new MeasureRequest(MeasureBench.Split, split, [], asOf) { KnownAt = knownAt };
}
