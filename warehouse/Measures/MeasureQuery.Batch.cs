using System.Globalization;
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
        var answers = new List<MeasureTable>();
        foreach (var some in requests.Chunk(MostInOne)) answers.AddRange(await AskTogetherAsync(session, some, cancel));
        return answers;
    }

    async Task<IEnumerable<MeasureTable>> AskTogetherAsync(Session session, MeasureRequest[] requests, CancellationToken cancel)
    {
        var (parameters, known) = (new DynamicParameters(), new HashSet<(string, string, UnitView)>());
        var plans = new List<Plan>();
        foreach (var request in requests) plans.Add(await PlanAsync(session, request, new Filter($"q{plans.Count}_", parameters, known), cancel));
        var (dimensions, counts) = (plans.Max(plan => plan.By.Count), plans.Max(plan => plan.Counts.Count));
        var counted = plans.Select((plan, i) => $"counted_{i} as (\n    {plan.Counted}\n)");
        var shown = plans.Select((plan, i) => plan.Shown($"counted_{i}", new(i, dimensions, counts)));
        var rows = await session.ReadAsync<dynamic>($"with {string.Join(",\n\n", counted)}\n\n{string.Join("\nunion all\n", shown)}", parameters, cancel);
        var byRequest = rows.Select(row => (IDictionary<string, object?>)row).ToLookup(row => Convert.ToInt32(row["q"], CultureInfo.InvariantCulture));
        return plans.Select((plan, i) => Answer(plan, byRequest[i]));
    }

    /// <summary>The columns that every SELECT of a batch has, so that their rows can stand in one result.</summary>
    sealed record BatchColumns(int Request, int Dimensions, int Counts)
    {
        public IEnumerable<string> Around(IEnumerable<string> shown, int dimensions, IEnumerable<string> sums, int counts) =>
        [
            $"{Request} as q", .. shown, .. Enumerable.Range(dimensions, Dimensions - dimensions).Select(i => $"cast(null as varchar(400)) as d{i}"),
            .. sums, .. Enumerable.Range(counts, Counts - counts).Select(i => $"cast(0 as bigint) as c{i}"),
        ];
    }
}
