using Etl.Feeds;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>
/// Four years' worth of a real city's records, loaded, built and checked on every engine that answers: figures that were
/// counted from the published files, and the same rows whatever the engine and however often they are loaded.
/// </summary>
public sealed class SameOnEveryEngineTests(SameOnEveryEngineTests.Boston boston) : IClassFixture<SameOnEveryEngineTests.Boston>
{
    const string Counts = "completed_on_time, completed_late, completed_no_deadline, open_in_time, open_overdue, open_no_deadline";

    [EngineFact(TestEngine.DuckDb)]
    public async Task Every_row_is_accepted_or_quarantined_with_its_reason()
    {
        Assert.Empty(boston.First(TestEngine.DuckDb).Errors);
        var counts = boston.First(TestEngine.DuckDb).Loaded.GroupBy(part => part.Feed)
            .ToDictionary(parts => parts.Key, parts => (parts.Sum(part => part.Counts.Received), parts.Sum(part => part.Counts.Accepted), parts.Sum(part => part.Counts.Quarantined)));

        Assert.Equal((58_251, 58_251, 0), counts["boston-2011"]);
        Assert.Equal((46_638, 46_638, 0), counts["boston-2013-2019"]);
        Assert.Equal((5_473, 5_470, 3), counts["boston-2025"]);
        Assert.Equal((4_995, 4_995, 0), counts["boston-sample"]);
        Assert.Equal(["status Error unknown_code"], await boston[TestEngine.DuckDb].RowsAsync<string>("select distinct concat('status ', received_text, ' ', rule_code) from raw.quarantine"));
    }

    [EngineTheory(TestEngine.DuckDb)]
    [InlineData("boston-2011", ": 35591, 8230, 10749, 0, 3449, 232")]
    [InlineData("boston-2013-2019", ": 23441, 1056, 5121, 0, 3316, 13704")]
    [InlineData("boston-2025", ": 3305, 785, 6, 25, 1348, 1")]
    public async Task On_time_and_late_are_as_counted_from_the_published_files(string feed, string expected) =>
        Assert.Equal([expected], await boston[TestEngine.DuckDb].MeasureAsync(Counts, "", $"feed={feed}"));

    [EngineFact(TestEngine.DuckDb)]
    public async Task Closed_cases_only_are_no_backlog_and_another_city_is_not_in_the_countrys_numbers()
    {
        var warehouse = boston[TestEngine.DuckDb];

        Assert.Equal(0, await warehouse.ValueAsync<long>("select count(*) from warehouse.fact_open_task_month join warehouse.dim_source on fact_open_task_month.source_key = dim_source.source_key where dim_source.is_trend_only = 1"));
        Assert.Equal(["example: 110359"], await warehouse.MeasureAsync("assigned", "scope", "scope=example"));
        Assert.Equal([": 4995"], await warehouse.MeasureAsync("completed", "", "feed=boston-sample"));
    }

    [EngineFact(TestEngine.DuckDb, TestEngine.Postgres)]
    public void Every_table_is_the_same_on_DuckDB_and_PostgreSQL()
    {
        Assert.Empty(boston.First(TestEngine.Postgres).Errors);
        Assert.Equal(boston.Checksums(TestEngine.DuckDb), boston.Checksums(TestEngine.Postgres));
    }

    [EngineFact(TestEngine.DuckDb, TestEngine.SqlServer)]
    public void Every_table_is_the_same_on_DuckDB_and_SQL_Server()
    {
        Assert.Empty(boston.First(TestEngine.SqlServer).Errors);
        Assert.Equal(boston.Checksums(TestEngine.DuckDb), boston.Checksums(TestEngine.SqlServer));
    }

    [EngineFact(TestEngine.DuckDb)]
    public Task Loading_the_same_again_loads_nothing_and_leaves_equal_tables_in_a_file() => AgainAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task Loading_the_same_again_loads_nothing_and_leaves_equal_tables_on_a_server() => AgainAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task Loading_the_same_again_loads_nothing_and_leaves_equal_tables_on_SQL_Server() => AgainAsync(TestEngine.SqlServer);

    async Task AgainAsync(string engine)
    {
        var again = await boston[engine].RunAsync(Boston.Feeds);

        Assert.Empty(again.Errors);
        Assert.Empty(again.Loaded);
        Assert.Equal(boston.Checksums(engine), await boston[engine].ChecksumsAsync());
    }

    /// <summary>The feeds that ship, loaded once into each engine that answers.</summary>
    public sealed class Boston : IAsyncLifetime
    {
        readonly Dictionary<string, (LoadedWarehouse Warehouse, Run Run, SortedDictionary<string, string> Checksums)> loaded = [];

        internal static IReadOnlyList<Feed> Feeds { get; } = [.. FeedFolder.Read(FeedFolder.Shipped).Where(feed => feed.Name.StartsWith("boston-", StringComparison.Ordinal))];

        internal LoadedWarehouse this[string engine] => loaded[engine].Warehouse;

        internal Run First(string engine) => loaded[engine].Run;

        internal SortedDictionary<string, string> Checksums(string engine) => loaded[engine].Checksums;

        public async Task InitializeAsync()
        {
            var loading = TestEngine.All.Where(engine => TestEngine.AbsentBecause(engine) is null).Select(engine => (engine, Task.Run(() => LoadAsync(engine)))).ToList();
            foreach (var (engine, load) in loading) loaded[engine] = await load;
        }

        public async Task DisposeAsync()
        {
            foreach (var (warehouse, _, _) in loaded.Values) await warehouse.DisposeAsync();
        }

        static async Task<(LoadedWarehouse, Run, SortedDictionary<string, string>)> LoadAsync(string engine)
        {
            var warehouse = await LoadedWarehouse.CreateAsync(engine);
            return (warehouse, await warehouse.RunAsync(Feeds), await warehouse.ChecksumsAsync());
        }
    }
}
