using System.Globalization;
using Dapper;
using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>
/// Several requests at once: what a page of tiles asks of one publication. Those that read the same rows and differ in what
/// they count and group by are one SELECT over one scan, grouped by all that any of them is grouped by; so are the month ends of a trend; others are SELECTs of
/// their own, for a statement of many scans was measured to take longer than as many statements.
/// </summary>
public sealed partial class MeasureQuery
{
    /// <summary>Grouped by more than this, rows are nearly as many as tasks and nothing is won.</summary>
    const int MostDimensions = 3;

    /// <returns>The answers in the order of the requests, each as <see cref="AskAsync"/> gives it.</returns>
    /// <exception cref="CatalogException">A measure, dimension or value does not exist; the message names the nearest one.</exception>
    public async Task<IReadOnlyList<MeasureTable>> AskManyAsync(Session session, IReadOnlyList<MeasureRequest> requests, CancellationToken cancel)
    {
        var (answers, lookedUp) = (new MeasureTable[requests.Count], new LookedUp());
        var trends = Trends(requests);
        foreach (var trend in trends)
            foreach (var (answer, i) in (await AskTrendAsync(session, [.. trend.Select(i => requests[i])], lookedUp, cancel)).Zip(trend)) answers[i] = answer;
        foreach (var alike in Enumerable.Range(0, requests.Count).Except(trends.SelectMany(trend => trend)).GroupBy(i => requests[i].Rows))
            foreach (var (answer, i) in (await AskTogetherAsync(session, [.. alike.Select(i => requests[i])], lookedUp, cancel)).Zip(alike)) answers[i] = answer;
        return answers;
    }

    async Task<IReadOnlyList<MeasureTable>> AskTogetherAsync(Session session, MeasureRequest[] requests, LookedUp lookedUp, CancellationToken cancel)
    {
        var (parameters, plans) = (new DynamicParameters(), new List<Plan>());
        foreach (var request in requests) plans.Add(await PlanAsync(session, request, $"q{plans.Count}_", parameters, lookedUp, cancel));
        await AskSumsAsync(session, [.. plans.SelectMany(plan => plan.Sums)], parameters, cancel);
        foreach (var question in plans.SelectMany(plan => plan.Percentiles))
            foreach (IDictionary<string, object?> row in await session.ReadAsync<dynamic>(question.Select, parameters, cancel)) question.Plan.Add(row, question.Terms);
        return [.. plans.Select(Answer)];
    }

    static async Task AskSumsAsync(Session session, List<TableQuestion> questions, DynamicParameters parameters, CancellationToken cancel)
    {
        if (questions.Count == 0) return;
        var (dimensions, terms) = (questions.Max(question => question.Plan.By.Count), questions.Max(question => question.Terms.Count));
        var counted = Counted(questions);
        var shown = questions.Select((question, i) => question.Sql.Shown($"counted_{i}", question.Terms.Count, new($"{i}", dimensions, terms)));
        foreach (IDictionary<string, object?> row in await session.ReadAsync<dynamic>($"with {string.Join(",\n\n", counted)}\n\n{string.Join("\nunion all\n", shown)}", parameters, cancel))
        {
            var question = questions[Convert.ToInt32(row["q"], CultureInfo.InvariantCulture)];
            question.Plan.Add(row, question.Terms);
        }
    }

    /// <summary>The common table expressions <c>counted_0</c>, <c>counted_1</c> … of the questions, after those that several of them share.</summary>
    static List<string> Counted(List<TableQuestion> questions)
    {
        var (shared, own) = (new List<string>(), new List<string>());
        foreach (var (alike, i) in Alike(questions).Select((alike, i) => (alike, i)))
        {
            if (alike.Count == 1)
            {
                own.Add($"counted_{alike[0]} as (\n{questions[alike[0]].Select}\n)");
                continue;
            }
            var by = alike.SelectMany(at => questions[at].Plan.By).Distinct().ToList();
            var terms = alike.SelectMany(at => questions[at].Terms).Distinct().ToList();
            shared.Add($"shared_{i} as (\n{questions[alike[0]].Over!(by, terms)}\n)");
            foreach (var at in alike)
            {
                var columns = questions[at].Plan.By.Select((dimension, d) => $"d{by.IndexOf(dimension)} as d{d}").Append("row_count").Concat(questions[at].Terms.Select((term, c) => $"c{terms.IndexOf(term)} as c{c}"));
                own.Add($"counted_{at} as (\n    select {string.Join(", ", columns)}\n    from shared_{i}\n)");
            }
        }
        return [.. shared, .. own];
    }

    /// <summary>Which questions read the same rows, by their place; no group is of more dimensions than pay.</summary>
    static List<List<int>> Alike(List<TableQuestion> questions)
    {
        var groups = new List<List<int>>();
        for (var i = 0; i < questions.Count; i++)
        {
            var question = questions[i];
            bool Fits(List<int> group) => questions[group[0]].Scan == question.Scan && question.Over is not null
                && group.SelectMany(at => questions[at].Plan.By).Concat(question.Plan.By).Distinct().Count() <= MostDimensions;
            if (groups.Find(Fits) is { } found) found.Add(i);
            else groups.Add([i]);
        }
        return groups;
    }
}

/// <summary>The columns that every SELECT of a batch has, so that their rows can stand in one result.</summary>
/// <param name="Question">Which question a row answers: its place, or the column that tells it.</param>
sealed record BatchColumns(string Question, int Dimensions, int Terms)
{
    /// <summary>Each row tells by itself which question it answers.</summary>
    public bool IsOfEachRow { get; init; }

    public IEnumerable<string> Around(IEnumerable<string> shown, int dimensions, IEnumerable<string> sums, int terms) =>
    [
        $"{Question} as q", .. shown, .. Enumerable.Range(dimensions, Dimensions - dimensions).Select(i => $"cast(null as varchar(400)) as d{i}"),
        .. sums, .. Enumerable.Range(terms, Terms - terms).Select(i => $"cast(0 as bigint) as c{i}"),
    ];
}
