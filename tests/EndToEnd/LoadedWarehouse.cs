using System.Globalization;
using Etl.Feeds;
using Etl.Load;
using Tests.Engines;
using Warehouse.Checks;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Models.Increments;
using Warehouse.Reports;
using Calendar = Warehouse.Reference.Calendar;

namespace Tests.EndToEnd;

/// <summary>A warehouse on one engine, filled by the real loader, builder and checker.</summary>
sealed class LoadedWarehouse : IAsyncDisposable
{
    static readonly ModelFolder Models = ModelFolder.Load();

    readonly TestEngine engine;
    readonly IReadOnlyDictionary<string, string> places;

    LoadedWarehouse(TestEngine engine, IReadOnlyDictionary<string, string> places)
    {
        this.engine = engine;
        this.places = places;
    }

    /// <summary>An empty warehouse; feeds may name the program's folder, <paramref name="data"/> and <paramref name="home"/>.</summary>
    public static async Task<LoadedWarehouse> CreateAsync(string engineName, string data = "", string? home = null) => Over(await TestEngine.CreateAsync(engineName), data, home);

    /// <inheritdoc cref="CreateAsync"/>
    public static LoadedWarehouse Over(TestEngine engine, string data = "", string? home = null) =>
        new(engine, new Dictionary<string, string> { ["project"] = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar), ["data"] = data, ["home"] = home ?? data });

    /// <summary>Loads what is new, builds, checks and publishes.</summary>
    /// <param name="whole">False builds and checks only what follows from what is new, however much of all that is.</param>
    public async Task<Run> RunAsync(IReadOnlyList<Feed> feeds, bool whole = true, long chunkRows = 100_000, long sliceTasks = 100_000)
    {
        await using var workspace = await engine.Engine.OpenWorkspaceAsync(default);
        var outcomes = await LoadAsync(workspace, feeds);
        await new Builder(Models, TimeProvider.System) { MostOfAll = 1, ChunkRows = chunkRows, SliceTasks = sliceTasks }.BuildAsync(workspace, whole, null, default);
        var checks = await new Checker(Models).CheckAsync(workspace, whole, null, default);
        await BuildLedger.PassedAsync(workspace, default);
        await workspace.PublishAsync(default);
        return new(outcomes, [.. checks.Where(check => !check.Passed)]);
    }

    /// <summary>Loads what is new, and leaves building it to a later run.</summary>
    public async Task<Run> LoadAsync(IReadOnlyList<Feed> feeds)
    {
        await using var workspace = await engine.Engine.OpenWorkspaceAsync(default);
        return new(await LoadAsync(workspace, feeds), []);
    }

    Task<IReadOnlyList<PartOutcome>> LoadAsync(Workspace workspace, IReadOnlyList<Feed> feeds) =>
        new Loader(workspace, places, TimeProvider.System).LoadAsync(feeds, _ => { }, null, default);

    /// <summary>Loads what is new and builds and publishes it as somebody says.</summary>
    public async Task BuildAsync(IReadOnlyList<Feed> feeds, Builder builder, bool whole)
    {
        await using var workspace = await engine.Engine.OpenWorkspaceAsync(default);
        await LoadAsync(workspace, feeds);
        await builder.BuildAsync(workspace, whole, null, default);
        await workspace.PublishAsync(default);
    }

    /// <summary>Row count and checksum of every table that was built, by name.</summary>
    public async Task<SortedDictionary<string, string>> ChecksumsAsync()
    {
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;
        return await TableChecksums.OfAsync(session);
    }

    public async Task<T?> ValueAsync<T>(string sql)
    {
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;
        return await session.ReadValueAsync<T>(sql);
    }

    public async Task<List<T>> RowsAsync<T>(string sql)
    {
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;
        return [.. await session.ReadAsync<T>(sql)];
    }

    /// <summary>The counts asked for, one row per value of the dimensions, as "value: 1, 2".</summary>
    public async Task<List<string>> MeasureAsync(string measures, string by, string where, UnitView view = UnitView.AsWas)
    {
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;
        var request = new MeasureRequest(measures.Split(", "), by.Split(", ", StringSplitOptions.RemoveEmptyEntries), Condition.Parse(where), View: view);
        var table = await new MeasureQuery(MeasureCatalog.Load(), Calendar.Load()).AskAsync(session, request, default);
        return [.. table.Rows.Select(row => $"{string.Join(", ", row.By)}: {string.Join(", ", row.Values.Select(value => value.Count.ToString(CultureInfo.InvariantCulture)))}")];
    }

    /// <summary>Asks whatever a test asks of the published state.</summary>
    public async Task<T> AskAsync<T>(Func<MeasureQuery, Session, Task<T>> ask)
    {
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;
        return await ask(new(MeasureCatalog.Load(), Calendar.Load()), session);
    }

    /// <summary>The columns asked for of a report, a row as "one | other".</summary>
    public async Task<List<string>> ReportAsync(string name, string columns, params (string Name, string Value)[] given)
    {
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;
        var report = ReportFolder.Load().Find(name);
        var table = await new ReportQuery(MeasureCatalog.Load(), Calendar.Load()).AskAsync(session, report, given.ToDictionary(each => each.Name, each => each.Value), default);
        return [.. Cases.Question.Answer(table, columns.Split(", ")).Rows.Select(row => string.Join(" | ", row))];
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}

/// <summary>What one run over the feeds came to.</summary>
/// <param name="Complaints">Checks that did not pass, warnings included.</param>
sealed record Run(IReadOnlyList<PartOutcome> Outcomes, IReadOnlyList<CheckResult> Complaints)
{
    public IEnumerable<PartOutcome> Loaded => Outcomes.Where(outcome => outcome.Part.Length > 0 && outcome.Error is null);

    public IEnumerable<string> Errors => Outcomes.Where(outcome => outcome.Error is not null).Select(outcome => outcome.Error!.Message)
        .Concat(Complaints.Where(check => check.Check.IsError).Select(check => $"{check.Check.Name}: {check.Sample}"));
}
