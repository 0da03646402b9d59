using Warehouse.Engines;

namespace Warehouse.Risk;

/// <summary>A task that is worth urging: its cost is the chance of missing the deadline times what missing it costs.</summary>
public sealed class Alarm
{
    public long TaskKey { get; init; }
    public string TaskCode { get; init; } = "";
    public string Title { get; init; } = "";
    public string Agency { get; init; } = "";
    public DateTime DueDate { get; init; }
    public double Probability { get; init; }
    public double ExpectedCost { get; init; }
    public string Reason { get; init; } = "";
}

/// <summary>What a list of so many tasks would have caught on one earlier day.</summary>
public sealed class Caught
{
    public DateTime AsOf { get; init; }
    public long Late { get; init; }
    public long CaughtLate { get; init; }
    public long Listed { get; init; }
}

/// <summary>
/// "We can chase 50 tasks a week": which, by chance times cost. Missing a deadline costs 1; a key task, or one assigned by
/// the centre or the Party, costs as much again each; days late that are expected beyond the deadline add up to two more.
/// </summary>
public static class AlarmBudget
{
    /// <summary>Of a row of fact_task_risk with its task, kind and assigner level: chance times what missing the deadline costs.</summary>
    internal const string Cost = """
        fact_task_risk.probability * (
            1 + case when dim_task_kind.task_kind_code = 'key' then 1 else 0 end
            + case when dim_assigner_level.assigner_level_code in ('central', 'party') then 1 else 0 end
            + case
                when fact_task_risk.finish_date is null or fact_task_risk.finish_date <= fact_task_risk.due_date then 0
                when fn.days_between(fact_task_risk.due_date, fact_task_risk.finish_date) >= 60 then 2
                else fn.days_between(fact_task_risk.due_date, fact_task_risk.finish_date) / cast(30 as double precision)
            end
        )
        """;

    // The newest is numbered and not joined: PostgreSQL takes rows that three columns join for one, and reads whatever is joined to it once for each.
    const string Costs = $$"""
        with told as (
            select fact_task_risk.*, row_number() over (partition by task_key, as_of_date order by model_version desc) as recency
            from warehouse.fact_task_risk
            where as_of_date <= @day and as_of_date > @from
        ),

        costs as (
            select
                fact_task_risk.task_key, fact_task_risk.as_of_date, fact_task_risk.agency_key, fact_task_risk.due_date,
                fact_task_risk.probability, fact_task_risk.reason_text, fact_task_risk.model_version,
                {{Cost}} as expected_cost
            from told as fact_task_risk
            join warehouse.fact_task on fact_task_risk.task_key = fact_task.task_key
            left join warehouse.dim_task_kind on fact_task.task_kind_key = dim_task_kind.task_kind_key
            left join warehouse.dim_assigner_level on fact_task.assigner_level_key = dim_assigner_level.assigner_level_key
            where fact_task_risk.recency = 1 and fact_task_risk.band_code <> 'certain'
        ),

        ranked as (
            select costs.*, row_number() over (partition by as_of_date order by expected_cost desc, due_date, task_key) as rank_no
            from costs
        )

        """;

    /// <summary>The tasks of the newest prediction up to a day, dearest first.</summary>
    public static async Task<IReadOnlyList<Alarm>> ListAsync(Session session, int budget, DateOnly day, CancellationToken cancel) => [.. await session.ReadAsync<Alarm>(Costs + """
        select
            ranked.task_key as TaskKey, task_text.task_code as TaskCode, task_text.title as Title, dim_agency.agency_name as Agency, ranked.due_date as DueDate,
            ranked.probability as Probability, ranked.expected_cost as ExpectedCost, ranked.reason_text as Reason
        from ranked
        join warehouse.task_text on ranked.task_key = task_text.task_key
        left join warehouse.dim_agency on ranked.agency_key = dim_agency.agency_key
        where ranked.as_of_date = (select max(as_of_date) from ranked) and ranked.rank_no <= @budget
        order by ranked.rank_no
        """, Parameters(budget, day, 3650), cancel)];

    /// <summary>What the same budget would have caught on each day predicted for in the last 26 weeks, of what has come true since.</summary>
    public static async Task<IReadOnlyList<Caught>> CaughtAsync(Session session, int budget, DateOnly day, CancellationToken cancel) => [.. await session.ReadAsync<Caught>(Costs + """
        select
            ranked.as_of_date as AsOf, sum(cast(outcome.is_late as bigint)) as Late,
            sum(case when ranked.rank_no <= @budget then cast(outcome.is_late as bigint) else 0 end) as CaughtLate,
            sum(case when ranked.rank_no <= @budget then cast(1 as bigint) else 0 end) as Listed
        from ranked
        join warehouse.fact_task_risk_outcome as outcome
            on ranked.task_key = outcome.task_key
            and ranked.as_of_date = outcome.as_of_date
            and ranked.model_version = outcome.model_version
        group by ranked.as_of_date
        order by ranked.as_of_date
        """, Parameters(budget, day, 7 * 26), cancel)];

    static object Parameters(int budget, DateOnly day, int back) => new { budget, day = day.ToDateTime(TimeOnly.MinValue), from = day.AddDays(-back).ToDateTime(TimeOnly.MinValue) };
}
