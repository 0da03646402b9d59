using System.Globalization;
using System.Text;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Models;
using Warehouse.Raw;

namespace Warehouse.Risk;

/// <summary>What a prediction came to, for whoever asked for it.</summary>
/// <param name="Written">Rows added; 0 where the same model had said the same before.</param>
public sealed record PredictionAnswer(DateOnly AsOf, string Version, int Written, IReadOnlyList<string> Notes);

/// <summary>
/// Says of every open task with a deadline how likely it is to miss it, when it will be finished and why, and adds that to
/// raw.task_risk. A province that has enough tasks learns from its own, the others from all together.
/// </summary>
public sealed class Predictor(ModelFolder folder, RiskPlan plan, int seed)
{
    /// <summary>Rows of training from which on a province learns from its own tasks only.</summary>
    const int RowsOfOwn = 20_000;

    readonly List<string> notes = [];

    IReadOnlyList<LedgerMonth> ledger = [];

    /// <summary>Told of what was just done.</summary>
    public Action<string>? Done { get; init; }

    public async Task<PredictionAnswer> RunAsync(Workspace workspace, CancellationToken cancel)
    {
        var tables = new FeatureTables(folder);
        try
        {
            await tables.BuildAsync(workspace, plan.Training.Append(plan.Landmark), cancel, model => Done?.Invoke(model.FullName));
            var rows = await new FeatureReader(tables, plan.AsOf, "outcome.source_key in (select source_key from warehouse.dim_source where scope_code = 'vietnam')").ReadAsync(workspace, cancel);
            Done?.Invoke(FormattableString.Invariant($"{rows.Count:N0} rows of {rows.Columns.Count} columns read"));
            var overdue = await OverdueAsync(workspace, tables, cancel);
            // What came true after an earlier day was not known on it.
            if (plan.AsOf >= await FeatureReader.NewestDayAsync(workspace, cancel)) ledger = await Drift.ReadLedgerAsync(workspace, cancel);
            var version = Version(rows);
            if (await workspace.ReadValueAsync<long>("select count(*) from raw.task_risk where model_version = @version", new { version }, cancel) > 0)
                return new(plan.AsOf, version, 0, [$"model {version} has told of this day before; nothing is overwritten"]);
            var said = Score(rows).Concat(overdue).ToList();
            await WriteAsync(workspace, version, said, cancel);
            return new(plan.AsOf, version, said.Count, notes);
        }
        finally
        {
            await FeatureTables.DropAsync(workspace, cancel);
        }
    }

    IEnumerable<Said> Score(RiskRows rows)
    {
        var asked = rows.Where(each => each.Landmark == plan.Landmark && !each.IsGivenUp);
        var training = rows.Where(each => each.Landmark < plan.Landmark);
        if (asked.Count == 0)
        {
            notes.Add("no open task has a deadline ahead: nothing to say");
            return [];
        }
        var own = training.Cases.GroupBy(each => each.ProvinceKey).Where(group => group.Count() >= RowsOfOwn).Select(group => group.Key).Where(province => asked.Cases.Any(each => each.ProvinceKey == province)).Order().ToList();
        var said = new List<Said>();
        foreach (var province in own) said.AddRange(Of(asked.Where(each => each.ProvinceKey == province), training.Where(each => each.ProvinceKey == province), FormattableString.Invariant($"province {province}")));
        said.AddRange(Of(asked.Where(each => !own.Contains(each.ProvinceKey)), training, own.Count == 0 ? "all provinces together" : "the other provinces together"));
        return said;
    }

    List<Said> Of(RiskRows asked, RiskRows training, string what)
    {
        if (asked.Count == 0) return [];
        var provinces = asked.Cases.Select(each => each.ProvinceKey).ToHashSet();
        var drift = Drift.Of(ledger.Where(each => provinces.Contains(each.ProvinceKey)), plan.AsOf);
        var learned = drift.IsRecent ? plan.Newer() : plan;
        foreach (var said in drift.Words(plan.Weeks, learned.Weeks)) notes.Add($"{what}: {said}");
        var trained = new RiskTraining(training.Where(each => each.Landmark >= learned.From), learned.ChoiceFrom, plan.Landmark, seed, drift.Demoted, plan.MostRows).Train();
        Done?.Invoke($"{what}: trained; " + string.Join(", ", trained.Others.Select(each => FormattableString.Invariant($"{each.Model.Name} {each.TrainSeconds:0.0} s"))));
        foreach (var note in trained.Notes) notes.Add($"{what}: {note}");
        var choice = string.Join(", ", trained.Others.Concat(trained.Rivals).Select(each => FormattableString.Invariant($"{each.Model.Name} {each.ChoiceAuc:0.000}")));
        notes.Add(FormattableString.Invariant($"{what}: {trained.Served.Model.Name} serves ({trained.Rows.Count} rows taught, calibration {trained.Served.Calibration.Name}); AUC on the later rows: {choice}"));
        var rows = asked.Only(trained.Rows.Columns);
        var probabilities = trained.Served.Predict(rows);
        var contributions = trained.Served.Model.Contribute(rows);
        Done?.Invoke($"{what}: scored");
        var finishes = trained.Finish.Expect(rows, trained.Rows.Where(each => each.Landmark >= learned.ChoiceFrom));
        Done?.Invoke($"{what}: finishes");
        return [.. Enumerable.Range(0, rows.Count).Select(i => new Said(rows.Cases[i].TaskKey, rows.Cases[i].SourceKey, rows.Cases[i].AgencyKey, rows.Cases[i].ProvinceKey, trained.Served.Model.Name,
            RiskBand.Of(probabilities[i]), probabilities[i], First(rows.Cases[i], probabilities[i]), rows.Cases[i].Due, finishes[i], Reasons.Of(rows, i, contributions[i])))];
    }

