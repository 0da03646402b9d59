using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Tests.BadInput;

/// <summary>Feeds on which little or nothing can be learned: a backtest says so and which rival serves, and never fails.</summary>
public sealed class RiskTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-risk-");

    /// <summary>A task as the feed tells it; days count from 1 January 2025.</summary>
    readonly record struct Line(int Assigned, int Due, int? Closed, string Agency, string Kind);

    static IEnumerable<Line> Usual(int count = 400)
    {
        var random = new Random(5);
        for (var i = 0; i < count; i++)
        {
            var assigned = random.Next(300);
            var slow = random.Next(2);
            yield return new(assigned, assigned + 14 + random.Next(14), random.Next(10) == 0 ? null : assigned + 1 + random.Next(20) + (25 * slow), $"Agency {i % 3}", slow == 1 ? "slow" : "fast");
        }
    }

    [Fact]
    public async Task Usual_tasks_are_learned_from()
    {
        var (root, _) = await BacktestAsync(Usual());

        Assert.True(root.GetProperty("rows").GetInt32() > 100);
        Assert.True(root.GetProperty("served").GetProperty("auc").GetDouble() > 0.7);
        Assert.Equal(["elapsed_share", "late_rate"], root.GetProperty("rivals").EnumerateArray().Select(each => each.GetProperty("name").GetString()));
        Assert.True(root.GetProperty("candidates").GetArrayLength() >= 1);
        foreach (var name in (string[])["average_precision", "precision_top10", "brier", "log_loss", "ece", "coverage_50", "coverage_90", "width_50_days", "width_90_days", "mae_days", "train_seconds", "microseconds_per_task"])
            Assert.Equal(JsonValueKind.Number, root.GetProperty("served").GetProperty(name).ValueKind);
    }

    [Fact]
    public async Task The_same_question_has_the_same_answer()
    {
        var (first, second) = ((await BacktestAsync(Usual())).Root, (await BacktestAsync(Usual())).Root);

        Assert.Equal(first.GetProperty("served").GetProperty("log_loss").GetDouble(), second.GetProperty("served").GetProperty("log_loss").GetDouble());
    }

    [Fact]
    public async Task Without_XGBoosts_library_the_best_of_the_rest_serves_and_says_so()
    {
        var (root, notes) = await BacktestAsync(Usual(), ("ANALYTICS_XGBOOST", "off"));

        Assert.Contains("libxgboost0", notes, StringComparison.Ordinal);
        Assert.Contains(root.GetProperty("served").GetProperty("name").GetString(), (string[])["logistic", "elapsed_share", "late_rate"]);
        Assert.True(root.GetProperty("served").GetProperty("auc").GetDouble() > 0.6);
    }

    public static TheoryData<string> Poor() => ["no late task", "only late tasks", "no close dates", "five tasks", "one task", "deadlines all in the past", "opened after due"];

    [Theory, MemberData(nameof(Poor))]
    public async Task Where_there_is_nothing_to_learn_a_rival_serves_and_it_is_said(string what)
    {
        var lines = what switch
        {
            "no late task" => Usual().Select(line => line with { Closed = line.Due - 3 }),
            "only late tasks" => Usual().Select(line => line with { Closed = line.Due + 200 }),
            "no close dates" => Usual().Select(line => line with { Closed = null }),
            "five tasks" => Usual().Take(5),
            "one task" => Usual().Take(1),
            "deadlines all in the past" => Usual().Select(line => line with { Due = -20 }),
            _ => Usual().Select(line => line with { Due = line.Assigned - 1 }),
        };
        var (root, notes) = await BacktestAsync(lines);

        Assert.Contains(root.GetProperty("served").GetProperty("name").GetString(), what == "no late task" ? (string[])["elapsed_share", "late_rate", "logistic", "boosted_trees", "hazard_trees", "mean_of_both", "mean_of_all"] : ["elapsed_share", "late_rate"]);
        if (what != "no late task") Assert.Contains("rival serves", notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_agency_and_a_kind_never_seen_before_are_scored_like_others()
    {
        var (root, _) = await BacktestAsync(Usual().Select(line => line with { Agency = "The only one", Kind = line.Assigned > 230 ? "new" : line.Kind }));

        Assert.True(root.GetProperty("rows").GetInt32() > 50);
        Assert.Equal(JsonValueKind.Number, root.GetProperty("served").GetProperty("brier").ValueKind);
    }

    [Theory]
    [InlineData("--every 0d", "is no distance of landmarks")]
    [InlineData("--test-from 2025-06-01", "within the training")]
    [InlineData("--train-to 2024-01-01", "ends before it begins")]
    [InlineData("--test-to 31/12/2025", "is not a day")]
    [InlineData("--feed nowhere", "there is no feed 'nowhere'")]
    public async Task A_wrong_question_is_refused_in_words(string changed, string expected)
    {
        Write([]);
        var ended = await RunAsync([], changed.Split(' '));

        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Complaints, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    async Task<(JsonElement Root, string Notes)> BacktestAsync(IEnumerable<Line> lines, params (string, string)[] environment)
    {
        Write(lines);
        var ended = await RunAsync(environment, []);
        Assert.True(ended.Code == 0, ended.Complaints);
        var root = JsonDocument.Parse(ended.Said).RootElement;
        return (root, string.Join('\n', root.GetProperty("notes").EnumerateArray().Select(note => note.GetString())));
    }

    async Task<Ended> RunAsync((string, string)[] environment, string[] changed)
    {
        var options = new Dictionary<string, string>
        {
            ["--feeds"] = folder.FullName, ["--feed"] = "town", ["--train-from"] = "2025-02-03", ["--train-to"] = "2025-07-31", ["--test-from"] = "2025-08-04", ["--test-to"] = "2025-10-31",
            ["--every"] = "7d", ["--format"] = "json", ["--home"] = folder.FullName,
        };
        if (changed.Length == 2) options[changed[0]] = changed[1];
        using var program = Analytics.Start(["backtest", .. options.SelectMany(option => (string[])[option.Key, option.Value])], environment.ToDictionary(each => each.Item1, each => each.Item2));
        return await program.EndAsync();
    }

    void Write(IEnumerable<Line> lines)
    {
        var text = new StringBuilder("key,opened,due,closed,agency,kind\n");
        var start = new DateOnly(2025, 1, 1);
        string Day(int? day) => day is { } days ? start.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
        foreach (var (line, i) in lines.Select((line, i) => (line, i))) text.Append(CultureInfo.InvariantCulture, $"K{i},{Day(line.Assigned)},{Day(line.Due)},{Day(line.Closed)},{line.Agency},{line.Kind}\n");
        File.WriteAllText(Path.Combine(folder.FullName, "town.csv"), text.ToString());
        File.WriteAllText(Path.Combine(folder.FullName, "town.yml"), """
            feed: town
            title: Town
            scope: example
            agencies: own
            source: { kind: csv, folder: "{feed}", settle_seconds: 0 }
            records:
              task:
                columns:
                  task_id: { from: key, known: opening }
                  assigned: { from: opened, formats: [iso], known: opening }
                  due: { from: due, formats: [iso], known: opening }
                  completed: { from: closed, formats: [iso], known: final }
                  agency: { from: agency, known: opening }
                  category_1: { from: kind, known: opening }
            """);
    }
}
