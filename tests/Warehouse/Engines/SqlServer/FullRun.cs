using Etl.Feeds;
using Etl.Load.Trial;
using Tests.EndToEnd;
using Tests.Engines;
using Tests.Pages;
using Warehouse.Checks;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Reports;
using Warehouse.Risk;
using Warehouse.Runs;
using Xunit;
using Calendar = Warehouse.Reference.Calendar;

namespace Tests.SqlServer;

/// <summary>
/// Everything that is asked of an engine: schema, loads in any order, history, replay, increments, checks, run log, prediction, publication, a trial, every measure
/// by every dimension, every report and every page.
/// </summary>
static class FullRun
{
    static readonly MeasureCatalog Catalog = MeasureCatalog.Load();
    static readonly Calendar Days = Calendar.Load();

    public static async Task RunAsync(TestEngine engine)
    {
        using var extracts = new CrashExtracts();
        await using var warehouse = LoadedWarehouse.Over(engine);
        // The third extract comes before the second, so that one takes its place late.
        Assert.Empty((await warehouse.RunAsync(FeedFolder.Read(extracts.Write(1).Feeds), whole: true)).Errors);
        Assert.Empty((await warehouse.RunAsync(FeedFolder.Read(extracts.Write(3).Feeds), whole: false)).Errors);
        Assert.Empty((await warehouse.RunAsync(FeedFolder.Read(extracts.Write(2).Feeds), whole: false)).Errors);
        await TryAsync(engine.Engine);
        await PredictAsync(engine.Engine);
        await AskAsync(engine.Engine);
        await VisitAsync(engine.Engine);
        await engine.Engine.RestoreAsync(default);
    }

    /// <summary>What <c>load --dry-run</c> asks.</summary>
    static async Task TryAsync(IEngine engine)
    {
        await using var trial = await engine.OpenTrialAsync(default);
        var loads = (await trial.ReadAsync<long>("select load_key from raw.batch")).ToList();
        var changes = new RowChanges(trial);
        await changes.PrepareAsync(loads, default);
        Assert.NotEmpty(await changes.RecordsAsync(default));
        Assert.NotEmpty(await changes.MonthsAsync(default));
    }

    static async Task PredictAsync(IEngine engine)
    {
        await using var workspace = await engine.OpenWorkspaceAsync(default);
        var models = ModelFolder.Load();
        await new Builder(models, TimeProvider.System) { ChunkRows = 10 }.BuildAsync(workspace, whole: true, null, default);
        await new Predictor(models, new RiskPlan(new DateOnly(2023, 3, 31)), 1).RunAsync(workspace, default);
        await AlarmBudget.ListAsync(workspace, 10, new DateOnly(2023, 3, 31), default);
        await AlarmBudget.CaughtAsync(workspace, 10, new DateOnly(2023, 3, 31), default);
        await RunTable.FillAsync(workspace, [new RunStep(1, 1, "run", "run", "done", DateTimeOffset.UnixEpoch, 1) { Feed = "office" }], default);
        await new Checker(models).CheckAsync(workspace, full: true, null, default);
        await workspace.PublishAsync(default);
    }

    static async Task AskAsync(IEngine engine)
    {
        await using var session = (await engine.OpenPublishedAsync(default))!;
        var query = new MeasureQuery(Catalog, Days);
        var (from, to) = (new DateOnly(2023, 1, 1), new DateOnly(2023, 3, 31));
        foreach (var measure in Catalog.Measures)
        {
            var dimensions = Catalog.Dimensions.Where(dimension => Catalog.Counts(measure.Name).All(term => Catalog.FactOf(Catalog.Measure(term)).Has(dimension))).ToList();
            foreach (var view in Enum.GetValues<UnitView>())
                foreach (var by in dimensions.Select(dimension => (string[])[dimension.Name]).Prepend([]))
                    await AskAsync(new([measure.Name], by, [], to, from, to, View: view));
            await AskAsync(new([measure.Name], [], [], to, from, to) { KnownAt = new DateOnly(2023, 2, 28) });
        }
        foreach (var report in ReportFolder.Load().Reports)
            await new ReportQuery(Catalog, Days).AskAsync(session, report, new Dictionary<string, string>(), default);
        await RunTable.ReadAsync(session, default);
        await RunTable.StandingsAsync(session, default);

        async Task AskAsync(MeasureRequest request)
        {
            try
            {
                await query.AskAsync(session, request, default);
            }
            catch (CatalogException)
            {
                // Not every number can be asked in every way, and it is said so before anything is sent.
            }
        }
    }

    static async Task VisitAsync(IEngine engine)
    {
        var home = Directory.CreateTempSubdirectory("analytics-visited-");
        try
        {
            await using var site = await TestSite.StartAsync(home.FullName, new Lent(engine));
            string[] pages = ["/", "/compare", "/scorecard", "/backlog", "/risk", "/tasks", "/quality", "/definitions", "/compare?measure=on_time_rate_of_due", "/risk?list=overdue", "/tasks?part=open_overdue", "/task/office/T1"];
            foreach (var page in pages)
                foreach (var view in Enum.GetValues<UnitView>())
                    await site.Client.GetAsync(new Uri($"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}view={view.Code()}", UriKind.Relative)).ContinueWith(answer => Assert.True((int)answer.Result.StatusCode < 500, $"{page}: {answer.Result.StatusCode}"), TaskScheduler.Default);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>The engine, for a site that would take it along at its end.</summary>
    sealed class Lent(IEngine engine) : IEngine
    {
        public string Name => engine.Name;

        public Task<Session?> OpenPublishedAsync(CancellationToken cancel) => engine.OpenPublishedAsync(cancel);

        public Task<Workspace> OpenWorkspaceAsync(CancellationToken cancel) => engine.OpenWorkspaceAsync(cancel);

        public Task<Workspace> OpenTrialAsync(CancellationToken cancel) => engine.OpenTrialAsync(cancel);

        public Task<int?> FindPreviousAsync(CancellationToken cancel) => engine.FindPreviousAsync(cancel);

        public Task<Publication> RestoreAsync(CancellationToken cancel) => engine.RestoreAsync(cancel);

        public string TypeName(Column column) => engine.TypeName(column);

        public EngineException? FailureBehind(Exception error) => engine.FailureBehind(error);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
