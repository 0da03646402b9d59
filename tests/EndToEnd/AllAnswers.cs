using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Reports;
using Calendar = Warehouse.Reference.Calendar;

namespace Tests.EndToEnd;

/// <summary>What a warehouse answers, all of it, to be held against another one's.</summary>
static class AllAnswers
{
    /// <summary>Every measure, split in several ways, as known now and on an earlier day.</summary>
    public static Task<List<string>> OfMeasuresAsync(LoadedWarehouse warehouse) => warehouse.AskAsync(async (query, session) =>
    {
        var answers = new List<string>();
        foreach (var measure in MeasureCatalog.Load().Measures)
            foreach (var (by, known) in ((string, DateOnly?)[])[("agency", null), ("month", null), ("assigned_year", new DateOnly(2024, 3, 15))])
                answers.AddRange(await AnswerAsync(query, session, measure, by, known));
        return answers;
    });

    static async Task<IEnumerable<string>> AnswerAsync(MeasureQuery query, Session session, Measure measure, string by, DateOnly? known)
    {
        try
        {
            var table = await query.AskAsync(session, new([measure.Name], [by], [], new DateOnly(2024, 4, 20)) { KnownAt = known }, default);
            return table.Rows.Select(row => $"{measure.Name} {by} {known}: {string.Join(", ", row.By)} = {string.Join(", ", row.Values)}").Order(StringComparer.Ordinal);
        }
        catch (CatalogException refused)
        {
            return [$"{measure.Name} {by}: {refused.Message}"];
        }
    }

    /// <summary>Every report, with its parameters as they are by themselves, by name; what an engine does not answer is what it says.</summary>
    public static async Task<SortedDictionary<string, string>> OfReportsAsync(LoadedWarehouse warehouse)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var report in ReportFolder.Load().Reports)
            try
            {
                var table = await warehouse.AskAsync((_, session) => new ReportQuery(MeasureCatalog.Load(), Calendar.Load()).AskAsync(session, report, new Dictionary<string, string>(), default));
                answers[report.Name] = string.Join('\n', table.Rows.Select(row => string.Join(" | ", row)));
            }
            catch (EngineException refused)
            {
                answers[report.Name] = refused.Message;
            }
        return answers;
    }
}
