using System.Globalization;
using Etl.Feeds;
using Etl.Load;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Models;
using Warehouse.Risk;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>An agency that was fast becomes slow: what was predicted does not come true, the ledger shows it, and the rule acts (decision 0044).</summary>
public sealed class DriftingTests
{
    [Fact]
    public async Task A_model_that_drifts_is_trained_on_the_newer_half_and_then_demoted()
    {
        var folder = Directory.CreateTempSubdirectory("analytics-drift-");
        try
        {
            await using var engine = await TestEngine.CreateAsync(TestEngine.DuckDb);
            await using var workspace = await engine.Engine.OpenWorkspaceAsync(default);
            var models = ModelFolder.Load();
            async Task<PredictionAnswer> PredictAsync(DateOnly day)
            {
                Write(folder.FullName, day);
                var places = new Dictionary<string, string> { ["project"] = AppContext.BaseDirectory, ["data"] = folder.FullName, ["home"] = folder.FullName };
                await new Loader(workspace, places, TimeProvider.System).LoadAsync([FeedFile.Read(Path.Combine(folder.FullName, TwoAgencies.FeedFile))], _ => { }, null, default);
                await new Builder(models, TimeProvider.System).BuildAsync(workspace, whole: true, null, default);
                return await new Predictor(models, new RiskPlan(day), 1).RunAsync(workspace, default);
            }

            var before = await PredictAsync(Turn);
            var (first, second) = (await PredictAsync(Turn.AddMonths(2)), await PredictAsync(Turn.AddMonths(4)));

            Assert.DoesNotContain(before.Notes, note => note.Contains("drift", StringComparison.Ordinal));
            Assert.Contains(first.Notes, note => note.Contains("learns from the last 52 weeks instead of 104", StringComparison.Ordinal));
            var ledger = await Drift.ReadLedgerAsync(workspace, default);
            var month = Assert.Single(ledger, each => each.Month == new DateOnly(Turn.Year, Turn.Month, 1));
            Assert.True(month.Sum.HasDrifted, $"{month}");
            Assert.True(month.Sum.ObservedLate > month.Sum.PredictedLate + 30, $"{month}");
            var demoted = Drift.Of(ledger, Turn.AddMonths(4)).Demoted;
            Assert.Equal(demoted.Count > 0, second.Notes.Any(note => note.Contains("may not serve", StringComparison.Ordinal)));
            Assert.DoesNotContain(await workspace.ReadValueAsync<string>("select max(learner_code) from warehouse.fact_task_risk where band_code <> 'certain' and as_of_date = @day", new { day = Turn.AddMonths(4).ToDateTime(TimeOnly.MinValue) }), demoted);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>From this day on nothing is done in time any more.</summary>
    static readonly DateOnly Turn = new(2025, 9, 30);

    static void Write(string folder, DateOnly extract)
    {
        TwoAgencies.Write(folder, folder, "{data}");
        foreach (var old in Directory.EnumerateFiles(folder, "tasks_*.csv")) File.Delete(old);
        var random = new Random(8);
        var text = new System.Text.StringBuilder("id,title,agency,assigned,due,completed\n");
        for (var i = 0; i < 3000; i++)
        {
            var (assigned, slow) = (new DateOnly(2024, 1, 2).AddDays(random.Next(760)), random.Next(8) == 0);
            var (due, closed) = (assigned.AddDays(30), assigned.AddDays(slow ? 35 + random.Next(20) : 8 + random.Next(21)));
            if (closed > Turn && assigned >= Turn.AddDays(-30)) closed = due.AddDays(5 + random.Next(40));
            if (assigned <= extract) text.Append(CultureInfo.InvariantCulture, $"NV-{i},Báo cáo {i},{(i % 2 == 0 ? "Sở Tài chính" : "Sở Y tế")},{assigned:yyyy-MM-dd},{due:yyyy-MM-dd},{(closed <= extract ? closed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "")}\n");
        }
        File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"tasks_{extract:yyyyMMdd}.csv")), text.ToString());
    }
}
