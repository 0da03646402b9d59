using System.CommandLine;
using Warehouse.Engines;
using Warehouse.Reference;

namespace Etl.Commands;

/// <summary>The verb <c>status</c>: what is published, how fresh each feed is, what waits in quarantine, how the last runs ended.</summary>
static class StatusCommand
{
    const int RunsShown = 10;

    public static Command Create()
    {
        var command = new Command("status", "The published state, the freshness of each feed, the quarantine and the last runs") { Options.Home, Options.Engine };
        command.SetAction(async (parsed, cancel) =>
        {
            var home = Options.HomeOf(parsed);
            await using (var engine = home.OpenEngine())
            await using (var session = await engine.OpenPublishedAsync(cancel))
                if (session is null) Console.WriteLine($"nothing is published yet in {home.Folder} on {engine.Name}");
                else await ShowAsync(session, engine, cancel);
            ShowRuns(home);
            ShowCalendar();
            return ExitCode.Done;
        });
        return command;
    }

    static async Task ShowAsync(Session session, IEngine engine, CancellationToken cancel)
    {
        Console.WriteLine(FormattableString.Invariant($"published state {session.Publication.Number} on {engine.Name}"));
        await using var command = session.Connection.CreateCommand();
        command.CommandText = session.Physical("""
            select source.feed_code as feed, source.scope_code as scope, max(batch.extract_date) as newest_extract, count(*) as loads,
                cast(sum(batch.received_count) as bigint) as received, cast(sum(batch.accepted_count) as bigint) as accepted,
                cast(sum(batch.quarantined_count) as bigint) as quarantined, cast(sum(batch.withheld_count) as bigint) as withheld,
                max(source.is_generated) as is_generated
            from raw.batch
            join raw.source on batch.source_key = source.source_key
            group by source.feed_code, source.scope_code
            order by source.feed_code
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await Output.WriteAsync(reader, "table", Console.Out, cancel);
    }

    static void ShowRuns(Home home)
    {
        var runs = RunLog.Read(home);
        if (runs.Count == 0) return;
        Console.WriteLine($"last runs (of {runs.Count})");
        foreach (var run in runs.TakeLast(RunsShown))
            Console.WriteLine(FormattableString.Invariant($"  {run.Started:yyyy-MM-dd HH:mm:ss}Z {run.Verb} on {run.Engine}: exit {run.ExitCode} in {run.Seconds:0.0} s{(run.Message.Length > 0 ? ": " + run.Message : "")}"));
    }

    static void ShowCalendar()
    {
        var calendar = Calendar.Load();
        Console.WriteLine($"warning: the holiday table covers {calendar.FirstKnownYear} to {calendar.LastKnownYear}; working days of other years are estimated (weekends only)");
    }
}
