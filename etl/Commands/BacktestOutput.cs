using System.Text.Json;
using Warehouse.Risk;

namespace Etl.Commands;

/// <summary>A backtest's answer as JSON or as a table.</summary>
static class BacktestOutput
{
    static readonly string[] Names =
        ["name", "auc", "average_precision", "precision_top10", "brier", "log_loss", "ece", "ece_of_perfect", "coverage_50", "coverage_90", "width_50_days", "width_90_days", "mae_days", "train_seconds", "microseconds_per_task", "calibration", "choice_auc", "interval_rows", "undecided"];

    public static void Write(BacktestAnswer answer, BacktestPlan plan, string format, TextWriter to)
    {
        if (format != "json")
        {
            if (format == "table") to.WriteLine(FormattableString.Invariant($"{answer.Served.Metrics.Rows} rows judged, {answer.Served.Metrics.LateShare:P1} late; {answer.TrainRows} taught; data up to {plan.DataEnd:yyyy-MM-dd}; served: {answer.Served.Name}"));
            var results = answer.Candidates.Concat(answer.Rivals);
            Output.Write(Names, [.. results.Select(result => Values(result).Select(value => value is double number ? Math.Round(number, 4) : value).ToArray())], format, to);
            foreach (var note in answer.Notes) to.WriteLine(note);
            return;
        }
        using (var json = new Utf8JsonWriter(Console.OpenStandardOutput(), new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", answer.Served.Metrics.Rows);
            Number(json, "late_share", answer.Served.Metrics.LateShare);
            json.WriteNumber("train_rows", answer.TrainRows);
            json.WriteString("data_end", plan.DataEnd.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WritePropertyName("served");
            Result(json, answer.Served);
            List(json, "rivals", answer.Rivals);
            List(json, "candidates", answer.Candidates);
            json.WriteStartArray("notes");
            foreach (var note in answer.Notes) json.WriteStringValue(note);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        to.WriteLine();
    }

    static void List(Utf8JsonWriter json, string name, IReadOnlyList<BacktestResult> results)
    {
        json.WriteStartArray(name);
        foreach (var result in results) Result(json, result);
        json.WriteEndArray();
    }

    static void Result(Utf8JsonWriter json, BacktestResult result)
    {
        json.WriteStartObject();
        var values = Values(result);
        for (var i = 0; i < Names.Length; i++)
            if (values[i] is string text) json.WriteString(Names[i], text);
            else Number(json, Names[i], values[i] is int whole ? whole : values[i] as double? ?? double.NaN);
        json.WriteEndObject();
    }

    static object?[] Values(BacktestResult result) =>
    [
        result.Name, result.Metrics.Auc, result.Metrics.AveragePrecision, result.Metrics.PrecisionTop10, result.Metrics.Brier, result.Metrics.LogLoss, result.Metrics.Ece, result.EceOfPerfect,
        result.Finish?.Coverage50, result.Finish?.Coverage90, result.Finish?.Width50, result.Finish?.Width90, result.Finish?.Mae,
        result.TrainSeconds, result.MicrosecondsPerTask, result.Calibration, result.ChoiceAuc, result.Finish?.Judged, result.Finish?.Undecided,
    ];

    /// <summary>JSON has no word for "not a number": null stands for it.</summary>
    static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, Math.Round(value, 6));
        else json.WriteNull(name);
    }
}
