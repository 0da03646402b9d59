using Warehouse.Engines;
using Warehouse.Forecast;
using Warehouse.Measures;

namespace Reports.Published;

/// <summary>A forecast of the backlog of a place, under the names of the view.</summary>
public sealed class ForecastRow : StoredForecast
{
    public int IsRetrospective { get; init; }

    /// <summary>What the count was, as known now; null where the day has not come.</summary>
    public long? Actual { get; init; }
}

/// <summary>What was forecast of a place, and what came of it.</summary>
public static class ForecastRows
{
    /// <summary>Forecasts up to a day: the newest of each month, as they were made. Units that the view shows as one are added, the squares of their intervals too.</summary>
    public static async Task<IReadOnlyList<ForecastRow>> ReadAsync(Session session, UnitView view, string? province, string? agency, DateOnly asOf, CancellationToken cancel)
    {
        if (!await session.ExistsAsync("raw.backlog_forecast", cancel)) return [];
        var level = agency is not null ? Told.Agency : province is not null ? Told.Province : Told.Whole;
        return [.. await session.ReadAsync<ForecastRow>($"""
            with days as (
                select fn.month_start(as_of_date) as month_start_date, max(as_of_date) as as_of_date
                from warehouse.fact_backlog_forecast
                where level_code = @level and as_of_date <= @day
                group by fn.month_start(as_of_date)
            )

            select
                forecast.as_of_date as "AsOf", forecast.target_date as "Target", forecast.target_code as "Code", forecast.measure_code as "Measure",
                sum(forecast.expected_count) as "Expected",
                sum(forecast.expected_count) - sqrt(sum((forecast.expected_count - forecast.low_50_count) * (forecast.expected_count - forecast.low_50_count))) as "Low50",
                sum(forecast.expected_count) + sqrt(sum((forecast.high_50_count - forecast.expected_count) * (forecast.high_50_count - forecast.expected_count))) as "High50",
                sum(forecast.expected_count) - sqrt(sum((forecast.expected_count - forecast.low_90_count) * (forecast.expected_count - forecast.low_90_count))) as "Low90",
                sum(forecast.expected_count) + sqrt(sum((forecast.high_90_count - forecast.expected_count) * (forecast.high_90_count - forecast.expected_count))) as "High90",
                cast(sum(forecast.last_count) as bigint) as "Last", cast(sum(forecast.year_ago_count) as bigint) as "YearAgo",
                cast(max(forecast.is_retrospective) as integer) as "IsRetrospective",
                cast(case when forecast.target_date <= @day then sum(outcome.actual_count) end as bigint) as "Actual"
            from warehouse.fact_backlog_forecast as forecast
            join days on forecast.as_of_date = days.as_of_date
            {view.Join("province", "forecast", "@view")}
            {view.Join("agency", "forecast", "@view")}
            left join warehouse.fact_backlog_forecast_outcome as outcome
                on forecast.as_of_date = outcome.as_of_date
                and forecast.target_date = outcome.target_date
                and forecast.target_code = outcome.target_code
                and forecast.level_code = outcome.level_code
                and forecast.province_key = outcome.province_key
                and forecast.agency_key = outcome.agency_key
                and forecast.measure_code = outcome.measure_code
            where forecast.level_code = @level{(province is null ? "" : " and province.province_name = @province")}{(agency is null ? "" : " and agency.agency_name = @agency")}
            group by forecast.as_of_date, forecast.target_date, forecast.target_code, forecast.measure_code
            order by forecast.as_of_date, forecast.target_date, forecast.target_code, forecast.measure_code
            """, new { level, view = view.Code(), province, agency, day = asOf.ToDateTime(TimeOnly.MinValue) }, cancel)];
    }
}
