using System.Data.Common;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Reference;

namespace Etl.Load.Trial;

/// <summary>A number that would change.</summary>
/// <param name="Before">As published; null where nothing of the feed is.</param>
public sealed record MeasureChange(string Feed, string Measure, DateOnly AsOf, MeasureValue? Before, MeasureValue After);

/// <summary>Asks every measure of the published state and of the built trial, both as of the trial's newest extract.</summary>
sealed class MeasureChanges(MeasureCatalog catalog, Calendar calendar)
{
    readonly MeasureQuery query = new(catalog, calendar);

    /// <param name="published">Null where nothing is published yet.</param>
    public async Task<IReadOnlyList<MeasureChange>> CompareAsync(Session? published, Workspace trial, string feed, CancellationToken cancel)
    {
        var summed = catalog.Measures.Where(measure => catalog.Counts(measure.Name).All(term => catalog.FactOf(catalog.Measure(term)).Needs.Length == 0));
        var request = new MeasureRequest([.. summed.Select(measure => measure.Name)], [], [new("feed", [feed])]);
        if (await AskAsync(trial, request, cancel) is not { Rows: [var after] } answer) return [];
        var before = published is null ? null : (await AskAsync(published, request with { AsOf = answer.AsOf }, cancel))?.Rows.FirstOrDefault();
        return
        [
            .. answer.Measures.Select((measure, i) => new MeasureChange(feed, measure.Name, answer.AsOf, before?.Values[i], after.Values[i]))
                .Where(change => change.Before is { } known ? known != change.After : change.After.Count > 0),
        ];
    }

    /// <summary>Null where a state knows no tasks of the feed, or was published before a measure could be asked of it.</summary>
    async Task<MeasureTable?> AskAsync(Session session, MeasureRequest request, CancellationToken cancel)
    {
        try
        {
            return await query.AskAsync(session, request, cancel);
        }
        catch (Exception error) when (error is CatalogException or DbException)
        {
            return null;
        }
    }
}
