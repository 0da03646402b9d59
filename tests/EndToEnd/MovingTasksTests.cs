using Tests.Engines;
using Warehouse.Engines.DuckDb;
using Warehouse.Models;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Where rows of long tables lie that will be replaced, and what is done before their places take the memory away.</summary>
public sealed class MovingTasksTests : IDisposable
{
    readonly ExtractFolder folder = new(IncrementTests.FeedText);

    [EngineFact(TestEngine.DuckDb)]
    public async Task Open_tasks_come_after_all_others_and_increments_find_them_there()
    {
        await using var warehouse = await folder.WarehouseAsync(TestEngine.DuckDb);
        Write("20240131", open: task => task % 4 == 0);
        await warehouse.BuildAsync(folder.Feeds(), Builder(), whole: true);

        // Every fourth of a hundred, less the three that are carried on from another.
        Assert.Equal(22, await warehouse.ValueAsync<long>("select count(*) from analytics.open_task"));
        foreach (var table in (string[])["warehouse.fact_task", "warehouse.fact_task_state", "warehouse.fact_task_flow"])
        {
            string Place(string which, string open) => $"(select {which}(rowid) from {table} where task_key {open} in (select task_key from analytics.open_task))";
            Assert.True(await warehouse.ValueAsync<bool>($"select {Place("min", "")} > {Place("max", "not")}"), $"{table}: open tasks lie among the others");
        }

        var told = new List<string>();
        Write("20240229", open: task => task % 8 == 0);
        await warehouse.BuildAsync(folder.Feeds(), Builder(told.Add), whole: false);
        Assert.Empty(told);
        Assert.Equal(0, await warehouse.ValueAsync<long>("select scattered_count from staging.built_state"));

        // One that was closed is open again: it lay among the others.
        Write("20240331", open: task => task % 8 == 0 || task == 1);
        await warehouse.BuildAsync(folder.Feeds(), Builder(told.Add), whole: false);
        Assert.Empty(told);
        Assert.Equal(1, await warehouse.ValueAsync<long>("select scattered_count from staging.built_state"));
    }

    [EngineFact(TestEngine.DuckDb)]
    public async Task Tables_are_written_anew_before_the_places_of_struck_out_rows_take_the_memory()
    {
        await using var warehouse = await folder.WarehouseAsync(TestEngine.DuckDb);
        Write("20240131", open: task => task % 4 == 0);
        await warehouse.BuildAsync(folder.Feeds(), Builder(), whole: true);
        Write("20240229", open: task => task % 4 == 0 || task == 1);
        await warehouse.BuildAsync(folder.Feeds(), Builder(), whole: false);
        var told = new List<string>();
        Write("20240331", open: task => task % 4 == 0 || task == 2);

        await warehouse.BuildAsync(folder.Feeds(), Builder(told.Add, most: 1e-6), whole: false);

        // Task 1 lies among the others again, task 2 is replaced where it lay.
        Assert.Equal("tables are written anew: 2 tasks that were settled have changed since they were, and the engine needs memory for the place of each", Assert.Single(told));
        Assert.Equal(1, await warehouse.ValueAsync<long>("select scattered_count from staging.built_state"));
        Assert.Equal(23, await warehouse.ValueAsync<long>("select count(*) from analytics.open_task"));
        Assert.Equal(0, await warehouse.ValueAsync<long>("select count(*) from duckdb_tables() where table_name like '%_anew'"));
        var increments = await warehouse.ChecksumsAsync();
        await warehouse.BuildAsync(folder.Feeds(), Builder(), whole: true);
        Assert.Equal(await warehouse.ChecksumsAsync(), increments);
    }

    [EngineFact(TestEngine.DuckDb)]
    public async Task An_increment_that_runs_out_of_memory_is_followed_by_a_whole_build()
    {
        var models = Directory.CreateTempSubdirectory("analytics-models-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(ModelFolder.Shipped, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(models.FullName, Path.GetRelativePath(ModelFolder.Shipped, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
            // Only while rows of a slice are replaced is there a schema of this name.
            File.WriteAllText(Path.Combine(models.FullName, "warehouse", "fact_hungry.sql"), """
                -- One row per task, as long as there is memory.
                -- kind: table
                -- key: task_key
                -- slice: task_key
                with hungry as (
                    select task_key, case when exists (select 1 from duckdb_schemas() where schema_name = 'during_raw') then error('Out of Memory Error: failed to pin block') end as is_hungry
                    from warehouse.fact_task
                )

                select * from hungry
                """);
            await using var warehouse = await folder.WarehouseAsync(TestEngine.DuckDb);
            var told = new List<string>();
            Builder Hungry() => new(ModelFolder.Load(models.FullName), TimeProvider.System) { MostOfAll = 1, Why = told.Add };
            Write("20240131", open: task => task % 4 == 0);
            await warehouse.BuildAsync(folder.Feeds(), Hungry(), whole: true);
            Write("20240229", open: task => task % 8 == 0);

            await warehouse.BuildAsync(folder.Feeds(), Hungry(), whole: false);

            Assert.StartsWith("the engine had not memory enough to replace rows: ", Assert.Single(told), StringComparison.Ordinal);
            Assert.Equal((89, 11), (await warehouse.ValueAsync<long>("select count(*) from warehouse.fact_hungry"), await warehouse.ValueAsync<long>("select count(*) from analytics.open_task")));
        }
        finally
        {
            models.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task DuckDBs_own_words_for_it_are_known()
    {
        var home = Directory.CreateTempSubdirectory("analytics-short-");
        try
        {
            await using var engine = new DuckDbEngine(home.FullName, new("20MB", 1));
            await using var workspace = await engine.OpenWorkspaceAsync(default);
            await using var command = workspace.Connection.CreateCommand();
            command.CommandText = "set temp_directory = ''; select count(distinct i || 'a long text that does not fit') from range(5000000) as r(i)";

            var error = await Assert.ThrowsAsync<DuckDbException>(() => command.ExecuteScalarAsync());

            Assert.True(workspace.WasShortOfMemory(error), error.Message);
            // 10,000 places all over 31 million rows: more than a half of 15,137 vectors, of 16 KB each; and no more than all of them.
            Assert.Equal(7318 * 16384 / 20e6, workspace.MemoryOfStruckOut(31_000_000, 10_000), 0.01);
            Assert.Equal(15137 * 16384 / 20e6, workspace.MemoryOfStruckOut(31_000_000, 10_000_000), 0.01);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>In chunks of 30 tasks.</summary>
    static Builder Builder(Action<string>? why = null, double most = 0.7) =>
        new(ModelFolder.Load(), TimeProvider.System) { MostOfAll = 1, ChunkRows = 30, MostForStruckOut = most, Why = why, Tells = why };

    /// <summary>A hundred tasks; each ninth is carried on from the one before it, and stands as that does.</summary>
    void Write(string day, Func<int, bool> open) => folder.Write($"tasks_{day}.csv", "id,earlier,title,programme,assigned,due,completed,agency\n" + string.Concat(
        Enumerable.Range(0, 100).Select(task => $"T{task},{(task % 9 == 8 ? $"T{task - 1}" : "")},Nhiệm vụ số {task},,2024-01-02,2024-02-10,{(open(task % 9 == 8 ? task - 1 : task) ? "" : "2024-01-20")},Sở Y tế\n")));
}
