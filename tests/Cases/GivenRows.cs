using System.Globalization;
using System.Text;
using Etl.Feeds;
using Etl.Normalise;
using Warehouse.Engines;
using Warehouse.Raw;
using Warehouse.Reference;

namespace Tests.Cases;

/// <summary>Rows of the raw layer as a case gives them: the columns it names, and defaults for those that it leaves out.</summary>
static class GivenRows
{
    static readonly CaseTable OneSource = new("raw.source", 0, ["source_key"], [["1"]]);
    static readonly CaseTable OneBatch = new("raw.batch", 0, ["load_key", "extract_date"], [["1", "2023-12-31"]]);

    /// <summary>What a case may give that no load brings.</summary>
    public static readonly IReadOnlyList<TableShape> WithoutLoads = [RawTables.Source, RawTables.FeedColumn, RawTables.Landmark, RawTables.TaskRisk, RawTables.BacklogForecast];

    /// <summary>The given tables, and a source and a load where the case speaks of none.</summary>
    public static IEnumerable<CaseTable> Complete(Case one)
    {
        if (!one.Given.Any(table => table.Name == OneSource.Name)) yield return OneSource;
        if (!one.Given.Any(table => table.Name == OneBatch.Name)) yield return OneBatch;
        foreach (var table in one.Given) yield return table;
    }

    /// <summary>Whether each row of a table was brought by a load.</summary>
    public static bool IsOfLoads(CaseTable given) => !WithoutLoads.Any(table => table.FullName == given.Name);

