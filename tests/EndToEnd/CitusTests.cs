using Etl.Feeds;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Reports;
using Xunit;
using Calendar = Warehouse.Reference.Calendar;

namespace Tests.EndToEnd;

/// <summary>A coordinator with workers holds what one machine holds, and answers alike: every table, every measure, every report.</summary>
public sealed class CitusTests : IDisposable
{
    static readonly string[] Feeds = ["da-nang", "can-tho", "published-totals"];

    readonly DirectoryInfo home = Directory.CreateTempSubdirectory("analytics-cluster-");

    [EngineFact(TestEngine.Citus)]
    public async Task A_cluster_holds_and_answers_what_a_file_does()
    {
        await LettersTests.WriteSourcesAsync(home.FullName);
        await using var file = await LoadedAsync(TestEngine.DuckDb);
        await using var cluster = await LoadedAsync(TestEngine.Citus);

        Assert.Equal("", TableChecksums.Difference(await file.ChecksumsAsync(), await cluster.ChecksumsAsync()));
        Assert.Equal(await AskAllAsync(file), await AskAllAsync(cluster));
        Assert.Equal(await ReportAllAsync(file), await ReportAllAsync(cluster));

        Assert.Equal(["distributed task_key"], await cluster.RowsAsync<string>(Placed("fact_task', 'fact_task_state', 'fact_task_event', 'fact_task_flow")));
        Assert.Equal(["reference <none>"], await cluster.RowsAsync<string>(Placed("dim_province', 'dim_agency', 'dim_date', 'bridge_agency_view")));
        Assert.True(await cluster.ValueAsync<long>("select count(distinct nodename || ':' || nodeport) from citus_shards where citus_table_type = 'distributed'") >= 2, "all rows lie on one worker");
    }

    public void Dispose() => home.Delete(recursive: true);

    static string Placed(string tables) =>
        $"select distinct citus_table_type || ' ' || distribution_column from citus_tables where split_part(cast(table_name as text), '.', 2) in ('{tables}')";

    async Task<LoadedWarehouse> LoadedAsync(string engine)
    {
        var warehouse = await LoadedWarehouse.CreateAsync(engine, home.FullName);
        // In chunks, as a country's worth of tasks is built.
        var run = await warehouse.RunAsync([.. FeedFolder.Read(FeedFolder.Shipped).Where(feed => Feeds.Contains(feed.Name))], chunkRows: 20_000);
        if (run.Errors.Any()) await warehouse.DisposeAsync();
        Assert.Empty(run.Errors);
        return warehouse;
    }

    /// <summary>Every measure, split in several ways, as known now and on an earlier day.</summary>
    static Task<List<string>> AskAllAsync(LoadedWarehouse warehouse) => warehouse.AskAsync(async (query, session) =>
    {
        var answers = new List<string>();
        foreach (var measure in MeasureCatalog.Load().Measures)
            foreach (var (by, known) in ((string, DateOnly?)[])[("agency", null), ("month", null), ("assigned_year", new DateOnly(2024, 6, 30))])
                answers.AddRange(await AnswerAsync(query, session, measure, by, known));
        return answers;
    });

    static async Task<IEnumerable<string>> AnswerAsync(MeasureQuery query, Session session, Measure measure, string by, DateOnly? known)
    {
        try
        {
            var table = await query.AskAsync(session, new([measure.Name], [by], [], new DateOnly(2024, 6, 30)) { KnownAt = known }, default);
            return table.Rows.Select(row => $"{measure.Name} {by} {known}: {string.Join(", ", row.By)} = {string.Join(", ", row.Values)}").Order(StringComparer.Ordinal);
        }
        catch (CatalogException refused)
        {
            return [$"{measure.Name} {by}: {refused.Message}"];
        }
    }

    static Task<List<string>> ReportAllAsync(LoadedWarehouse warehouse) => warehouse.AskAsync(async (_, session) =>
    {
        var answers = new List<string>();
        foreach (var report in ReportFolder.Load().Reports)
        {
            var table = await new ReportQuery(MeasureCatalog.Load(), Calendar.Load()).AskAsync(session, report, new Dictionary<string, string>(), default);
            answers.AddRange(table.Rows.Select(row => $"{report.Name}: {string.Join(" | ", row)}"));
        }
        return answers;
    });
}
