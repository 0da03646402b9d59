using System.Globalization;
using System.Text;
using Etl.Feeds;
using Etl.Load;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Forecast;
using Warehouse.Models;
using Warehouse.Risk;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>
/// No leaks: every feature model as of a day over the whole sources equals the same model over sources cut at that day, in
/// which later tasks and events are not there, closings from the day on are blank, and so is every column known at the end only.
/// </summary>
public sealed class RiskLeakTests
{
    static readonly DateOnly Cut = new(2025, 5, 12);

    /// <summary>Models whose rows are of a landmark; the number of a group is a name, not a feature.</summary>
    public static readonly string[] OfLandmarks =
    [
        "risk_state", "risk_event", "risk_event_count", "risk_group_pace", "risk_group_hazard", "risk_group_cohort", "risk_source_pace", "risk_group_ratio",
        "risk_expected", "risk_group_feature", "risk_feature_own", "risk_feature_unit", "risk_feature_category",
        "forecast_open", "forecast_exposure",
    ];

    static string FeedText(string knownOfVerdict) => $$"""
        feed: board
        title: Nhiệm vụ
        scope: example
        agencies: own
        source: { kind: csv, folder: "{data}", settle_seconds: 0 }
        records:
          task:
            from: { files: "tasks.csv" }
            columns:
              task_id: { from: id, known: opening }
              assigned: { from: assigned, formats: [iso], known: opening }
              due: { from: due, formats: [iso], known: opening }
              completed: { from: completed, formats: [iso], known: final }
              agency: { from: agency, known: opening }
              category_1: { from: kind, known: opening }
              category_2: { from: channel, known: opening }
              category_3: { from: verdict, known: {{knownOfVerdict}} }
          task_event:
            from: { files: "events.csv" }
            columns:
              task_id: { from: id }
              event_id: { from: no }
              event: { from: event, lookup: { p: progress, r: reminder } }
              at: { from: at, formats: [iso] }
              recorded: { from: recorded, formats: [iso] }
        """;

    [EngineTheory(TestEngine.Postgres), InlineData(TestEngine.DuckDb), InlineData(TestEngine.Postgres)]
    public async Task Features_as_of_a_day_use_nothing_from_after_it(string engine)
    {
        var (whole, cut) = (await FeaturesAsync(engine, isCut: false, "final"), await FeaturesAsync(engine, isCut: true, "final"));

        Assert.All(OfLandmarks, model => Assert.NotEmpty(whole[model]));
        Assert.All(OfLandmarks, model => Assert.Equal(cut[model], whole[model]));
    }

    /// <summary>A verdict that is written when a task ends, declared as known at the opening: the comparison must find it.</summary>
    [Fact]
    public async Task A_planted_leak_is_caught()
    {
        var (whole, cut) = (await FeaturesAsync(TestEngine.DuckDb, isCut: false, "opening"), await FeaturesAsync(TestEngine.DuckDb, isCut: true, "opening"));

        Assert.NotEqual(cut["risk_feature_category"], whole["risk_feature_category"]);
        Assert.Equal(cut["risk_feature_own"], whole["risk_feature_own"]);
    }

    static async Task<Dictionary<string, List<string>>> FeaturesAsync(string engineName, bool isCut, string known)
    {
        var folder = Directory.CreateTempSubdirectory("analytics-leak-");
        try
        {
            Write(folder.FullName, isCut, known);
            await using var engine = await TestEngine.CreateAsync(engineName);
            await using var workspace = await engine.Engine.OpenWorkspaceAsync(default);
            var places = new Dictionary<string, string> { ["project"] = AppContext.BaseDirectory, ["data"] = folder.FullName, ["home"] = folder.FullName };
            var outcomes = await new Loader(workspace, places, TimeProvider.System).LoadAsync([FeedFile.Read(Path.Combine(folder.FullName, "board.yml"))], _ => { }, null, default);
            Assert.Empty(outcomes.Where(outcome => outcome.Error is not null).Select(outcome => outcome.Error!.Message));
            var models = ModelFolder.Load();
            await new Builder(models.For([.. FeatureTables.Parts, .. BacklogHistory.Parts, "analytics.risk_outcome"]), TimeProvider.System).BuildAsync(workspace, whole: true, null, default);
            await new FeatureTables(models, [.. FeatureTables.Parts, .. BacklogHistory.Parts, "analytics.risk_event"]).BuildAsync(workspace, [Cut], default);
            var rows = new Dictionary<string, List<string>>();
            foreach (var model in OfLandmarks) rows[model] = await RowsAsync(workspace, model);
            return rows;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<List<string>> RowsAsync(Workspace workspace, string model)
    {
        await using var command = workspace.Connection.CreateCommand();
        command.CommandText = $"select * from risk_analytics.{model}";
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetName(i) != "group_key").ToList();
        var types = columns.Select(reader.GetDataTypeName).ToList();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(string.Join('|', columns.Select((column, i) => reader.IsDBNull(column) ? "" : reader.GetValue(column) is double number ? Math.Round(number, 9).ToString(CultureInfo.InvariantCulture) : CellText.Of(reader, column, types[i]))));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>Half a year of tasks of three agencies, some late, some never closed, with events that are recorded up to a week later.</summary>
    static void Write(string folder, bool isCut, string known)
    {
        var random = new Random(42);
        var (tasks, events) = (new StringBuilder("id,assigned,due,completed,agency,kind,channel,verdict\n"), new StringBuilder("no,id,event,at,recorded\n"));
        for (var id = 0; id < 400; id++)
        {
            var assigned = new DateOnly(2025, 1, 2).AddDays(random.Next(170));
            var (due, closed) = (assigned.AddDays(7 + random.Next(40)), assigned.AddDays(random.Next(70)));
            var (isOpen, agency, kind, channel) = (random.Next(6) == 0, random.Next(3), random.Next(4), random.Next(2));
            var moments = Enumerable.Range(0, random.Next(4)).Select(_ => (At: assigned.AddDays(random.Next(40)), Lag: random.Next(7), Kind: random.Next(2))).ToList();
            if (isCut && assigned >= Cut) continue;
            var isHidden = isOpen || (isCut && closed >= Cut);
            var verdict = isCut ? "" : closed > due || isOpen ? "late" : "in time";
            tasks.Append(CultureInfo.InvariantCulture, $"T{id},{assigned:yyyy-MM-dd},{due:yyyy-MM-dd},{(isHidden ? "" : closed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))},Agency {agency},kind {kind},channel {channel},{verdict}\n");
            foreach (var ((at, lag, sort), no) in moments.Select((each, no) => (each, no)).Where(each => !isCut || (each.each.At < Cut && each.each.At.AddDays(each.each.Lag) < Cut)))
                events.Append(CultureInfo.InvariantCulture, $"{id}-{no},T{id},{(sort == 0 ? "p" : "r")},{at:yyyy-MM-dd},{at.AddDays(lag):yyyy-MM-dd}\n");
        }
        File.WriteAllText(Path.Combine(folder, "tasks.csv"), tasks.ToString());
        File.WriteAllText(Path.Combine(folder, "events.csv"), events.ToString());
        File.WriteAllText(Path.Combine(folder, "board.yml"), FeedText(known));
    }
}
