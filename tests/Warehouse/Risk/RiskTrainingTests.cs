using Warehouse.Risk;
using Warehouse.Risk.XGBoost;
using Xunit;

namespace Tests.Risk;

public sealed class RiskTrainingTests
{
    static readonly DateOnly First = new(2025, 1, 6);
    internal static readonly DateOnly Until = First.AddDays(7 * 40);
    internal static readonly DateOnly Choice = First.AddDays(7 * 32);

    /// <summary>Tasks with a term of four weeks, seen weekly; those of a slow kind are late four times in five, the others once.</summary>
    internal static RiskRows Rows(int tasks = 600, Func<RiskCase, RiskCase>? changed = null)
    {
        var random = new Random(11);
        var (cases, values) = (new List<RiskCase>(), new List<float>());
        for (var task = 0; task < tasks; task++)
        {
            var (assigned, slow) = (First.AddDays(random.Next(7 * 40)), task % 2);
            var due = assigned.AddDays(28);
            var isLate = random.NextDouble() < (slow == 1 ? 0.8 : 0.2);
            var closed = isLate ? due.AddDays(1 + random.Next(60)) : assigned.AddDays(1 + random.Next(27));
            for (var landmark = First; landmark < Until; landmark = landmark.AddDays(7))
            {
                if (landmark <= assigned || landmark > due || closed < landmark) continue;
                var elapsed = (landmark.DayNumber - assigned.DayNumber) / 29.0;
                var one = new RiskCase(task, landmark, 1, 1, 1, assigned, due, elapsed)
                {
                    Late = isLate ? 1 : 0, LabelKnown = isLate ? due : closed, DaysToDue = due.DayNumber - landmark.DayNumber + 1, DaysToClose = closed.DayNumber - landmark.DayNumber + 0.5,
                };
                cases.Add(changed?.Invoke(one) ?? one);
                values.AddRange([(float)elapsed, slow, (float)random.NextDouble()]);
            }
        }
        return new(["elapsed_share", "is_slow", "noise"], cases, [.. values]);
    }

    static double[] Predicted(RiskRows rows) => new RiskTraining(rows, Choice, Until, seed: 5).Train().Served.Predict(Rows());

    [Fact]
    public void The_same_rows_and_seed_give_the_same_probabilities() => Assert.Equal(Predicted(Rows()), Predicted(Rows()));

    [Fact]
    public void What_tells_late_tasks_apart_is_learned()
    {
        var trained = new RiskTraining(Rows(), Choice, Until, 5).Train();

        Assert.True(!trained.Rivals.Contains(trained.Served), string.Join("; ", trained.Others.Select(each => FormattableString.Invariant($"{each.Model.Name} {each.ChoiceAuc:0.000} {each.ChoiceLoss:0.000}")).Concat(trained.Notes)));
        Assert.True(RiskMetrics.AucOf(trained.Served.Predict(trained.Rows), [.. trained.Rows.Cases.Select(each => (double)each.Late!.Value)]) > 0.75);
    }

    /// <summary>The leak of the measurement: a label known only after the first test landmark. Here such labels are all turned round.</summary>
    [Fact]
    public void Labels_that_nobody_knew_by_then_change_nothing()
    {
        static RiskCase Planted(RiskCase one) => one.Due >= Until && one.Landmark.AddDays((int)one.DaysToClose!.Value) >= Until
            ? one with { Late = 1 - one.Late, DaysToClose = one.DaysToClose + (one.Late == 0 ? 100 : 5) }
            : one;
        var planted = Rows(changed: Planted);

        Assert.Contains(planted.Cases.Zip(Rows().Cases), pair => pair.First.Late != pair.Second.Late);
        Assert.Equal(Predicted(Rows()), Predicted(planted));
    }

