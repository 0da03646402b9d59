using Dapper;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Warehouse.Exports;
using Warehouse.Measures;
using Warehouse.Models;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>What is exported is read back by DuckDB and is, row for row, what was published; whatever the engine, and whatever is published meanwhile.</summary>
public sealed class ExportTests : IDisposable
{
    const string FeedText = """
        feed: exported
        title: Danh sách nhiệm vụ
        agencies: own
        source: { kind: csv, folder: "{data}", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
        records:
          task:
            from: { files: "tasks_*.csv" }
            columns:
              task_id: { from: id }
              title: { from: title }
              assigned: { from: assigned, formats: [iso] }
              due: { from: due, formats: [iso] }
              completed: { from: completed, formats: [iso] }
              agency: { from: agency }
              province: { from: province }
          task_event:
            from: { files: "events_*.csv" }
            columns:
              task_id: { from: id }
              event: { from: event }
              at: { from: at, formats: [iso] }
              event_id: { from: event_id }
        """;

    static readonly ModelFolder Models = ModelFolder.Load();

    static readonly string[] Provinces = ["Hải Phòng", "Đà Nẵng", "Cần Thơ"];

    readonly ExtractFolder folder = new(FeedText);
    readonly DirectoryInfo target = Directory.CreateTempSubdirectory("analytics-export-");

