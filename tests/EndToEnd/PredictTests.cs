using Etl.Feeds;
using Etl.Load;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Models;
using Warehouse.Risk;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>A prediction over the real loader and builder: what it says, that it is never overwritten, what came true, and the list it makes.</summary>
public sealed class PredictTests
{
    static readonly DateOnly AsOf = new(2026, 1, 31);

    [EngineTheory(TestEngine.Postgres), InlineData(TestEngine.DuckDb), InlineData(TestEngine.Postgres)]
    public async Task Open_tasks_get_a_risk_with_reasons_that_stays_and_meets_what_came_true(string engineName)
    {
        var folder = Directory.CreateTempSubdirectory("analytics-predict-");
        try
        {
            TwoAgencies.Write(folder.FullName, folder.FullName, "{data}");
            await using var engine = await TestEngine.CreateAsync(engineName);
            await using var workspace = await engine.Engine.OpenWorkspaceAsync(default);
            var places = new Dictionary<string, string> { ["project"] = AppContext.BaseDirectory, ["data"] = folder.FullName, ["home"] = folder.FullName };
            await new Loader(workspace, places, TimeProvider.System).LoadAsync([FeedFile.Read(Path.Combine(folder.FullName, "hue.yml"))], _ => { }, null, default);
            var models = ModelFolder.Load();
            await new Builder(models, TimeProvider.System).BuildAsync(workspace, whole: true, null, default);
            Task<PredictionAnswer> PredictAsync() => new Predictor(models, new RiskPlan(AsOf), 1).RunAsync(workspace, default);

            var (first, again) = (await PredictAsync(), await PredictAsync());

            Assert.True(first.Written > 20);
            Assert.Contains(first.Notes, note => note.Contains(" serves (", StringComparison.Ordinal));
            Assert.Equal((first.Version, 0), (again.Version, again.Written));
            Task<long> CountAsync(string condition) => workspace.ReadValueAsync<long>($"select count(*) from warehouse.fact_task_risk where {condition}")!;
            Assert.Equal(first.Written, await CountAsync("1 = 1"));
            Assert.Equal(0, await CountAsync("probability < 0 or probability > 1 or reason_text is null or reason_text_en is null"));
            Assert.Equal(0, await CountAsync("band_code = 'certain' and due_date > as_of_date"));
            Assert.True(await CountAsync("band_code = 'certain' and reason_text like '%quá hạn%'") > 0);
            Assert.Equal(0, await CountAsync("band_code <> 'certain' and (finish_low_90_date > finish_low_50_date or finish_low_50_date > finish_date or finish_date > finish_high_50_date or finish_high_50_date > finish_high_90_date)"));
            Assert.True(await workspace.ReadValueAsync<long>("select count(*) from warehouse.fact_task_risk_outcome where is_late = 1") > 0);
            Assert.True(await workspace.ReadValueAsync<long>("select count(*) from analytics.risk_ledger") > 0);
            Assert.Equal(0, await workspace.ReadValueAsync<long>("select count(*) from raw.landmark"));

            var alarms = await AlarmBudget.ListAsync(workspace, 10, AsOf, default);
            Assert.Equal(10, alarms.Count);
            Assert.Equal(alarms.Select(each => each.ExpectedCost).OrderDescending(), alarms.Select(each => each.ExpectedCost));
            var caught = Assert.Single(await AlarmBudget.CaughtAsync(workspace, 10, AsOf, default));
            Assert.InRange(caught.CaughtLate, 1, Math.Min(caught.Late, 10));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
