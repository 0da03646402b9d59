using System.Globalization;
using Dapper;
using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>What questions rest on, looked up once for all that are asked together: members, sources and days of the data.</summary>
sealed class LookedUp
{
    /// <summary>More sources than this are looked up where rows are read.</summary>
    const int MostNamed = 50;

    readonly HashSet<(string, string, UnitView, DateOnly?)> members = [];
    readonly Dictionary<string, string> sources = [];
    readonly Dictionary<string, DateOnly?> newest = [];
    ExactDays? exact;

    /// <exception cref="CatalogException">The view shows no such member.</exception>
    public async Task CheckAsync(Session session, Dimension dimension, string value, UnitView view, DateOnly? knownAt, CancellationToken cancel)
    {
        if (members.Add((dimension.Name, value, view, knownAt))) await MemberCheck.CheckAsync(session, dimension, value, view, knownAt, cancel);
    }

    /// <summary>
    /// The condition that a row is of the sources that match, by their keys or by those of all others, whichever are fewer: over ten million tasks
    /// joining the sources to what is read took as long as reading it.
    /// </summary>
    /// <param name="match">A condition on <c>warehouse.dim_source</c>.</param>
    /// <param name="key">What it says, with the values of its parameters.</param>
    /// <returns>Empty where it holds for all sources.</returns>
    public async Task<string> SourcesAsync(Session session, string match, string key, DynamicParameters parameters, CancellationToken cancel)
    {
        if (sources.TryGetValue(key, out var condition)) return condition;
        var told = (await session.ReadAsync<Source>($"select source_key as \"Key\", case when {match} then 1 else 0 end as \"IsAsked\" from warehouse.dim_source order by source_key", parameters, cancel)).ToList();
        var (asked, others) = (told.Where(source => source.IsAsked == 1).ToList(), told.Where(source => source.IsAsked == 0).ToList());
        // It names parameters of this question, which another one does not have.
        if (Math.Min(asked.Count, others.Count) > MostNamed) return DefaultSources.Sources(match);
        return sources[key] = asked.Count == 0 ? "1 = 0"
            : others.Count == 0 ? ""
            : others.Count < asked.Count ? $"source_key not in ({Keys(others)})"
            : $"source_key in ({Keys(asked)})";
    }

    /// <summary>The day of the newest extract of the sources that a question is about.</summary>
    /// <returns>Null where nothing was loaded from them: then no day is after it.</returns>
    public async Task<DateOnly?> NewestAsync(Session session, MeasureFilter filter, CancellationToken cancel)
    {
        if (!newest.TryGetValue(filter.OfSources, out var day)) newest[filter.OfSources] = day = await DefaultSources.FindNewestExtractAsync(session, filter.OfSources, filter.Parameters, cancel);
        return day;
    }

    /// <summary>The last day up to a day of which a table knows counts made in advance.</summary>
    public async Task<DateOnly> CountedAsync(Session session, CountedTable table, DateOnly asOf, CancellationToken cancel) =>
        (exact ??= (await session.ReadAsync<ExactDays>(table.Exact, cancel: cancel)).Single()).CountedDay(asOf);

    static string Keys(IEnumerable<Source> of) => string.Join(", ", of.Select(source => source.Key.ToString(CultureInfo.InvariantCulture)));

    sealed class Source
    {
        public long Key { get; set; }
        public int IsAsked { get; set; }
    }
}
