using Warehouse.Engines;

namespace Reports.Published;

/// <summary>The newest thing that an agency said it would do about a task, or what keeps it from it.</summary>
/// <param name="Event"><c>deadline_reported</c> with a plan, or <c>obstacle</c>.</param>
public sealed record NextStep(string Event, string Text, DateOnly Day)
{
    /// <param name="tasks">Their keys; a task of which nothing was said is not in the answer.</param>
    public static async Task<IReadOnlyDictionary<long, NextStep>> ReadAsync(Session session, IReadOnlyList<long> tasks, DateOnly asOf, CancellationToken cancel)
    {
        if (tasks.Count == 0) return new Dictionary<long, NextStep>();
        // Keys are numbers of our own: they stand in the statement as they are.
        var sql = $"""
            with told as (
                select
                    fact_task_event.task_key, fact_task_event.event_code, fact_task_event.event_date,
                    coalesce(fact_task_event_detail.plan_text, task_event.event_text) as step_text,
                    row_number() over (
                        partition by fact_task_event.task_key order by fact_task_event.event_date desc, fact_task_event.event_key
                    ) as recency
                from warehouse.fact_task_event
                left join warehouse.fact_task_event_detail on fact_task_event.event_key = fact_task_event_detail.event_key
                left join raw.task_event
                    on fact_task_event.event_key = task_event.event_key
                    and fact_task_event.load_key = task_event.load_key
                where fact_task_event.task_key in ({string.Join(", ", tasks)})
                    and fact_task_event.event_date <= @asOf
                    and (fact_task_event.event_code = 'obstacle' or fact_task_event_detail.plan_text is not null)
            )

            select task_key as "TaskKey", event_code as "Event", event_date as "Day", step_text as "Text"
            from told
            where recency = 1 and step_text is not null
            """;
        var rows = await session.ReadAsync<Row>(sql, new { asOf = asOf.ToDateTime(TimeOnly.MinValue) }, cancel);
        return rows.ToDictionary(row => row.TaskKey, row => new NextStep(row.Event, row.Text, row.Day));
    }

    sealed class Row
    {
        public long TaskKey { get; set; }
        public string Event { get; set; } = "";
        public DateOnly Day { get; set; }
        public string Text { get; set; } = "";
    }
}
