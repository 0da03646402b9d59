using System.Diagnostics;
using Etl.Commands;
using Etl.Feeds;
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

    static readonly string[] Split = ["completed_on_time", "completed_late", "completed_no_deadline", "open_in_time", "open_overdue", "open_no_deadline"];

    public async Task<int> RunAsync(long tasks, CancellationToken cancel)
    {
        foreach (var old in Directory.Exists(home.Folder) ? Directory.EnumerateFiles(home.Folder, "warehouse-*").Append(Path.Combine(home.Folder, "current")) : []) File.Delete(old);
        var files = new HistoryFiles(Path.Combine(home.Folder, "bench-history"), tasks);
        files.WriteFirst();
        var first = files.Written;
        shown.Say(FormattableString.Invariant($"{first.Tasks:N0} tasks with {first.Events:N0} events"));
        var full = await PublishAsync("full load", cancel);
        var rows = first.Tasks + first.Events;
        shown.Say(Meter.Line("full load, published", $"{full.TotalSeconds:0.0} s, {rows / full.TotalSeconds:N0} rows/s, all audits"));
        // The first one copies the whole file, for there is no second one yet.
        files.WriteIncrement();
        await PublishAsync("first increment", cancel);
        // Several: what one leaves behind in the tables, a later one clears away.
        var (told, increments) = (0L, new List<TimeSpan>());
        for (var number = 0; number < Increments; number++)
        {
            told = files.WriteIncrement();
            increments.Add(await PublishAsync("increment", cancel));
        }
        var slowest = increments.Max();
        shown.Say(Meter.Line($"increments of {told:N0} tasks, published", $"{string.Join(", ", increments.Select(each => $"{each.TotalSeconds:0.0}"))} s {Meter.Verdict("each under 5 s", slowest.TotalSeconds < IncrementGoal)}, the slowest {slowest / full:0.000} of the full load"));
        await AskAsync(cancel);
        shown.Say(Meter.Line("peak memory", $"{Meter.PeakMemory() >> 20:N0} MB {Meter.Verdict("under 1,024 MB", Meter.PeakMemory() < MemoryGoal)}"));
        return ExitCode.Done;
    }

    /// <summary>From files that lie there to the published state, as a run of its own does it.</summary>
    async Task<TimeSpan> PublishAsync(string what, CancellationToken cancel)
    {
        var feed = FeedFile.Read(Path.Combine(AppContext.BaseDirectory, "Bench", "bench-history.yml"));
        var steps = new Steps(home, shown, time);
        var watch = Stopwatch.StartNew();
        await using var engine = home.OpenEngine();
        await using var workspace = await PhaseAsync($"  {what}: open", () => engine.OpenWorkspaceAsync(cancel));
        if (await PhaseAsync($"  {what}: load", () => steps.LoadAsync(workspace, [feed], cancel)) != ExitCode.Done) throw new InvalidOperationException($"bench: {what} was not loaded");
        await PhaseAsync($"  {what}: build", () => steps.BuildAsync(workspace, whole: false, cancel));
        if (await PhaseAsync($"  {what}: check and publish", () => steps.CheckAsync(workspace, full: false, cancel)) != ExitCode.Done) throw new InvalidOperationException($"bench: {what} was not published");
        return watch.Elapsed;
    }

    async Task<T> PhaseAsync<T>(string name, Func<Task<T>> phase)
    {
        var (watch, worked) = (Stopwatch.StartNew(), Meter.Worked());
        var result = await phase();
        shown.Say(Meter.Line(name, $"{watch.Elapsed.TotalSeconds:0.0} s ({(Meter.Worked() - worked).TotalSeconds:0.0} s of processor time)"));
        return result;
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
        milliseconds.Sort();
        var (p50, p95) = (milliseconds[milliseconds.Count / 2], milliseconds[(int)(milliseconds.Count * 0.95)]);
        shown.Say(Meter.Line(what, $"p50 {p50:0} ms, p95 {p95:0} ms {Meter.Verdict(FormattableString.Invariant($"p95 under {goal:0} ms"), p95 < goal)}"));
    }

    static IEnumerable<MeasureRequest> Requests(DateOnly asOf, DateOnly? knownAt) =>
        from split in (string[][])[[], ["province"], ["assigned_year"], ["agency"]]
        select new MeasureRequest(Split, split, [], asOf) { KnownAt = knownAt };
}
