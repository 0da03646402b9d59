using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>Several requests in one SELECT: what a page of tiles asks of one publication.</summary>
public sealed partial class MeasureQuery
{
    /// <summary>More than this in one statement and its planning costs more than the round trips that it saves.</summary>
    const int MostInOne = 12;

    /// <returns>The answers in the order of the requests, each as <see cref="AskAsync"/> gives it.</returns>
    /// <exception cref="CatalogException">A measure, dimension or value does not exist; the message names the nearest one.</exception>
    public async Task<IReadOnlyList<MeasureTable>> AskManyAsync(Session session, IReadOnlyList<MeasureRequest> requests, CancellationToken cancel)
    {
        var plans = new List<Plan>();
        var known = new HashSet<(string, string, UnitView)>();
        foreach (var request in requests) plans.Add(await PlanAsync(session, request, known, cancel));
        foreach (var some in plans.SelectMany(plan => plan.Selects.Select(select => (Plan: plan, Select: select))).Chunk(MostInOne)) await ReadTogetherAsync(session, some, cancel);
        return [.. plans.Select(Answer)];
    }

    static async Task ReadTogetherAsync(Session session, IReadOnlyList<(Plan Plan, PlannedSelect Select)> asked, CancellationToken cancel)
    {
        var parameters = new DynamicParameters();
        var (dimensions, counts) = (asked.Max(one => one.Plan.By.Count), asked.Max(one => one.Select.Columns.Count));
        var selects = asked.Select((one, i) =>
        {
            // Days are the only values of this type; they stay days, because functions of the engines take nothing else.
            foreach (var name in one.Select.Parameters.ParameterNames)
                if (one.Select.Parameters.Get<object>(name) is DateTime day) parameters.Add($"q{i}_{name}", day, DbType.Date);
                else parameters.Add($"q{i}_{name}", one.Select.Parameters.Get<object>(name));
            var shown = Enumerable.Range(0, dimensions).Select(d => d < one.Plan.By.Count ? $"cast(d{d} as varchar(400)) as d{d}" : $"cast(null as varchar(400)) as d{d}");
            var summed = Enumerable.Range(0, counts).Select(c => c < one.Select.Columns.Count ? $"c{c}" : $"cast(null as bigint) as c{c}");
            return $"select {i} as q, {string.Join(", ", shown.Concat(summed))}\nfrom (\n{Parameter().Replace(one.Select.Sql, $"@q{i}_$1")}\n) as asked_{i}";
        });
        foreach (IDictionary<string, object?> row in await session.ReadAsync<dynamic>(string.Join("\nunion all\n", selects), parameters, cancel))
        {
            var (plan, select) = asked[Convert.ToInt32(row["q"], CultureInfo.InvariantCulture)];
            Add(plan.Found, row, plan.By.Count, select.Columns);
        }
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();
}
