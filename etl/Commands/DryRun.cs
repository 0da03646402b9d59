using System.Globalization;
using Etl.Feeds;
using Etl.Load;
using Etl.Load.Trial;
using Warehouse.Checks;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;
using Calendar = Warehouse.Reference.Calendar;

namespace Etl.Commands;

/// <summary><c>load --dry-run</c>: a real load, build and check in a trial that is given up, and what they would change.</summary>
sealed class DryRun(Home home, Shown shown, TimeProvider time)
{
    public async Task<int> RunAsync(IReadOnlyList<Feed> feeds, CancellationToken cancel)
    {
        await using var held = home.Lock();
        await using var engine = home.OpenEngine();
        return await Failure.GuardAsync(engine, async () =>
        {
            await using var published = await engine.OpenPublishedAsync(cancel);
            await using var trial = await engine.OpenTrialAsync(cancel);
            var steps = new Steps(home, shown, time);
            var outcomes = await steps.LoadNewAsync(trial, feeds, cancel);
            var loaded = outcomes.Where(outcome => outcome.LoadKey != 0).ToList();
            if (loaded.Count > 0) await ShowAsync(published, trial, loaded, cancel);
            var code = steps.Summed(outcomes);
            shown.Say("dry run: nothing was kept");
            return code;
        });
    }

    async Task ShowAsync(Session? published, Workspace trial, IReadOnlyList<PartOutcome> loaded, CancellationToken cancel)
    {
        var changes = new RowChanges(trial);
        await changes.PrepareAsync([.. loaded.Select(outcome => outcome.LoadKey).Distinct()], cancel);
        shown.Say("rows that would change");
        Output.Write(["feed", "record", "new", "changed", "unchanged", "gone"], [.. (await changes.RecordsAsync(cancel)).Select(row => new object?[] { row.Feed, row.Record, row.New, row.Changed, row.Unchanged, row.Gone })], "table", Console.Out);
        shown.Say("months of assignment whose tasks would change");
        Output.Write(["feed", "month", "tasks"], [.. (await changes.MonthsAsync(cancel)).Select(row => new object?[] { row.Feed, row.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), row.Tasks })], "table", Console.Out);
        await BuildAsync(trial, cancel);
        var measures = new MeasureChanges(MeasureCatalog.Load(), Calendar.Load());
        var changed = new List<MeasureChange>();
        foreach (var feed in loaded.Select(outcome => outcome.Feed).Distinct()) changed.AddRange(await measures.CompareAsync(published, trial, feed, cancel));
        shown.Say("measures that would change");
        Output.Write(["feed", "measure", "as_of", "before", "after"], [.. changed.Select(row => new object?[] { row.Feed, row.Measure, row.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Text(row.Before), Text(row.After) })], "table", Console.Out);
    }

    async Task BuildAsync(Workspace trial, CancellationToken cancel)
    {
        var folder = ModelFolder.Load();
        await new Builder(folder, time).BuildAsync(trial, whole: false, null, cancel);
        foreach (var failed in (await new Checker(folder).CheckAsync(trial, full: false, null, cancel)).Where(result => !result.Passed && result.Check.IsError))
            shown.Complain(FormattableString.Invariant($"check that would fail: {failed.Check.Name}: {failed.Offending:N0} rows, for example {failed.Sample}"));
    }

    static string? Text(MeasureValue? value) => value switch
    {
        null => null,
        { Base: null } count => count.Count.ToString(CultureInfo.InvariantCulture),
        { } rate => FormattableString.Invariant($"{(rate.Value is { } share ? share.ToString("P1", CultureInfo.InvariantCulture) : "–")} ({rate.Count}/{rate.Base})"),
    };
}
