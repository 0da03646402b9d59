using System.CommandLine;
using Etl.Runs;
using Warehouse.Engines;
using Warehouse.Reference;
using Warehouse.Runs;

namespace Etl.Commands;

/// <summary>The verb <c>status</c>: what is published, how each feed stands, what the ledger shows, how the last runs ended.</summary>
static class StatusCommand
{
    const int RunsShown = 10;

    public static Command Create(TimeProvider time)
    {
        var command = new Command("status", "The published state, how each feed stands, missing and failed windows, and the last runs; as csv or json the feeds only") { Options.Format, Options.Home, Options.Engine };
        command.SetAction(async (parsed, cancel) =>
        {
            var (home, format) = (Options.HomeOf(parsed), parsed.GetValue(Options.Format)!);
            await using var engine = home.OpenEngine();
            await using var session = await engine.OpenPublishedAsync(cancel);
            return await Failure.GuardAsync(engine, async () =>
            {
                // What happened since the publication is in the home's own record only.
                var steps = RunLog.Join(session is null ? [] : await RunTable.ReadAsync(session, cancel), RunLog.Read(home));
                var sources = await SourceStatus.ReadAsync(home, session, steps, time, cancel);
                if (format == "table") await ShowAsync(home, engine, session, steps, sources, cancel);
                else SourceStatus.Write(sources, format, Console.Out);
                return ExitCode.Done;
            });
        });
        return command;
    }

    static async Task ShowAsync(Home home, IEngine engine, Session? session, IReadOnlyList<RunStep> steps, IReadOnlyList<object?[]> sources, CancellationToken cancel)
    {
        Console.WriteLine(session is null
            ? $"nothing is published yet in {home.Folder} on {engine.Name}"
            : FormattableString.Invariant($"published state {session.Publication.Number} on {engine.Name}"));
        if (session is not null)
            Console.WriteLine(await engine.FindPreviousAsync(cancel) is { } previous
                ? FormattableString.Invariant($"state {previous} still stands: 'restore' goes back to it")
                : "no state to go back to: there was none before, or a run has begun to work in its place");
        var calendar = Calendar.Load();
        if (sources.Count > 0) SourceStatus.Write(sources, "table", Console.Out);
        foreach (var entry in await new Ledger(calendar).ReadAsync(session, steps, cancel))
            Console.WriteLine($"{entry.Kind}: {entry.Feed} › {entry.Record}{(entry.Part.Length > 0 ? " › " + entry.Part : "")}: {entry.About}");
        ShowRuns([.. steps.Where(step => step.Step == RunSteps.Run)]);
        Console.WriteLine($"warning: the holiday table covers {calendar.FirstKnownYear} to {calendar.LastKnownYear}; working days of other years are estimated (weekends only)");
    }

    static void ShowRuns(IReadOnlyList<RunStep> runs)
    {
        if (runs.Count == 0) return;
        Console.WriteLine($"last runs (of {runs.Count})");
        foreach (var run in runs.TakeLast(RunsShown))
        {
            var end = run.ExitCode is { } code ? FormattableString.Invariant($"exit {code} in {run.Seconds:0.0} s{(run.Message.Length > 0 ? ": " + run.Message : "")}") : "runs, or ended without a word";
            Console.WriteLine(FormattableString.Invariant($"  {run.Started:yyyy-MM-dd HH:mm:ss}Z {run.Verb}{(run.Engine.Length > 0 ? " on " + run.Engine : "")}: {end}"));
        }
    }
}
