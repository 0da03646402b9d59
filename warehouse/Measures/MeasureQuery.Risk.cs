using Warehouse.Engines;
using Warehouse.Risk;

namespace Warehouse.Measures;

/// <summary>What was predicted of the tasks behind a number: the newest prediction up to the day that is asked for.</summary>
public sealed partial class MeasureQuery
{
    /// <param name="band">One of <see cref="RiskBand"/>; null lists what is not overdue yet, and counts every band.</param>
    /// <returns>Null where nothing was predicted up to that day.</returns>
    /// <exception cref="CatalogException">A measure, dimension or value does not exist, or the measure is a rate.</exception>
    public async Task<RiskList?> RisksAsync(Session session, TaskRequest request, string? band, CancellationToken cancel)
    {
        if (!await session.ExistsAsync("raw.task_risk", cancel)) return null;
        var filter = new MeasureFilter("", new());
        var (listed, _) = await ListedSqlAsync(session, request, filter, cancel);
        var newest = await session.ReadValueAsync<DateTime?>("select max(as_of_date) from warehouse.fact_task_risk where as_of_date <= @as_of", filter.Parameters, cancel);
        if (newest is not { } at) return null;
        var day = DateOnly.FromDateTime(at);
        var predicted = $"""
            {listed},

            predictions as (
                select fact_task_risk.*, row_number() over (partition by task_key order by model_version desc) as recency
                from warehouse.fact_task_risk
                where as_of_date = {filter.SetDay("predicted_day", day)}
            ),

            predicted as (
                select
                    quiet.source_key, quiet.province_key, quiet.agency_key, fact_task_risk.task_key, fact_task_risk.due_date,
                    fact_task_risk.band_code, fact_task_risk.probability, fact_task_risk.probability_first,
                    fact_task_risk.finish_date, fact_task_risk.finish_low_50_date, fact_task_risk.finish_high_50_date,
                    fact_task_risk.finish_low_90_date, fact_task_risk.finish_high_90_date,
                    fact_task_risk.reason_text, fact_task_risk.reason_text_en,
                    {AlarmBudget.Cost} as expected_cost
                from quiet
                join predictions as fact_task_risk
                    on quiet.task_key = fact_task_risk.task_key
                    and fact_task_risk.recency = 1
                join warehouse.fact_task on quiet.task_key = fact_task.task_key
                left join warehouse.dim_task_kind on fact_task.task_kind_key = dim_task_kind.task_kind_key
                left join warehouse.dim_assigner_level on fact_task.assigner_level_key = dim_assigner_level.assigner_level_key
            )
            """;
        var view = filter.View(request.View);
        filter.Parameters.Add("band", band);
        filter.Parameters.Add("skip", request.Skip);
        filter.Parameters.Add("take", request.Take);
        var bands = await session.ReadAsync<RiskBandCount>($"{predicted}\n\nselect band_code as \"Band\", count(*) as \"Tasks\", sum(probability) as \"ExpectedLate\" from predicted group by band_code", filter.Parameters, cancel);
        var tasks = (await session.ReadAsync<RiskyTask>($"""
            {predicted},

            paged as (
                select *
                from predicted
                where {(band is null ? $"band_code <> '{RiskBand.Certain}'" : "band_code = @band")}
                order by expected_cost desc, due_date, task_key
                offset @skip rows fetch next @take rows only
            )

            select
                paged.task_key as "TaskKey", dim_source.feed_code as "Feed",
                province.province_name as "Province", agency.agency_name as "Agency", paged.expected_cost as "Cost",
                {StoredRisk.Columns("paged")}
            from paged
            join warehouse.dim_source on paged.source_key = dim_source.source_key
            {request.View.Join("province", "paged", view)}
            {request.View.Join("agency", "paged", view)}
            order by paged.expected_cost desc, paged.due_date, paged.task_key
            """, filter.Parameters, cancel)).ToList();
        await AddTextsAsync(session, tasks, cancel);
        return new(day, [.. bands], tasks);
    }
}
