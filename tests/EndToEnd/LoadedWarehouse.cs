using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Etl.Feeds;
using Etl.Load;
using Tests.Engines;
using Warehouse.Checks;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;
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

    /// <summary>An empty warehouse; feeds may name the program's folder and <paramref name="data"/>.</summary>
    public static async Task<LoadedWarehouse> CreateAsync(string engineName, string data = "") =>
        new(await TestEngine.CreateAsync(engineName), new Dictionary<string, string> { ["project"] = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar), ["data"] = data });

    /// <summary>Loads what is new, builds, checks and publishes.</summary>
    public async Task<Run> RunAsync(IReadOnlyList<Feed> feeds)
    {
        await using var workspace = await engine.Engine.OpenWorkspaceAsync(default);
        var outcomes = await new Loader(workspace, places, TimeProvider.System).LoadAsync(feeds, _ => { }, null, default);
        await new Builder(Models, TimeProvider.System).BuildAsync(workspace, null, default);
        var checks = await new Checker(Models).CheckAsync(workspace, null, default);
        await workspace.PublishAsync(default);
        return new(outcomes, [.. checks.Where(check => !check.Passed)]);
    }

    /// <summary>Row count and checksum of every table that was built, by name.</summary>
    public async Task<SortedDictionary<string, string>> ChecksumsAsync()
    {
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var model in Models.Models.Where(model => model.Layer != "staging" && model.Kind != ModelKind.View)) sums[model.FullName] = await ChecksumAsync(session, model);
        return sums;
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
    public async Task<List<string>> MeasureAsync(string measures, string by, string where)
    {
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;
        var request = new MeasureRequest(measures.Split(", "), by.Split(", ", StringSplitOptions.RemoveEmptyEntries), Condition.Parse(where));
        var table = await new MeasureQuery(MeasureCatalog.Load(), Calendar.Load()).AskAsync(session, request, default);
        return [.. table.Rows.Select(row => $"{string.Join(", ", row.By)}: {string.Join(", ", row.Values.Select(value => value.Count.ToString(CultureInfo.InvariantCulture)))}")];
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>Hash of all rows as text, in the order of their key, so that neither the engine nor its order of rows matters.</summary>
    static async Task<string> ChecksumAsync(Session session, Model model)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = session.Physical($"select * from {model.FullName}");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).OrderBy(column => model.Key.Contains(reader.GetName(column)) ? 0 : 1).ThenBy(reader.GetName, StringComparer.Ordinal).ToList();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(string.Join('|', columns.Select(column => CellText.Of(reader, column))));
        rows.Sort(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('|', columns.Select(reader.GetName))));
        foreach (var row in rows) hash.AppendData(Encoding.UTF8.GetBytes("\n" + row));
        return $"{rows.Count} rows, {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
    }
}

/// <summary>What one run over the feeds came to.</summary>
/// <param name="Complaints">Checks that did not pass, warnings included.</param>
sealed record Run(IReadOnlyList<PartOutcome> Outcomes, IReadOnlyList<CheckResult> Complaints)
{
    public IEnumerable<PartOutcome> Loaded => Outcomes.Where(outcome => outcome.Part.Length > 0 && outcome.Error is null);

    public IEnumerable<string> Errors => Outcomes.Where(outcome => outcome.Error is not null).Select(outcome => outcome.Error!.Message)
        .Concat(Complaints.Where(check => check.Check.IsError).Select(check => $"{check.Check.Name}: {check.Sample}"));
}
