using Etl.Normalise;
using Tests.Engines;
using Warehouse.Checks;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Raw;
using Warehouse.Reference;
using Warehouse.Reports;
using Xunit;
using Calendar = Warehouse.Reference.Calendar;

namespace Tests.Cases;

/// <summary>Runs cases on one engine, one after another in the same workspace: fills raw, builds what the case needs, compares.</summary>
public sealed class CaseRunner : IAsyncDisposable
{
    static readonly ModelFolder Models = ModelFolder.Load();
    static readonly MeasureCatalog Catalog = MeasureCatalog.Load();
    static readonly ReportFolder Reports = ReportFolder.Load();
    static readonly Calendar Days = Calendar.Load();

    readonly TestEngine engine;
    readonly Workspace workspace;

    CaseRunner(TestEngine engine, Workspace workspace)
    {
        this.engine = engine;
        this.workspace = workspace;
    }

    /// <summary>What the case that ran last was built into.</summary>
    public Workspace Workspace => workspace;

    /// <summary>Opens an empty workspace with the reference tables in it.</summary>
    public static async Task<CaseRunner> OpenAsync(string engineName)
    {
        var engine = await TestEngine.CreateAsync(engineName);
        var runner = new CaseRunner(engine, await engine.Engine.OpenWorkspaceAsync(default));
        foreach (var chunk in ReferenceRows.All(Days, Provinces.Load(Folding.Fold), Departments.Load(Folding.Fold), Folding.Fold)) await runner.WriteAsync(chunk);
        return runner;
    }

    /// <summary>Fails where a row differs, or where a check of the models that were built finds an error that the case does not expect.</summary>
    public async Task RunAsync(Case one)
    {
        Assert.True(one.Expected.Count > 0, $"{one.Place}: the case expects nothing");
        var needed = Models.For(one.Expected.SelectMany(expectation => Needs(one, expectation)));
        await FillAsync(one, _ => true);
        await BuildAsync(needed, whole: true);
        await CompareAsync(one, needed, full: true);
        var loads = GivenRows.LoadsOf(one);
        if (loads.Count < 2) return;

        // The same rows, brought load by load and built as they come, give the same.
        var built = Models.For(needed.Models.Select(model => model.FullName).Append(Catalog.Table));
        await FillAsync(one, load => load == loads[0]);
        await BuildAsync(built, whole: true, chunkRows: 1);
        foreach (var load in loads.Skip(1))
        {
            await AddAsync(one, of => of == load);
            await BuildAsync(built, whole: false);
        }
        await CompareAsync(one, needed, full: false);
    }

    Task BuildAsync(ModelFolder needed, bool whole, long chunkRows = 1000) => new Builder(needed, TimeProvider.System) { MostOfAll = 1, ChunkRows = chunkRows }.BuildAsync(workspace, whole, null, default);

    async Task CompareAsync(Case one, ModelFolder needed, bool full)
    {
        var checks = await new Checker(needed).CheckAsync(workspace, full, null, default);
        foreach (var expectation in one.Expected)
        {
            Compare(one, expectation, await ActualAsync(one, expectation, checks));
            if (expectation.Verb != "measure") continue;
            Compare(one, expectation, await MeasuredAsync(one, expectation, countedInAdvance: false));
            if (await SplitFurtherAsync(one, expectation) is { } added) Compare(one, expectation, added);
        }
        var awaited = one.Expected.Where(expectation => expectation.Verb == "check").Select(expectation => expectation.Text).ToList();
        var errors = checks.Where(check => !check.Passed && check.Check.IsError && !awaited.Contains(check.Check.Name)).Select(check => $"{check.Check.Name}: {check.Sample}");
        Assert.True(!errors.Any(), $"{one.Place}: a check fails: {string.Join("; ", errors)}");
    }

    public async ValueTask DisposeAsync()
    {
        await workspace.DisposeAsync();
        await engine.DisposeAsync();
    }

    async Task FillAsync(Case one, Func<string, bool> ofLoad)
    {
        foreach (var table in RawTables.OfLoads.Concat(GivenRows.WithoutLoads)) await workspace.RunAsync($"delete from {table.FullName}");
        foreach (var table in GivenRows.Complete(one).Where(table => !GivenRows.IsOfLoads(table))) await WriteAsync(GivenRows.Chunk(one, table, _ => true));
        await AddAsync(one, ofLoad);
    }

    async Task AddAsync(Case one, Func<string, bool> ofLoad)
    {
        foreach (var table in GivenRows.Complete(one).Where(GivenRows.IsOfLoads)) await WriteAsync(GivenRows.Chunk(one, table, ofLoad));
    }

    async Task WriteAsync(RowChunk chunk)
    {
        await using var writer = workspace.OpenBulkWriter(chunk.Shape);
        await writer.WriteAsync(chunk, default);
        await writer.CompleteAsync(default);
    }

