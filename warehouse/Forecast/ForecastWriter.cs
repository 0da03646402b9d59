using System.Text;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Forecast;

/// <summary>Appends forecasts to raw.backlog_forecast: what was said of a day once stays as it was said.</summary>
static class ForecastWriter
{
    /// <summary>Changes with the way in which forecasts are made, so that those of different ways are told apart.</summary>
    public const string Version = "paces-1";

    /// <summary>Whether the backlog was forecast from a day, by this method or another one.</summary>
    public static async Task<bool> HasToldAsync(Workspace workspace, DateOnly asOf, CancellationToken cancel) => await workspace.ReadValueAsync<long>(
        "select count(*) from raw.backlog_forecast where as_of_date = @day", new { day = asOf.ToDateTime(TimeOnly.MinValue) }, cancel) > 0;

    /// <returns>How many rows were added.</returns>
    public static async Task<int> WriteAsync(Workspace workspace, IReadOnlyList<Told> told, DateOnly asOf, CancellationToken cancel)
    {
        var known = (await workspace.ReadAsync<DateTime>("select as_of_date from raw.backlog_forecast group by as_of_date", cancel: cancel)).Select(DateOnly.FromDateTime).ToHashSet();
        var months = known.Select(Month).ToHashSet();
        // In retrospect one origin a month is enough, and none of a month in which something was said in time.
        var added = told.Where(each => each.AsOf == asOf ? !known.Contains(asOf) : !months.Contains(Month(each.AsOf))).ToList();
        if (added.Count == 0) return 0;
        await using var transaction = await workspace.BeginAsync(cancel);
        await using (var writer = workspace.OpenBulkWriter(RawTables.BacklogForecast))
        {
            await writer.WriteAsync(Chunk(added, asOf), cancel);
            await writer.CompleteAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return added.Count;
    }

    static int Month(DateOnly day) => day.Year * 12 + day.Month;

    static RowChunk Chunk(List<Told> told, DateOnly asOf)
    {
        var table = RawTables.BacklogForecast;
        var chunk = new RowChunk(table, told.Count);
        foreach (var each in told)
        {
            void Text(string column, string text) => chunk.Set(table[column], Encoding.UTF8.GetBytes(text));
            void Day(string column, DateOnly day) => chunk.Set(table[column], day.DayNumber - new DateOnly(1970, 1, 1).DayNumber);
            void Interval(string share, (double Low, double High)? interval)
            {
                if (interval is not { } ends) return;
                chunk.Set(table[$"low_{share}_count"], ends.Low);
                chunk.Set(table[$"high_{share}_count"], ends.High);
            }
            Text("level_code", each.Level);
            chunk.Set(table["province_key"], each.Unit.ProvinceKey);
            chunk.Set(table["agency_key"], each.Unit.AgencyKey);
            Text("measure_code", each.Measure);
            Text("target_code", each.Target.Code);
            chunk.Set(table["step_no"], each.Target.Step);
            Text("method_version", Version);
            chunk.Set(table["is_retrospective"], each.AsOf == asOf ? 0 : 1);
            chunk.Set(table["expected_count"], each.Count);
            Interval("50", each.Half);
            Interval("90", each.Most);
            chunk.Set(table["last_count"], each.Last);
            if (each.YearAgo is { } year) chunk.Set(table["year_ago_count"], year);
            Day("as_of_date", each.AsOf);
            Day("target_date", each.Target.Date);
            chunk.EndRow();
        }
        return chunk;
    }
}
