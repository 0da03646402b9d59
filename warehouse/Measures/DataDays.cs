using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>Days of the data that questions rest on, looked up once for all that are asked together.</summary>
sealed class DataDays
{
    readonly Dictionary<string, DateOnly?> found = [];
    ExactDays? exact;

    /// <summary>The day of the newest extract of the sources that a question is about.</summary>
    /// <returns>Null where nothing was loaded from them: then no day is after it.</returns>
    public async Task<DateOnly?> NewestAsync(Session session, MeasureFilter filter, IReadOnlyList<Condition> where, CancellationToken cancel)
    {
        var key = string.Join('\n', where.Where(condition => DefaultSources.Dimensions.Contains(condition.Dimension)).Select(condition => $"{condition.Dimension}={string.Join('\t', condition.Values)}"));
        if (!found.TryGetValue(key, out var day)) found[key] = day = await DefaultSources.FindNewestExtractAsync(session, filter.OfSources, filter.Parameters, cancel);
        return day;
    }

    /// <summary>The last day up to a day of which a table knows counts made in advance.</summary>
    public async Task<DateOnly> CountedAsync(Session session, CountedTable table, DateOnly asOf, CancellationToken cancel) =>
        (exact ??= (await session.ReadAsync<ExactDays>(table.Exact, cancel: cancel)).Single()).CountedDay(asOf);
}
