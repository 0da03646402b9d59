using System.CommandLine;
using System.Globalization;
using Warehouse.Engines;
using Warehouse.Forecast;
using Warehouse.Models;
using Warehouse.Risk;

namespace Etl.Commands;

/// <summary>The verbs <c>predict</c> and <c>risk list</c>.</summary>
static class RiskCommands
{
    public static Command Predict(Shown shown, TimeProvider time)
    {
        var asOf = new Option<string?>("--as-of") { Description = "Say it of the end of this day (default: the newest extract)" };
        var seed = new Option<int>("--seed") { Description = "Of everything that is left to chance", DefaultValueFactory = _ => 1 };
        var command = new Command("predict", "Say of every open task with a deadline how likely it is to miss it, when it will be finished, and why; then publish") { asOf, seed, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) => RunCommands.InWorkspaceAsync(Options.HomeOf(parsed), "predict", time, async (workspace, log) =>
        {
            var steps = new Steps(Options.HomeOf(parsed), shown, time, log);
            await steps.BuildAsync(workspace, whole: false, cancel);
            await PredictAsync(workspace, QueryCommands.DayOf(parsed.GetValue(asOf)), parsed.GetValue(seed), shown, time, cancel);
            return await steps.CheckAsync(workspace, full: false, cancel);
        }, cancel));
        return command;
    }

    /// <summary>Predictions of tasks and the forecast of the backlog, over what was built.</summary>
    /// <param name="asOf">Null for the newest extract's day.</param>
    internal static async Task PredictAsync(Workspace workspace, DateOnly? asOf, int seed, Shown shown, TimeProvider time, CancellationToken cancel)
    {
        var (start, models) = (time.GetTimestamp(), ModelFolder.Load());
        var newest = await FeatureReader.NewestDayAsync(workspace, cancel);
        if (newest == DateOnly.MinValue) throw new WrongUseException("nothing is loaded yet; 'analytics run' loads the feeds");
        var day = asOf ?? newest;
        var answer = await new Predictor(models, new RiskPlan(day), seed) { Done = Done }.RunAsync(workspace, cancel);
        foreach (var note in answer.Notes) shown.Say(note);
        shown.Say(FormattableString.Invariant($"predicted as of the end of {answer.AsOf:yyyy-MM-dd}: {answer.Written:N0} tasks, model {answer.Version}"));
        Done("tasks predicted");
        var forecast = await new BacklogPrediction(models, new ForecastPlan(day)).RunAsync(workspace, cancel);
        shown.Say(FormattableString.Invariant($"forecast of the backlog as of the end of {day:yyyy-MM-dd}: {forecast:N0} numbers added in all, {time.GetElapsedTime(start).TotalSeconds:0.0} s"));

        void Done(string what) => shown.Progress("predict", null, FormattableString.Invariant($"{what} after {time.GetElapsedTime(start).TotalSeconds:0.0} s"));
    }

    public static Command Risk()
    {
        var budget = new Option<int>("--budget") { Description = "How many tasks can be urged", DefaultValueFactory = _ => 50 };
        var week = new Option<string?>("--week") { Description = "By what was predicted up to this day (default: the newest prediction)" };
        var list = new Command("list", "The tasks that are worth urging, and what such a list would have caught in the last 26 weeks") { budget, week, Options.Format, Options.Home, Options.Engine };
        list.SetAction((parsed, cancel) => QueryCommands.ReadAsync(Options.HomeOf(parsed), async session =>
        {
            if (parsed.GetValue(budget) <= 0) throw new WrongUseException("a budget is a number of tasks above 0");
            var newest = await session.ReadValueAsync<DateTime?>("select max(as_of_date) from warehouse.fact_task_risk", cancel: cancel);
            var day = QueryCommands.DayOf(parsed.GetValue(week)) ?? DateOnly.FromDateTime(newest ?? DateTime.UnixEpoch);
            var alarms = await AlarmBudget.ListAsync(session, parsed.GetValue(budget), day, cancel);
            var format = parsed.GetValue(Options.Format)!;
            Output.Write(["task_code", "agency", "due_date", "probability", "expected_cost", "title", "reason"],
                [.. alarms.Select(each => new object?[] { each.TaskCode, each.Agency, each.DueDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Math.Round(each.Probability, 3), Math.Round(each.ExpectedCost, 3), each.Title, each.Reason })], format, Console.Out);
            if (format != "table") return ExitCode.Done;
            if (alarms.Count == 0) Console.Out.WriteLine("nothing was predicted up to that day; 'analytics predict' does");
            var caught = await AlarmBudget.CaughtAsync(session, parsed.GetValue(budget), day, cancel);
            Console.Out.WriteLine(caught.Count == 0
                ? "of the predictions of the last 26 weeks nothing has come true yet"
                : FormattableString.Invariant($"in the last 26 weeks such lists held {caught.Sum(each => each.CaughtLate):N0} of {caught.Sum(each => each.Late):N0} tasks that were late in the end, on {caught.Sum(each => each.Listed):N0} places ({caught.Count} predictions)"));
            foreach (var each in newest is null ? [] : await LandmarkRecord.ReadAsync(session, cancel))
                Console.Out.WriteLine(FormattableString.Invariant($"at the landmark {each.Landmark}: of {each.Tasks:N0} tasks past their deadline {each.PredictedLate:N0} were predicted late, {each.ObservedLate:N0} were"));
            return ExitCode.Done;
        }, cancel));
        return new Command("risk", "Which tasks will miss their deadline") { list, ForecastCommand.Create() };
    }
}