    [Fact]
    public void A_task_that_was_open_when_knowledge_ended_counts_as_late_in_part()
    {
        var rows = Rows();
        var labels = Outlook.Labels(rows, Until);
        var open = Enumerable.Range(0, rows.Count).Where(i => rows.Cases[i].Due >= Until && !rows.Cases[i].Watched(Until).IsClosed).ToList();

        Assert.NotEmpty(open);
        Assert.All(open, i => Assert.InRange(labels[i], 0.2, 0.999));
        Assert.All(Enumerable.Range(0, rows.Count).Except(open), i => Assert.Contains(labels[i], (double[])[0, 1]));
    }

    [Fact]
    public void Few_rows_are_served_by_a_naive_rival_that_says_so()
    {
        var trained = new RiskTraining(Rows(5), Choice, Until, 5).Train();

        Assert.Contains(trained.Served, trained.Rivals);
        Assert.Contains(trained.Notes, note => note.Contains("are needed to learn", StringComparison.Ordinal));
    }

    [Fact]
    public void Intervals_of_the_finish_cover_about_what_they_promise()
    {
        var rows = Rows(1500);
        var trained = new RiskTraining(rows, Choice, Until, 5).Train();
        var asked = rows.Where(each => each.Landmark >= Choice.AddDays(21)).Only(trained.Rows.Columns);
        var metrics = FinishTime.Judge(asked, trained.Finish.Expect(asked, rows.Only(trained.Rows.Columns)), Until.AddDays(365));

        Assert.InRange(metrics.Coverage90, 0.8, 0.98);
        Assert.InRange(metrics.Coverage50, 0.35, 0.65);
        Assert.True(metrics.Width50 < metrics.Width90);
    }

    /// <summary>Nobody sees an upper end where a third of the tasks stays open: what an interval may leave out then lies below it, or it would cover 95 of 100.</summary>
    [Fact]
    public void Intervals_cover_no_more_than_they_promise_where_many_tasks_are_never_finished()
    {
        static RiskCase Abandoned(RiskCase one) => one.TaskKey % 3 == 0 ? one with { Late = 1, LabelKnown = one.Due, DaysToClose = null } : one;
        var rows = Rows(1500, Abandoned);
        var trained = new RiskTraining(rows, Choice, Until, 5).Train();
        var asked = rows.Where(each => each.Landmark >= Choice.AddDays(21)).Only(trained.Rows.Columns);
        var metrics = FinishTime.Judge(asked, trained.Finish.Expect(asked, rows.Only(trained.Rows.Columns)), Until.AddDays(365));

        Assert.InRange(metrics.Coverage90, 0.87, 0.93);
    }

    [LearnerFact]
    public void A_model_that_was_cut_short_or_is_something_else_is_refused_in_words()
    {
        var rows = Rows();
        using var trees = BoostedTrees.Train(rows, Outlook.Labels(rows, Until), 1, 20);
        var bytes = trees.Save();

        using (Booster.Load(bytes)) Assert.NotEmpty(bytes);
        Assert.Contains("no model that XGBoost", Assert.Throws<LearnerException>(() => Booster.Load(bytes[..(bytes.Length / 2)])).Message, StringComparison.Ordinal);
        Assert.Contains("no model that XGBoost", Assert.Throws<LearnerException>(() => Booster.Load("another version"u8.ToArray())).Message, StringComparison.Ordinal);
    }

    [LearnerFact]
    public void Contributions_and_the_start_add_up_to_the_margin()
    {
        var rows = Rows();
        using var matrix = new Matrix(rows.Values, 3).With("label", [.. Outlook.Labels(rows, Until).Select(label => (float)label)]);
        using var booster = Booster.Train(matrix, BoostedTrees.Settings(rows, 1), 30);
        var (margins, moved) = (booster.Margins(matrix), booster.Contribute(matrix));

        for (var i = 0; i < rows.Count; i++) Assert.Equal(margins[i], moved.AsSpan(i * 4, 4).ToArray().Sum(), 0.001);
    }
}

/// <summary>A test that needs XGBoost's library; skipped, with the reason, where it is not installed.</summary>
public sealed class LearnerFactAttribute : FactAttribute
{
    public LearnerFactAttribute() => Skip = Learner.IsThere ? null : "XGBoost's library (Debian package libxgboost0) is not installed";
}