    /// <summary>The keys of a case's loads, in the order of their extracts.</summary>
    public static IReadOnlyList<string> LoadsOf(Case one)
    {
        var batches = Complete(one).Where(table => table.Name == OneBatch.Name).SelectMany(table => table.Rows.Select(row => table.Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)));
        return [.. batches.OrderBy(row => row.GetValueOrDefault("extract_date", ""), StringComparer.Ordinal).Select(row => row.GetValueOrDefault("load_key", "1")).Distinct()];
    }

    /// <param name="ofLoad">Which loads' rows are taken, by the key of the load.</param>
    /// <exception cref="CaseException">There is no such table or column, or a cell does not fit it.</exception>
    public static RowChunk Chunk(Case one, CaseTable given, Func<string, bool> ofLoad)
    {
        var shape = RawTables.OfLoads.Concat(WithoutLoads).FirstOrDefault(table => table.FullName == given.Name)
            ?? throw new CaseException($"{one.Place}: a case cannot give {given.Name}; it gives tables of raw, such as raw.task");
        foreach (var column in given.Columns)
            if (!shape.Columns.Any(known => known.Name == column)) throw new CaseException($"{one.Page} › line {given.Line}: {shape.FullName} has no column {column}");
        var chunk = new RowChunk(shape, Math.Max(1, given.Rows.Count));
        for (var i = 0; i < given.Rows.Count; i++)
        {
            var row = given.Columns.Zip(given.Rows[i]).ToDictionary(pair => pair.First, pair => pair.Second);
            AddDefaults(shape, row, i + 1);
            if (!ofLoad(row.GetValueOrDefault("by_load_key") ?? row.GetValueOrDefault("load_key", ""))) continue;
            for (var column = 0; column < shape.Columns.Count; column++)
                if (row.GetValueOrDefault(shape.Columns[column].Name) is { Length: > 0 } text) Set(chunk, column, text, one, given.Line + 3 + i);
            chunk.EndRow();
        }
        return chunk;
    }

    static void AddDefaults(TableShape shape, Dictionary<string, string> row, int number)
    {
        foreach (var (column, value) in Defaults(shape, row, number.ToString(CultureInfo.InvariantCulture))) row.TryAdd(column, value);
        foreach (var due in (string[])["due", "due_original"]) AddOverdue(shape, row, due);
    }

    static IEnumerable<(string Column, string Value)> Defaults(TableShape shape, Dictionary<string, string> row, string number)
    {
        foreach (var key in (string[])["load_key", "source_key"]) yield return (key, "1");
        yield return ("row_no", number);
        switch (shape.Name)
        {
            case "task":
                foreach (var (column, value) in ((string, string)[])[("task_code", "task " + row.GetValueOrDefault("task_key")), ("lifecycle_code", "not_started"), ("requires_confirmation", "0"), ("is_deleted", "0")]) yield return (column, value);
                break;
            case "task_event":
                yield return ("event_key", number);
                if (row.TryGetValue("event_code", out var code)) yield return ("lifecycle_code", CanonicalRecord.Events[code]);
                yield return ("has_content", row.GetValueOrDefault("event_text") is { Length: > 0 } ? "1" : "0");
                break;
            case "conference":
                foreach (var (column, value) in ((string, string)[])[("conference_code", "conference " + row.GetValueOrDefault("conference_key")), ("lock_rule_code", "calendar"), ("required_update_code", "text"), ("lock_days", "3"), ("bunching_days", "3")]) yield return (column, value);
                break;
            case "programme_change":
                yield return ("change_key", number);
                break;
            case "batch":
                yield return ("record_code", "task");
                foreach (var count in (string[])["received_count", "accepted_count", "quarantined_count", "withheld_count"]) yield return (count, "0");
                break;
            case "source":
                foreach (var (column, value) in ((string, string)[])[("feed_code", "feed " + row.GetValueOrDefault("source_key")), ("scope_code", "vietnam"), ("is_generated", "0"), ("is_trend_only", "0")]) yield return (column, value);
                break;
            case "feed_column":
                yield return ("record_code", "task");
                break;
            case "agency" or "agency_alias":
                foreach (var (column, value) in ((string, string)[])[("agency_key", number), ("agency_name", row.GetValueOrDefault("agency_code", "")), ("valid_from", "1900-01-01"), ("valid_to", "9999-12-31")]) yield return (column, value);
                var unit = row.GetValueOrDefault("agency_name") ?? row.GetValueOrDefault("agency_code", "");
                foreach (var (column, value) in ((string, string)[])[("agency_id", row.GetValueOrDefault("agency_code", "")), ("unit_name_key", NameKey(unit)), ("province_key", "0")]) yield return (column, value);
                break;
            case "task_risk":
                foreach (var (column, value) in ((string, string)[])[("model_version", "1"), ("learner_code", "mean_of_all"), ("band_code", "watch"), ("province_key", "0"), ("agency_key", "0")]) yield return (column, value);
                break;
            case "backlog_forecast":
                foreach (var (column, value) in ((string, string)[])[("level_code", "whole"), ("province_key", "0"), ("agency_key", "0"), ("target_code", "month_end"), ("step_no", "1"), ("method_version", "1"), ("is_retrospective", "0")]) yield return (column, value);
                break;
            case "plan_request":
                yield return ("plan_request_key", number);
                yield return ("request_code", "request " + number);
                break;
            case "published_total":
                foreach (var column in (string[])["tolerance", "is_compared"]) yield return (column, "0");
                break;
        }
    }

    static string NameKey(string name) => Departments.NameKey(Encoding.UTF8.GetBytes(Folding.Fold(name))).ToString(CultureInfo.InvariantCulture);

    /// <summary>A deadline with an hour is overdue from its own day, one without from the day after.</summary>
    static void AddOverdue(TableShape shape, Dictionary<string, string> row, string due)
    {
        var overdue = due == "due" ? "overdue_date" : due + "_overdue_date";
        if (!shape.Columns.Any(column => column.Name == overdue) || row.GetValueOrDefault(due + "_date") is not { Length: > 0 } last) return;
        var hasHour = row.GetValueOrDefault(due + "_at") is { Length: > 0 };
        row.TryAdd(overdue, hasHour ? last : Day(last).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    static void Set(RowChunk chunk, int column, string text, Case one, int line)
    {
        var of = chunk.Shape.Columns[column];
        try
        {
            switch (of.Type)
            {
                case ColumnType.Text: chunk.Set(column, Encoding.UTF8.GetBytes(text)); break;
                case ColumnType.Date: chunk.Set(column, ReferenceRows.DaysOf(Day(text))); break;
                case ColumnType.Timestamp: chunk.Set(column, (DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks / 10); break;
                case ColumnType.Double: chunk.Set(column, double.Parse(text, CultureInfo.InvariantCulture)); break;
                default: chunk.Set(column, long.Parse(text, CultureInfo.InvariantCulture)); break;
            }
        }
        catch (FormatException error)
        {
            throw new CaseException($"{one.Page} › line {line}: '{text}' is no {of.Type} for {chunk.Shape.FullName}.{of.Name}", error);
        }
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
