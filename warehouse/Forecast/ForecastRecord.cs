using Warehouse.Engines;

namespace Warehouse.Forecast;

/// <summary>A forecast of one unit as it is read again.</summary>
public sealed class Forecasted : StoredForecast
{
    /// <summary>Null for the whole; for an agency that of its province.</summary>
    public string? Province { get; init; }

    public string? Agency { get; init; }
}

/// <summary>How forecasts of one step fared, beside the two rivals on the same units and days.</summary>
/// <param name="Step">1 to 3: which month end.</param>
/// <param name="Error">Mean distance between forecast and count.</param>
/// <param name="Mean">The mean count.</param>
/// <param name="YearError">Of "as many as a year ago" where a year ago is known; <paramref name="ErrorThere"/> is the forecasts' on the same rows.</param>
public sealed record ForecastScore(string Measure, int Step, long Forecasts, double Mean, double Error, double LastError, double? YearError, double? ErrorThere, long Intervals, long Covered);

/// <summary>What was forecast and what came of it.</summary>
public static class ForecastRecord
{
    /// <summary>The forecasts of a level that were made of the newest day up to one, by unit, measure and day forecast.</summary>
    public static async Task<IReadOnlyList<Forecasted>> NewestAsync(Session session, string level, DateOnly asOf, CancellationToken cancel) => !await HasAnyAsync(session, cancel) ? [] : [.. await session.ReadAsync<Forecasted>(Columns + """
        where forecast.level_code = @level
            and forecast.as_of_date = (select max(as_of_date) from warehouse.fact_backlog_forecast where as_of_date <= @day)
        order by province.province_name, agency.agency_name, forecast.agency_key, forecast.measure_code, forecast.target_date, forecast.target_code
        """, new { level, day = asOf.ToDateTime(TimeOnly.MinValue) }, cancel)];

    /// <summary>By measure and step, over all units of a level.</summary>
    public static async Task<IReadOnlyList<ForecastScore>> ScoresAsync(Session session, string level, CancellationToken cancel) => !await HasAnyAsync(session, cancel) ? [] : [.. (await session.ReadAsync<Row>("""
        select
            measure_code as "Measure", step_no as "Step", cast(count(*) as bigint) as "Forecasts", sum(cast(actual_count as double precision)) as "Sum",
            sum(abs(expected_count - actual_count)) as "Error", sum(cast(abs(last_count - actual_count) as double precision)) as "LastError",
            sum(case when year_ago_count is not null then cast(1 as bigint) else 0 end) as "Years",
            sum(cast(abs(year_ago_count - actual_count) as double precision)) as "YearError",
            sum(case when year_ago_count is not null then abs(expected_count - actual_count) else 0 end) as "ErrorThere",
            sum(case when low_90_count is not null then cast(1 as bigint) else 0 end) as "Intervals",
            sum(case when low_90_count <= actual_count and high_90_count >= actual_count then cast(1 as bigint) else 0 end) as "Covered"
        from warehouse.fact_backlog_forecast_outcome
        where level_code = @level and target_code = 'month_end'
        group by measure_code, step_no
        order by measure_code, step_no
        """, new { level }, cancel)).Select(row => new ForecastScore(row.Measure, row.Step, row.Forecasts, row.Sum / row.Forecasts, row.Error / row.Forecasts, row.LastError / row.Forecasts,
            row.Years == 0 ? null : row.YearError / row.Years, row.Years == 0 ? null : row.ErrorThere / row.Years, row.Intervals, row.Covered))];

    /// <summary>False for a state that was published before there were forecasts.</summary>
    static Task<bool> HasAnyAsync(Session session, CancellationToken cancel) => session.ExistsAsync("raw.backlog_forecast", cancel);

    const string Columns = """
        select
            forecast.as_of_date as "AsOf", forecast.target_date as "Target", forecast.target_code as "Code", province.province_name as "Province", agency.agency_name as "Agency",
            forecast.measure_code as "Measure", forecast.expected_count as "Expected", forecast.low_50_count as "Low50", forecast.high_50_count as "High50",
            forecast.low_90_count as "Low90", forecast.high_90_count as "High90", forecast.last_count as "Last", forecast.year_ago_count as "YearAgo"
        from warehouse.fact_backlog_forecast as forecast
        left join warehouse.dim_province as province on forecast.province_key = province.province_key and forecast.level_code <> 'whole'
        left join warehouse.dim_agency as agency on forecast.agency_key = agency.agency_key and forecast.level_code = 'agency'

        """;

    sealed class Row
    {
        public string Measure { get; init; } = "";
        public int Step { get; init; }
        public long Forecasts { get; init; }
        public double Sum { get; init; }
        public double Error { get; init; }
        public double LastError { get; init; }
        public long Years { get; init; }
        public double? YearError { get; init; }
        public double ErrorThere { get; init; }
        public long Intervals { get; init; }
        public long Covered { get; init; }
    }
}