    /// <summary>Of missing the first deadline: certain once it has passed, else as of the one in force, which can only be later.</summary>
    double First(RiskCase one, double probability) => one.FirstDue is { } first && first != one.Due ? first < plan.Landmark ? 1 : Math.Max(probability, 1 - ((1 - probability) * (first.DayNumber - plan.Landmark.DayNumber + 1) / Math.Max(1, one.Due.DayNumber - plan.Landmark.DayNumber + 1))) : probability;

    async Task<IEnumerable<Said>> OverdueAsync(Workspace workspace, FeatureTables tables, CancellationToken cancel)
    {
        var sql = tables.Physical("""
            select
                risk_state.task_key as TaskKey, risk_state.source_key as SourceKey, risk_state.agency_key as AgencyKey,
                risk_state.province_key as ProvinceKey, risk_state.due_date as Due
            from analytics.risk_state as risk_state
            join warehouse.dim_source on risk_state.source_key = dim_source.source_key
            where risk_state.is_overdue = 1 and risk_state.landmark_date = @day and dim_source.scope_code = 'vietnam'
            order by risk_state.task_key
            """);
        var overdue = await workspace.ReadAsync<Overdue>(sql, new { day = plan.Landmark.ToDateTime(TimeOnly.MinValue) }, cancel);
        return overdue.Select(each =>
        {
            var due = DateOnly.FromDateTime(each.Due);
            return new Said(each.TaskKey, each.SourceKey, each.AgencyKey, each.ProvinceKey, "overdue", RiskBand.Certain, 1, 1, due, null, Reasons.Overdue(plan.AsOf.DayNumber - due.DayNumber));
        });
    }

    /// <summary>The same rows, seed and day make the same version: what was said once is not said again.</summary>
    string Version(RiskRows rows)
    {
        var hash = StableKey.Chain(0, Encoding.UTF8.GetBytes(FormattableString.Invariant($"1 {seed} {plan} {XGBoost.Learner.IsThere} {string.Join(',', rows.Columns)} {string.Join(',', ledger)}")));
        hash = StableKey.Chain(hash, System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.Values.AsSpan()));
        foreach (var each in rows.Cases) hash = StableKey.Chain(StableKey.Chain(hash, each.TaskKey), (each.Landmark.DayNumber * 4L) + (each.Late ?? 2));
        return string.Create(CultureInfo.InvariantCulture, $"{plan.AsOf:yyyyMMdd}-{hash:x16}");
    }

    async Task WriteAsync(Workspace workspace, string version, List<Said> said, CancellationToken cancel)
    {
        if (said.Count == 0) return;
        var table = RawTables.TaskRisk;
        var chunk = new RowChunk(table, said.Count);
        foreach (var each in said)
        {
            void Text(string column, string text) => chunk.Set(table[column], Encoding.UTF8.GetBytes(text));
            void Day(string column, DateOnly day) => chunk.Set(table[column], day.DayNumber - new DateOnly(1970, 1, 1).DayNumber);
            DateOnly After(double days) => plan.Landmark.AddDays((int)Math.Floor(days));
            chunk.Set(table["task_key"], each.TaskKey);
            chunk.Set(table["source_key"], each.SourceKey);
            chunk.Set(table["agency_key"], each.AgencyKey);
            chunk.Set(table["province_key"], each.ProvinceKey);
            Text("model_version", version);
            Text("learner_code", each.Learner);
            Text("band_code", each.Band);
            Text("reason_text", each.Reason.Vi);
            Text("reason_text_en", each.Reason.En);
            chunk.Set(table["probability"], each.Probability);
            chunk.Set(table["probability_first"], each.First);
            Day("as_of_date", plan.AsOf);
            Day("due_date", each.Due);
            if (each.Finish is { } finish)
            {
                Day("finish_date", After(finish.Days));
                Day("finish_low_50_date", After(finish.Low50));
                Day("finish_high_50_date", After(finish.High50));
                Day("finish_low_90_date", After(finish.Low90));
                Day("finish_high_90_date", After(finish.High90));
            }
            chunk.EndRow();
        }
        await using var transaction = await workspace.BeginAsync(cancel);
        await using (var writer = workspace.OpenBulkWriter(table))
        {
            await writer.WriteAsync(chunk, cancel);
            await writer.CompleteAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    sealed record Said(long TaskKey, long SourceKey, long AgencyKey, int ProvinceKey, string Learner, string Band, double Probability, double First, DateOnly Due, Finish? Finish, (string Vi, string En) Reason);

    sealed class Overdue
    {
        public long TaskKey { get; init; }
        public long SourceKey { get; init; }
        public long AgencyKey { get; init; }
        public int ProvinceKey { get; init; }
        public DateTime Due { get; init; }
    }
}
