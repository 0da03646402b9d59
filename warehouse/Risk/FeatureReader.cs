using System.Data.Common;
using Warehouse.Engines;

namespace Warehouse.Risk;

/// <summary>Reads the rows that <see cref="FeatureTables"/> made, with labels judged by what the data say up to their end.</summary>
/// <param name="dataEnd">Nothing after the end of this day is known.</param>
/// <param name="only">A condition of SQL on the tasks that are read.</param>
public sealed class FeatureReader(FeatureTables tables, DateOnly dataEnd, string only = "1 = 1")
{
    public async Task<RiskRows> ReadAsync(Workspace workspace, CancellationToken cancel)
    {
        await using var command = workspace.Connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = workspace.Physical(tables.Physical($"""
            select
                outcome.is_completed, outcome.is_given_up, outcome.judged_date, outcome.judged_at, outcome.assigned_at,
                outcome.due_date as final_due_date, outcome.due_at, outcome.due_original_date, own.*, unit.*, category.*
            from analytics.risk_feature_own as own
            join analytics.risk_outcome as outcome on own.task_key = outcome.task_key
            left join analytics.risk_feature_unit as unit on own.task_key = unit.task_key and own.landmark_date = unit.landmark_date
            left join analytics.risk_feature_category as category on own.task_key = category.task_key and own.landmark_date = category.landmark_date
            where {only}
            order by own.landmark_date, own.task_key
            """));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var features = Enumerable.Range(0, reader.FieldCount).Where(i => i > 7 && reader.GetFieldType(i) == typeof(double)).ToList();
        var place = Enumerable.Range(0, reader.FieldCount).GroupBy(reader.GetName).ToDictionary(group => group.Key, group => group.First());
        var (cases, values) = (new List<RiskCase>(), new List<float>());
        while (await reader.ReadAsync(cancel))
        {
            if (Judge(reader, place) is not { } one) continue;
            cases.Add(one);
            foreach (var i in features) values.Add(reader.IsDBNull(i) ? float.NaN : (float)reader.GetDouble(i));
        }
        return new([.. features.Select(reader.GetName)], cases, [.. values]);
    }

    /// <summary>The newest day on which anything happened that the sources tell of.</summary>
    public static async Task<DateOnly> NewestDayAsync(Workspace workspace, CancellationToken cancel)
    {
        var newest = await workspace.ReadValueAsync<DateTime?>("select max(extract_date) from warehouse.dim_load", cancel: cancel);
        return newest is { } day ? DateOnly.FromDateTime(day) : DateOnly.MinValue;
    }

    /// <summary>The case of a row; null where the deadline is not after the opening, by the hour.</summary>
    RiskCase? Judge(DbDataReader reader, Dictionary<string, int> place)
    {
        DateOnly Day(string column) => DateOnly.FromDateTime(reader.GetDateTime(place[column]));
        DateOnly? DayOrNull(string column) => reader.IsDBNull(place[column]) ? null : Day(column);
        DateTime? At(string column) => reader.IsDBNull(place[column]) ? null : reader.GetDateTime(place[column]);

        var (landmark, due) = (Day("landmark_date"), Day("due_date"));
        // The hour of a deadline is that of the deadline now in force: where it was another day at the landmark, days are compared.
        var dueAt = DayOrNull("final_due_date") == due ? At("due_at") : null;
        if (dueAt is { } hour ? At("assigned_at") >= hour : due < Day("assigned_date")) return null;
        var isGivenUp = reader.GetInt32(place["is_given_up"]) == 1;
        var closed = reader.GetInt32(place["is_completed"]) == 1 ? DayOrNull("judged_date") : null;
        var isClosed = closed is { } day && day <= dataEnd;
        int? late = isClosed ? (dueAt is { } limit && At("judged_at") is { } closing ? closing > limit : closed > due) ? 1 : 0
            : isGivenUp ? null
            : due < dataEnd ? 1 : null;
        var known = late is null ? (DateOnly?)null : isClosed && closed <= due && late == 0 ? closed : due;
        return new(reader.GetInt64(place["task_key"]), landmark, reader.GetInt64(place["source_key"]), reader.GetInt32(place["province_key"]), reader.GetInt64(place["agency_key"]),
            Day("assigned_date"), due, reader.GetDouble(place["elapsed_share"]))
        {
            Late = late, LabelKnown = known,
            DaysToDue = due.DayNumber - landmark.DayNumber + (dueAt is null ? 1 : 0.5),
            DaysToClose = isClosed ? closed!.Value.DayNumber - landmark.DayNumber + 0.5 : null,
            IsGivenUp = isGivenUp, FirstDue = DayOrNull("due_original_date"),
        };
    }
}
