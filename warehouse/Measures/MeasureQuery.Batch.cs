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

    async Task<IReadOnlyList<MeasureTable>> AskTogetherAsync(Session session, MeasureRequest[] requests, CancellationToken cancel)
    {
        var (parameters, known) = (new DynamicParameters(), new HashSet<(string, string, UnitView)>());
        var plans = new List<Plan>();
        foreach (var request in requests) plans.Add(await PlanAsync(session, request, $"q{plans.Count}_", parameters, known, cancel));
        await AskSumsAsync(session, [.. plans.SelectMany(plan => plan.Sums)], parameters, cancel);
        foreach (var question in plans.SelectMany(plan => plan.Percentiles))
            foreach (IDictionary<string, object?> row in await session.ReadAsync<dynamic>(question.Select, parameters, cancel)) question.Plan.Add(row, question.Terms);
        return [.. plans.Select(Answer)];
    }

    static async Task AskSumsAsync(Session session, List<TableQuestion> questions, DynamicParameters parameters, CancellationToken cancel)
    {
        if (questions.Count == 0) return;
        var (dimensions, terms) = (questions.Max(question => question.Plan.By.Count), questions.Max(question => question.Terms.Count));
        var counted = questions.Select((question, i) => $"counted_{i} as (\n{question.Select}\n)");
        var shown = questions.Select((question, i) => question.Sql.Shown($"counted_{i}", question.Terms.Count, new(i, dimensions, terms)));
        foreach (IDictionary<string, object?> row in await session.ReadAsync<dynamic>($"with {string.Join(",\n\n", counted)}\n\n{string.Join("\nunion all\n", shown)}", parameters, cancel))
        {
            var question = questions[Convert.ToInt32(row["q"], CultureInfo.InvariantCulture)];
            question.Plan.Add(row, question.Terms);
        }
    }
}

/// <summary>The columns that every SELECT of a batch has, so that their rows can stand in one result.</summary>
sealed record BatchColumns(int Question, int Dimensions, int Terms)
{
    public IEnumerable<string> Around(IEnumerable<string> shown, int dimensions, IEnumerable<string> sums, int terms) =>
    [
        $"{Question} as q", .. shown, .. Enumerable.Range(dimensions, Dimensions - dimensions).Select(i => $"cast(null as varchar(400)) as d{i}"),
        .. sums, .. Enumerable.Range(terms, Terms - terms).Select(i => $"cast(0 as bigint) as c{i}"),
    ];
}