    static IEnumerable<string> Needs(Case one, Expectation expectation)
    {
        switch (expectation.Verb)
        {
            case "expect":
                return [expectation.Text.Split(' ')[0]];
            case "check":
                return [one.Page.Replace(".cases.md", "", StringComparison.Ordinal).Replace('/', '.')];
            case "report":
                return Reports.Find(expectation.Text.Split(' ')[0]).Reads.Append("warehouse.dim_source").Append("warehouse.dim_load").Append("warehouse.dim_province").Append("warehouse.dim_agency");
            default:
                var request = Question.Parse(one, expectation.Text);
                var asked = request.By.Concat(request.Where.Select(condition => condition.Dimension)).Select(Catalog.Dimension).SelectMany(dimension => request.KnownAt is null ? new[] { dimension.Table, dimension.ViewTable } : [dimension.Table, dimension.ViewTable, dimension.Known.Table, dimension.Known.ViewTable]);
                var facts = request.Measures.SelectMany(Catalog.Counts).Select(name => Catalog.FactOf(Catalog.Measure(name))).ToList();
                return [.. facts.Select(fact => fact.Table), .. facts.Select(fact => fact.Counted?.Table).OfType<string>(), Catalog.Table, Catalog.Open!, Catalog.Counted!.Table, Catalog.Known!.Value.Table, "warehouse.dim_source", "warehouse.dim_load", .. asked.Where(table => table.Length > 0)];
        }
    }

    async Task<CaseTable> ActualAsync(Case one, Expectation expectation, IReadOnlyList<CheckResult> checks)
    {
        var columns = string.Join(", ", expectation.Table.Columns);
        switch (expectation.Verb)
        {
            case "expect":
                return await ReadAsync(expectation.Table.Columns, $"select {columns} from {expectation.Text}");
            case "check":
                var check = checks.FirstOrDefault(result => result.Check.Name == expectation.Text)?.Check ?? throw new CaseException($"{one.Place}: there is no check '{expectation.Text}'");
                return await ReadAsync(expectation.Table.Columns, check.Sql);
            case "report":
                var (report, given) = Question.Report(one, Reports, expectation.Text);
                return Question.Answer(await new ReportQuery(Catalog, Days).AskAsync(workspace, report, given, default), expectation.Table.Columns);
            default:
                return await MeasuredAsync(one, expectation, countedInAdvance: true);
        }
    }

    async Task<CaseTable> MeasuredAsync(Case one, Expectation expectation, bool countedInAdvance) =>
        Question.Answer(await new MeasureQuery(Catalog, Days) { CountsInAdvance = countedInAdvance }.AskAsync(workspace, Question.Parse(one, expectation.Text), default));

    /// <summary>The same from an answer that was split by what it is filtered by, and by a year, as pages ask it; null where that does not add up.</summary>
    async Task<CaseTable?> SplitFurtherAsync(Case one, Expectation expectation)
    {
        var request = Question.Parse(one, expectation.Text);
        var picked = request.Where.LastOrDefault(condition => condition.Values.Count == 1);
        var hasYear = request.Measures.SelectMany(Catalog.Counts).All(name => Catalog.FactOf(Catalog.Measure(name)).Has(Catalog.Dimension("assigned_year")));
        string[] marks = [.. hasYear ? ["assigned_year"] : Array.Empty<string>(), .. picked is null ? [] : new[] { picked.Dimension }];
        if (FinerRequest.Of(Catalog, request, marks, picked) is not { } finer) return null;
        return finer.Answer(await new MeasureQuery(Catalog, Days).AskAsync(workspace, finer.Request, default)) is { } table ? Question.Answer(table) : null;
    }

    /// <summary>The columns asked for of every row, as text.</summary>
    async Task<CaseTable> ReadAsync(IReadOnlyList<string> columns, string sql)
    {
        await using var command = workspace.Connection.CreateCommand();
        command.CommandText = workspace.Physical(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<IReadOnlyList<string>>();
        while (await reader.ReadAsync()) rows.Add([.. columns.Select(column => CellText.Of(reader, reader.GetOrdinal(column), reader.GetDataTypeName(reader.GetOrdinal(column))))]);
        return new("", 0, columns, rows);
    }

    static void Compare(Case one, Expectation expectation, CaseTable actual)
    {
        var expected = expectation.Table;
        // A report's rows have an order; those of a table have none.
        var isOrdered = expectation.Verb == "report";
        if (expected.Columns.SequenceEqual(actual.Columns) && Lines(expected, isOrdered).SequenceEqual(Lines(actual, isOrdered))) return;
        Assert.Fail($"""
            {one.Place}: {one.Sentence}
            {expectation.Verb}: {expectation.Text}
            expected
            {(isOrdered ? expected : expected with { Rows = [.. expected.Rows.OrderBy(Joined, StringComparer.Ordinal)] }).Shown()}
            actual
            {(isOrdered ? actual : actual with { Rows = [.. actual.Rows.OrderBy(Joined, StringComparer.Ordinal)] }).Shown()}
            """);
    }

    static IEnumerable<string> Lines(CaseTable table, bool isOrdered) => isOrdered ? table.Rows.Select(Joined) : table.Rows.Select(Joined).Order(StringComparer.Ordinal);

    static string Joined(IReadOnlyList<string> row) => string.Join(" | ", row);
}
