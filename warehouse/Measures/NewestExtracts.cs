using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>The day of the newest extract of the sources that questions are about, looked up once for those that are about the same.</summary>
sealed class NewestExtracts
{
    static readonly string[] OfSources = ["scope", "source", "feed"];

    readonly Dictionary<string, DateOnly?> found = [];

    /// <returns>Null where nothing was loaded from them: then no day is after it.</returns>
    public async Task<DateOnly?> OfAsync(Session session, MeasureFilter filter, IReadOnlyList<Condition> where, CancellationToken cancel)
    {
        var key = string.Join('\n', where.Where(condition => OfSources.Contains(condition.Dimension)).Select(condition => $"{condition.Dimension}={string.Join('\t', condition.Values)}"));
        if (!found.TryGetValue(key, out var day)) found[key] = day = await DefaultSources.FindNewestExtractAsync(session, filter.OfSources, filter.Parameters, cancel);
        return day;
    }
}
