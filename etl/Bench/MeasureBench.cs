using System.Diagnostics;
using Etl.Commands;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Reference;

namespace Etl.Bench;

/// <summary>
/// How long the questions of 24 tiles take, asked together as a page does it, beside the same questions one by one; over what
/// <c>bench load</c> or <c>bench history</c> left behind.
/// </summary>
sealed class MeasureBench(Home home, Shown shown)
{
    const double ColdGoal = 1000, WarmGoal = 200;
    const int Rounds = 20, Months = 12;

    /// <summary>The parts that a backlog is split into, which add to what was assigned.</summary>
    public static readonly string[] Split = ["completed_on_time", "completed_late", "completed_no_deadline", "open_in_time", "open_overdue", "open_no_deadline"];

    readonly MeasureQuery query = new(MeasureCatalog.Load(), Calendar.Load());

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var today = DateOnly.MinValue;
        var code = await QueryCommands.ReadAsync(home, async session =>
        {
            // Once, so that code is compiled; the file is opened anew after it.
            today = (await query.AskAsync(session, new(["assigned"], [], []), cancel)).AsOf;
            await query.AskManyAsync(session, Tiles(today.AddYears(-3)), cancel);
            shown.Say(FormattableString.Invariant($"{await session.ReadValueAsync<long>("select count(*) from warehouse.fact_task", cancel: cancel):N0} tasks, {Tiles(today).Count} tiles, {Rounds} rounds"));
            return ExitCode.Done;
        }, cancel);
        if (code == ExitCode.Done) code = await MeasureAsync("24 tiles together", today, (session, tiles) => query.AskManyAsync(session, tiles, cancel), cancel);
        return code != ExitCode.Done ? code : await MeasureAsync("the same one by one", today, async (session, tiles) =>
        {
            foreach (var tile in tiles) await query.AskAsync(session, tile, cancel);
        }, cancel);
    }

    Task<int> MeasureAsync(string what, DateOnly today, Func<Session, IReadOnlyList<MeasureRequest>, Task> ask, CancellationToken cancel) => QueryCommands.ReadAsync(home, async session =>
    {
        var milliseconds = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await ask(session, Tiles(today));
            milliseconds.Add(watch.Elapsed.TotalMilliseconds);
        }
        var cold = milliseconds[0];
        var (p50, p95) = Meter.Percentiles(milliseconds.Skip(1));
        shown.Say(Meter.Line(what, $"cold {cold:0} ms {Meter.Verdict(FormattableString.Invariant($"under {ColdGoal:0} ms"), cold < ColdGoal)}, warm p50 {p50:0} ms, p95 {p95:0} ms {Meter.Verdict(FormattableString.Invariant($"under {WarmGoal:0} ms"), p95 < WarmGoal)}"));
        return ExitCode.Done;
    }, cancel);

    /// <summary>Where things stand, in eight ways; what came in and went out this year; the same a year ago; and twelve month ends.</summary>
    static List<MeasureRequest> Tiles(DateOnly today)
    {
        var (year, month) = (new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, today.Month, 1));
        return
        [
            new(Split, [], [], today), new(Split, ["province"], [], today), new(Split, ["assigned_year"], [], today), new(Split, ["task_kind"], [], today), new(Split, ["assigner_level"], [], today),
            new(Split, ["agency"], [new("province", ["Đà Nẵng"])], today), new(["open", "open_overdue"], ["province", "assigned_year"], [], today), new(Split, ["province"], [], today, year, today),
            new(["new_tasks", "completions"], ["month"], [], today, year, today), new(["new_tasks", "completions"], ["province"], [], today, year, today),
            new(Split, [], [], today.AddYears(-1)), new(Split, ["province"], [], today.AddYears(-1)),
            .. Enumerable.Range(0, Months).Select(back => new MeasureRequest(Split, [], [], month.AddMonths(-back).AddDays(-1))),
        ];
    }
}
