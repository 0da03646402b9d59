using Etl.Feeds;
using Etl.Load;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Forecast;
using Warehouse.Models;
using Warehouse.Risk;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>A prediction over the real loader and builder: what it says, that it is never overwritten, what came true, and the list it makes.</summary>
public sealed class PredictTests
{
    static readonly DateOnly AsOf = new(2026, 1, 31);

    [EngineTheory(TestEngine.Postgres), InlineData(TestEngine.DuckDb), InlineData(TestEngine.Postgres)]
    public Task Open_tasks_get_a_risk_with_reasons_that_stays_and_meets_what_came_true(string engineName) => PredictAsync(engineName);

    [EngineFact(TestEngine.SqlServer)]
    public Task Open_tasks_get_a_risk_with_reasons_that_stays_and_meets_what_came_true_on_SQL_Server() => PredictAsync(TestEngine.SqlServer);

    static async Task PredictAsync(string engineName)
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
            Task<PredictionAnswer> AgainAsync() => new Predictor(models, new RiskPlan(AsOf), 1).RunAsync(workspace, default);

            var (first, again) = (await AgainAsync(), await AgainAsync());

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

            Task<int> ForecastAsync(DateOnly day) => new BacklogPrediction(models, new ForecastPlan(day, 18)).RunAsync(workspace, default);
            var (told, told2) = (await ForecastAsync(AsOf), await ForecastAsync(AsOf));
            Assert.True(told > 100);
            Assert.Equal(0, told2);
            Task<long> ForecastsAsync(string condition) => workspace.ReadValueAsync<long>($"select count(*) from warehouse.fact_backlog_forecast where {condition}")!;
            // Whole, one province, two agencies; two measures; three month ends.
            Assert.Equal(24, await ForecastsAsync("is_retrospective = 0"));
            Assert.Equal(0, await ForecastsAsync("low_90_count > low_50_count or low_50_count > expected_count or expected_count > high_50_count or high_50_count > high_90_count"));
            Assert.Equal(0, await workspace.ReadValueAsync<long>("select count(*) from (select as_of_date from warehouse.fact_backlog_forecast group by as_of_date, target_date, target_code, level_code, province_key, agency_key, measure_code having count(*) > 1) as twice"));
            var scores = await ForecastRecord.ScoresAsync(workspace, Told.Whole, default);
            Assert.Equal(6, scores.Count);
            Assert.All(scores, score => Assert.True(score.Error < score.Mean / 2, $"{score}"));
            Assert.Equal(18, (await ForecastRecord.NewestAsync(workspace, Told.Agency, AsOf, default)).Count + (await ForecastRecord.NewestAsync(workspace, Told.Whole, AsOf, default)).Count);

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
