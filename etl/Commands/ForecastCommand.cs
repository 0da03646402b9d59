using System.CommandLine;
using System.Globalization;
using Warehouse.Engines;
using Warehouse.Forecast;

namespace Etl.Commands;

/// <summary>The verb <c>risk forecast</c>: what was forecast of the backlog, and how earlier forecasts fared beside the rivals.</summary>
static class ForecastCommand
{
    static readonly string[] Columns =
        ["as_of", "until", "what", "province", "agency", "measure", "expected", "low_50", "high_50", "low_90", "high_90", "last_month", "year_ago"];

    public static Command Create()
    {
        var level = new Option<string>("--by") { Description = "whole, province or agency", DefaultValueFactory = _ => Told.Whole };
        level.AcceptOnlyFromAmong(Told.Whole, Told.Province, Told.Agency);
        var asOf = new Option<string?>("--as-of") { Description = "What was forecast up to this day (default: the newest forecast)" };
        var command = new Command("forecast", "How many tasks will be open and overdue at the next month ends and conferences, and how such forecasts fared") { level, asOf, Options.Format, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) => QueryCommands.ReadAsync(Options.HomeOf(parsed), session =>
            WriteAsync(session, parsed.GetValue(level)!, QueryCommands.DayOf(parsed.GetValue(asOf)) ?? DateOnly.MaxValue, parsed.GetValue(Options.Format)!, cancel), cancel));
        return command;
    }

    static async Task<int> WriteAsync(Session session, string level, DateOnly asOf, string format, CancellationToken cancel)
    {
        var told = await ForecastRecord.NewestAsync(session, level, asOf, cancel);
        Output.Write(Columns, [.. told.Select(each => new object?[]
        {
            Day(each.AsOf), Day(each.Target), each.Code, each.Province, each.Agency, each.Measure, Math.Round(each.Expected, 1), Rounded(each.Low50), Rounded(each.High50), Rounded(each.Low90), Rounded(each.High90), each.Last, each.YearAgo,
        })], format, Console.Out);
        if (format != "table") return ExitCode.Done;
        if (told.Count == 0) Console.Out.WriteLine("nothing was forecast up to that day; 'analytics predict' does");
        foreach (var score in await ForecastRecord.ScoresAsync(session, level, cancel)) Console.Out.WriteLine(Line(score));
        return ExitCode.Done;
    }

    static string Line(ForecastScore score)
    {
        var year = score is { YearError: { } theirs, ErrorThere: { } ours } ? FormattableString.Invariant($"; as many as a year ago {theirs:0.0}, ours there {ours:0.0}") : "";
        var covered = score.Intervals == 0 ? "" : FormattableString.Invariant($"; the 90 % interval covered {(double)score.Covered / score.Intervals:P1} of {score.Intervals:N0}");
        return FormattableString.Invariant($"{score.Measure}, month end {score.Step}: {score.Forecasts:N0} forecasts came true, {score.Mean:N1} tasks in the mean; wrong by {score.Error:0.0} in the mean, as many as on the day {score.LastError:0.0}{year}{covered}");
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static object? Rounded(double? number) => number is { } known ? Math.Round(known, 1) : null;
}
