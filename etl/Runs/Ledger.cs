using Warehouse.Engines;
using Warehouse.Reference;
using Warehouse.Runs;

namespace Etl.Runs;

/// <summary>One thing that the ledger of windows shows and that somebody may have to look after.</summary>
/// <param name="Kind"><c>gap</c>, <c>late</c> or <c>failed</c>.</param>
/// <param name="Part">The window: a part's name, or the days of the gap.</param>
public sealed record LedgerEntry(string Feed, string Record, string Kind, string Part, string About);

/// <summary>
/// What the batches and the run log tell together: extracts that are missing, extracts that came after newer ones, and
/// windows that failed and wait to be tried again.
/// </summary>
public sealed class Ledger(Calendar calendar)
{
    /// <summary>Differences between extracts that it takes to know a rhythm.</summary>
    const int Differences = 3;

    /// <summary>A pause is a gap when it is longer than the usual one by more than half of it.</summary>
    const double Tolerance = 1.5;

    /// <param name="steps">Of all runs, oldest first.</param>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(Session? session, IReadOnlyList<RunStep> steps, CancellationToken cancel)
    {
        var batches = session is null ? [] : (await session.ReadAsync<Batch>("""
            select source.feed_code as Feed, batch.record_code as Record, batch.part_name as Part, batch.load_key as LoadKey, batch.extract_date as Day
            from raw.batch
            join raw.source on batch.source_key = source.source_key
            where batch.extract_date is not null
            """, cancel: cancel)).ToList();
        return
        [
            .. Failed(steps).Concat(batches.GroupBy(batch => (batch.Feed, batch.Record)).SelectMany(record => Gaps([.. record]).Concat(Late([.. record], steps))))
                .OrderBy(entry => entry.Feed, StringComparer.Ordinal).ThenBy(entry => entry.Record, StringComparer.Ordinal).ThenBy(entry => entry.Kind, StringComparer.Ordinal).ThenBy(entry => entry.Part, StringComparer.Ordinal),
        ];
    }

    /// <summary>Pauses between extracts that are longer than the feed's own rhythm. In working days, so that no weekend and no Tết is a gap.</summary>
    IEnumerable<LedgerEntry> Gaps(IReadOnlyList<Batch> batches)
    {
        var days = batches.Select(batch => batch.Day).Distinct().Order().ToList();
        var pauses = days.Zip(days.Skip(1), (from, to) => (From: from, To: to, Days: calendar.WorkingDayNumber(to) - calendar.WorkingDayNumber(from))).ToList();
        if (pauses.Count < Differences) yield break;
        var usual = Math.Max(1, pauses.Select(pause => pause.Days).Order().ElementAt(pauses.Count / 2));
        foreach (var pause in pauses.Where(pause => pause.Days > Tolerance * usual))
            yield return new(batches[0].Feed, batches[0].Record, "gap", FormattableString.Invariant($"{pause.From:yyyy-MM-dd} to {pause.To:yyyy-MM-dd}"),
                FormattableString.Invariant($"{pause.Days} working days without an extract; usual are {usual}"));
    }

    /// <summary>Extracts that came in a later run than newer ones: they change what was known of days gone by.</summary>
    static IEnumerable<LedgerEntry> Late(IReadOnlyList<Batch> batches, IReadOnlyList<RunStep> steps)
    {
        var dayOf = batches.ToDictionary(batch => batch.LoadKey);
        var newest = DateOnly.MinValue;
        foreach (var run in steps.Where(step => step.Outcome == RunOutcome.Loaded && dayOf.ContainsKey(step.LoadKey)).GroupBy(step => step.RunKey).ToList())
        {
            foreach (var batch in run.Select(step => dayOf[step.LoadKey]).Where(batch => batch.Day < newest))
                yield return new(batch.Feed, batch.Record, "late", batch.Part, FormattableString.Invariant($"the extract of {batch.Day:yyyy-MM-dd} came after that of {newest:yyyy-MM-dd}"));
            newest = run.Select(step => dayOf[step.LoadKey].Day).Append(newest).Max();
        }
    }

    /// <summary>What failed in the last run that tried its record. Every load tries it again, and nothing else that was loaded.</summary>
    static IEnumerable<LedgerEntry> Failed(IReadOnlyList<RunStep> steps)
    {
        foreach (var record in steps.Where(step => step.Step == RunSteps.Load).GroupBy(step => (step.Feed, step.Record)))
        {
            var last = record.Last().RunKey;
            foreach (var step in record.Where(step => step.RunKey == last && step.Outcome is RunOutcome.Failed or RunOutcome.LeftAlone))
            {
                var runs = record.Count(other => other.Part == step.Part && other.Outcome == RunOutcome.Failed);
                yield return new(step.Feed, step.Record, "failed", step.Part, FormattableString.Invariant($"{step.Message} (failed in {runs} {(runs == 1 ? "run" : "runs")}; the next load tries it alone)"));
            }
        }
    }

    sealed class Batch
    {
        public string Feed { get; set; } = "";
        public string Record { get; set; } = "";
        public string Part { get; set; } = "";
        public long LoadKey { get; set; }
        public DateOnly Day { get; set; }
    }
}