    [EngineFact(TestEngine.DuckDb)]
    public Task What_is_exported_of_a_file_is_what_is_published() => CompareAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task What_is_exported_of_a_server_is_what_is_published() => CompareAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.Citus)]
    public Task What_is_exported_of_a_cluster_is_what_is_published() => CompareAsync(TestEngine.Citus);

    [EngineFact(TestEngine.DuckDb)]
    public async Task An_export_that_does_not_come_to_its_end_leaves_the_folder_empty()
    {
        await using var warehouse = await LoadedAsync(TestEngine.DuckDb);

        await Assert.ThrowsAsync<TimeoutException>(() => ExportAsync(warehouse, table => throw new TimeoutException(table.Name)));

        Assert.Empty(target.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Every_view_over_what_is_not_exported_was_thought_about()
    {
        var views = Models.Models.Where(model => model.Layer != "staging" && model.Kind == ModelKind.View && model.Reads.Any(read => read.Split('.')[0] is "raw" or "staging"));

        Assert.Equal(views.Select(view => view.FullName).Order(StringComparer.Ordinal), ExportPlan.Views.Concat(ExportPlan.LeftOut).Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        folder.Dispose();
        target.Delete(recursive: true);
    }

    async Task CompareAsync(string engine)
    {
        await using var warehouse = await LoadedAsync(engine);
        var models = ExportPlan.Of(Models, []);
        var published = await warehouse.AskAsync((_, session) => TableChecksums.OfAsync(session, models));
        var number = await warehouse.AskAsync((_, session) => Task.FromResult(session.Publication.Number));

        var isPublishedMeanwhile = false;
        var manifest = await ExportAsync(warehouse, _ =>
        {
            if (isPublishedMeanwhile) return;
            isPublishedMeanwhile = true;
            Write(1);
            Assert.Empty(warehouse.RunAsync(folder.Feeds()).GetAwaiter().GetResult().Errors);
        });

        Assert.Equal(number, manifest.Publication);
        Assert.Equal(published, await ReadBackAsync(manifest, models));
        Assert.True(await warehouse.ValueAsync<long>("select count(*) from warehouse.fact_task") > manifest.Tables.Single(table => table.Name == "warehouse.fact_task").Rows, "nothing was published meanwhile");
        await AssertFilesAsync(manifest);
        await AssertPartsAsync();
    }

    Task<Manifest> ExportAsync(LoadedWarehouse warehouse, Action<ManifestTable> exported) => warehouse.AskAsync((_, session) =>
        new ParquetExport(Models, MeasureCatalog.Load(), new(), TimeProvider.System).RunAsync(session, "test", ExportFolder.Open(target.FullName), ExportPlan.Of(Models, []), exported, default));

    async Task<LoadedWarehouse> LoadedAsync(string engine)
    {
        var warehouse = await folder.WarehouseAsync(engine);
        Write(0);
        var run = await warehouse.RunAsync(folder.Feeds());
        if (run.Errors.Any()) await warehouse.DisposeAsync();
        Assert.Empty(run.Errors);
        return warehouse;
    }

    /// <summary>Tasks of several years, more parts than are written in one turn, and texts that quote, break lines and leave the first plane of Unicode.</summary>
    void Write(int extract)
    {
        var rows = Enumerable.Range(0, 90 + extract * 10).Select(i => (No: i, Assigned: new DateOnly(1996 + i % 30, 1 + i % 12, 1 + i % 28)));
        folder.Write($"tasks_2026013{extract}.csv", "id,title,assigned,due,completed,agency,province\n" + string.Concat(rows.Select(row =>
            $"T{row.No},\"Rà soát \"\"số {row.No}\"\"\n𠀋 nhà đất\",{row.Assigned:yyyy-MM-dd},{(row.No % 3 == 0 ? "" : $"{row.Assigned.AddDays(30):yyyy-MM-dd}")},{(row.No % 2 == 0 ? "" : $"{row.Assigned.AddDays(20 + row.No % 20):yyyy-MM-dd}")},Sở {(row.No % 2 == 0 ? "Y tế" : "Tài chính")},{Provinces[row.No / 30 % 3]}\n")));
        folder.Write($"events_2026013{extract}.csv", "event_id,id,event,at\n" + string.Concat(rows.Select(row => $"E{row.No},T{row.No},started,{row.Assigned.AddDays(2):yyyy-MM-dd}\n")));
    }

    /// <summary>The tables as the files have them, without the folders' columns.</summary>
    async Task<SortedDictionary<string, string>> ReadBackAsync(Manifest manifest, IReadOnlyList<Model> models)
    {
        await using var connection = new DuckDbConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await connection.ExecuteAsync("create schema warehouse; create schema analytics");
        foreach (var table in manifest.Tables)
        {
            var files = string.Join(", ", table.Files.Select(file => $"'{Path.Combine(target.FullName, file.Path)}'"));
            await connection.ExecuteAsync($"create view {table.Name} as select {string.Join(", ", table.Columns.Select(column => column.Name))} from read_parquet([{files}], hive_partitioning = false)");
        }
        await using var session = new Session(connection, sql => sql, new(manifest.Publication, "a"));
        return await TableChecksums.OfAsync(session, models);
    }

    /// <summary>The manifest in the folder is the one returned, and tells of every file what is true of it.</summary>
    async Task AssertFilesAsync(Manifest manifest)
    {
        var written = Manifest.Read(await File.ReadAllBytesAsync(Path.Combine(target.FullName, ExportFolder.ManifestName)));
        Assert.Equal(manifest.ToJson(), written.ToJson());
        var told = manifest.Tables.SelectMany(table => table.Files).ToList();
        Assert.Equal(
            target.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(target.FullName, file.FullName).Replace('\\', '/')).Where(name => name != ExportFolder.ManifestName).Order(StringComparer.Ordinal),
            told.Select(file => file.Path).Order(StringComparer.Ordinal));
        foreach (var file in told)
        {
            var path = Path.Combine(target.FullName, file.Path);
            Assert.Equal((new FileInfo(path).Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path)))), (file.Bytes, file.Sha256));
        }
        Assert.All(manifest.Tables, table => Assert.Equal(table.Rows, table.Files.Sum(file => file.Rows)));
        Assert.All(manifest.Measures, measure => Assert.False(string.IsNullOrEmpty(measure.LabelEn)));
    }

    /// <summary>Folders say what the rows in them say.</summary>
    async Task AssertPartsAsync()
    {
        await using var connection = new DuckDbConnection("Data Source=:memory:");
        await connection.OpenAsync();
        string Of(string table) => $"read_parquet('{target.FullName}/warehouse/{table}/**/*.parquet', hive_partitioning = true)";
        Assert.Equal(90, await connection.ExecuteScalarAsync<long>($"select count(*) from {Of("fact_task")} as task join {Of("dim_province")} as province on task.province_key = province.province_key where task.year = year(assigned_date) and task.province = province.province_code"));
        Assert.Equal(90, await connection.ExecuteScalarAsync<long>($"select count(distinct concat(year, province)) from {Of("fact_task")}"));
        // Of a table that names no province the rows lie where their task does.
        Assert.Equal(90, await connection.ExecuteScalarAsync<long>($"select count(*) from {Of("task_text")} as text join {Of("fact_task")} as task on text.task_key = task.task_key and text.province = task.province"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>($"select count(*) from {Of("fact_task_risk")}"));
    }
}
