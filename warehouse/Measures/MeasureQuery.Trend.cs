using System.Globalization;
using Dapper;
using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>
/// The month ends of a trend: questions that differ in nothing but the day, of which counts made in advance know everything, are one
/// statement of one scan. Twelve of them took 300 ms one by one over 10 million tasks, and 100 ms so.
/// </summary>
public sealed partial class MeasureQuery
{
    /// <summary>Of fewer days a scan for each costs no more.</summary>
    const int FewestDays = 4;

    /// <summary>The requests of each trend, by their place.</summary>
    List<List<int>> Trends(IReadOnlyList<MeasureRequest> requests) =>
        [.. Enumerable.Range(0, requests.Count).Where(i => IsOfMonthEnd(requests[i])).GroupBy(i => requests[i].OfAnyDay)
            .Where(trend => trend.Select(i => requests[i].AsOf).Distinct().Count() >= FewestDays).Select(trend => trend.ToList())];

    /// <summary>Whether it asks for a month end and for nothing that counts made in advance do not know.</summary>
    bool IsOfMonthEnd(MeasureRequest request) =>
        request is { AsOf: { } day, From: null, To: null, KnownAt: null, Measures.Count: > 0 } && CountedMonths.Open(day).AddDays(-1) == day
        && request.Measures.SelectMany(catalog.Counts).Select(catalog.Measure).All(term => Counted(request, catalog.FactOf(term), day)?.Knows(term) ?? false);

    /// <param name="requests">Those of one trend.</param>
    async Task<IReadOnlyList<MeasureTable>> AskTrendAsync(Session session, IReadOnlyList<MeasureRequest> requests, LookedUp lookedUp, CancellationToken cancel)
    {
        var (any, parameters) = (requests[0], new DynamicParameters());
        var (by, where) = (any.By.Select(catalog.Dimension).ToList(), any.Where.Select(condition => (catalog.Dimension(condition.Dimension), condition.Values)).ToList());
        var terms = requests.SelectMany(request => request.Measures).SelectMany(catalog.Counts).Distinct().Select(catalog.Measure).ToList();
        var fact = catalog.FactOf(terms[0]);
        fact.Check(terms[0], by, where.Select(condition => condition.Item1));
        var filter = new MeasureFilter("t_", parameters);
        await filter.AddAsync(session, fact, where, any.View, lookedUp, cancel);
        var days = requests.Select(request => request.AsOf!.Value).Distinct().Order().ToList();
        var plans = requests.Select(request => new Plan(request, [.. request.Measures.Select(catalog.Measure)], by, [fact.Window]) { AsOf = request.AsOf!.Value }).ToList();
        var sql = new FactSql(fact, catalog.Counted!.Table, fact.Filter, by, filter, any.View, any.English);
        var select = $"with {sql.AtMonthEnds(catalog.Counted, terms, days)}\n\n{sql.Shown("counted", terms.Count, new("counted.q", by.Count, terms.Count) { IsOfEachRow = true })}";
        foreach (IDictionary<string, object?> row in await session.ReadAsync<dynamic>(select, parameters, cancel))
            foreach (var plan in plans.Where(plan => plan.AsOf == days[Convert.ToInt32(row["q"], CultureInfo.InvariantCulture)])) plan.Add(row, terms);
        // Of nothing at all there is one row, of noughts.
        foreach (var plan in plans.Where(plan => by.Count == 0 && plan.Found.Count == 0)) plan.Found[""] = new([], []);
        return [.. plans.Select(Answer)];
    }
}
