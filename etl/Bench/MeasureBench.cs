using System.Diagnostics;
using Etl.Commands;
using Warehouse.Engines;
using Warehouse.Measures;

namespace Etl.Bench;

/// <summary>How long the page's questions take over the rows that <c>bench load</c> left behind.</summary>
sealed class MeasureBench(Home home, Shown shown)
{
    const double GoalMilliseconds = 100;
    const int Rounds = 20;

    static readonly string[] Split = ["completed_on_time", "completed_late", "completed_no_deadline", "open_in_time", "open_overdue", "open_no_deadline"];

    public Task<int> RunAsync(CancellationToken cancel) => QueryCommands.ReadAsync(home, async session =>
    {
        var query = new MeasureQuery(MeasureCatalog.Load(), Warehouse.Reference.Calendar.Load());
        var today = (await query.AskAsync(session, new(["assigned"], [], []), cancel)).AsOf;
        var tasks = await session.ReadValueAsync<long>("select count(*) from warehouse.fact_task", cancel: cancel);
        shown.Say(FormattableString.Invariant($"{tasks:N0} tasks, {Rounds} rounds of the page's questions"));
        await MeasureAsync("as of the current day", query, session, today, GoalMilliseconds, cancel);
        await MeasureAsync("as of the end of two years before", query, session, new DateOnly(today.Year - 2, 12, 31), null, cancel);
        return ExitCode.Done;
    }, cancel);

    async Task MeasureAsync(string what, MeasureQuery query, Session session, DateOnly asOf, double? goal, CancellationToken cancel)
    {
        var milliseconds = new List<double>();
        for (var round = -1; round < Rounds; round++)
            foreach (var request in Requests(asOf))
            {
                var watch = Stopwatch.StartNew();
                await query.AskAsync(session, request, cancel);
                // The first round warms up: compiled code and pages of the file.
                if (round >= 0) milliseconds.Add(watch.Elapsed.TotalMilliseconds);
            }
        milliseconds.Sort();
        var (p50, p95) = (milliseconds[milliseconds.Count / 2], milliseconds[(int)(milliseconds.Count * 0.95)]);
        var verdict = goal is { } limit ? FormattableString.Invariant($" (goal p95 under {limit:0} ms: {(p95 < limit ? "reached" : "not reached")})") : "";
        shown.Say(FormattableString.Invariant($"{what,-36} p50 {p50:0} ms, p95 {p95:0} ms{verdict}"));
    }

    static IEnumerable<MeasureRequest> Requests(DateOnly asOf) =>
    [
        new(Split, [], [], asOf),
        new(Split, ["province"], [], asOf),
        new(Split, ["assigned_year"], [], asOf),
        new(["open", "open_overdue"], ["province", "assigned_year"], [], asOf),
        new(Split, ["agency"], [new("province", ["Đà Nẵng"])], asOf),
        new(Split, ["task_kind"], [], asOf, new DateOnly(asOf.Year, 1, 1), asOf),
    ];
}
