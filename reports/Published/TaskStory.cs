using Warehouse.Engines;
using Warehouse.Risk;
using Warehouse.Wording;

namespace Reports.Published;

/// <summary>All that the publication says of one task up to a day.</summary>
public sealed record TaskStory(
    TaskStory.Row Task, IReadOnlyList<TaskStory.Event> Events, IReadOnlyList<TaskStory.Span> Spans, IReadOnlyList<TaskStory.Deadline> Deadlines,
    IReadOnlyList<string> CoAgencies, IReadOnlyList<TaskStory.FeedColumn> Columns, IReadOnlyList<TaskStory.Risk> Risks)
{
    /// <returns>Null where the source has no task of this code.</returns>
    public static async Task<TaskStory?> ReadAsync(Session session, string feed, string code, DateOnly asOf, CancellationToken cancel)
    {
        var task = (await session.ReadAsync<Row>(TaskSql, new { feed, code, as_of = asOf.ToDateTime(TimeOnly.MinValue) }, cancel)).FirstOrDefault();
        if (task is null) return null;
        var of = new { key = task.TaskKey, source = task.SourceKey, as_of = asOf.ToDateTime(TimeOnly.MinValue) };
        return new(
            task,
            [.. await session.ReadAsync<Event>(EventSql, of, cancel)],
            [.. await session.ReadAsync<Span>(SpanSql, of, cancel)],
            [.. await session.ReadAsync<Deadline>(DeadlineSql, of, cancel)],
            [.. (await session.ReadAsync<string>(AgencySql, of, cancel)).Order(Alphabet.Vietnamese)],
            [.. await session.ReadAsync<FeedColumn>(ColumnSql, of, cancel)],
            await session.ExistsAsync("raw.task_risk", cancel) ? [.. await session.ReadAsync<Risk>(RiskSql, of, cancel)] : []);
    }

    /// <summary>The state at the end of the day; of a task that was assigned later the first one.</summary>
    const string TaskSql = """
        with asked as (
            select task_text.task_key, task_text.task_code, task_text.title, task_text.source_status, dim_source.feed_code
            from warehouse.task_text
            join warehouse.dim_source on task_text.source_key = dim_source.source_key
            where dim_source.feed_code = @feed and task_text.task_code = @code
        )

        select
            asked.task_key as "TaskKey", fact_task.source_key as "SourceKey", fact_task.load_key as "LoadKey", fact_task.row_no as "RowNo", asked.feed_code as "Feed",
            asked.task_code as "Code", asked.title as "Title", asked.source_status as "SourceStatus",
            dim_agency.agency_name as "Agency", dim_province.province_name as "Province",
            dim_task_kind.task_kind_name as "Kind", dim_task_kind.task_kind_name_en as "KindEn", dim_assigner.assigner_name as "Assigner",
            dim_assigner_level.assigner_level_name as "Level", dim_assigner_level.assigner_level_name_en as "LevelEn",
            cast(case when dim_document.document_key <> 0 then dim_document.document_number end as varchar(4000)) as "Document", dim_document.issuer_name as "Issuer", dim_document.issued_date as "Issued",
            fact_task_state.lifecycle_code as "Lifecycle", cast(fact_task_state.is_open as integer) as "IsOpen", cast(fact_task_state.is_late as integer) as "IsLate",
            fact_task_state.assigned_date as "Assigned", fact_task_state.due_date as "Due", fact_task_state.overdue_from as "Overdue", fact_task_state.completed_date as "Completed",
            fact_task.due_original_date as "DueFirst", fact_task.reported_date as "Reported",
            cast(fact_task.extension_count as bigint) as "Extensions", cast(fact_task.refusal_count as bigint) as "Refusals",
            cast(fact_task.reminder_count as bigint) as "Reminders", cast(fact_task.reassignment_count as bigint) as "Handovers",
            dim_load.part_name as "Part", dim_load.extract_date as "Extract"
        from asked
        join warehouse.fact_task on asked.task_key = fact_task.task_key
        join warehouse.fact_task_state on asked.task_key = fact_task_state.task_key
        join warehouse.dim_agency on fact_task_state.agency_key = dim_agency.agency_key
        join warehouse.dim_province on fact_task_state.province_key = dim_province.province_key
        left join warehouse.dim_task_kind on fact_task.task_kind_key = dim_task_kind.task_kind_key
        left join warehouse.dim_assigner on fact_task.assigner_key = dim_assigner.assigner_key and dim_assigner.assigner_key <> 0
        left join warehouse.dim_assigner_level on fact_task.assigner_level_key = dim_assigner_level.assigner_level_key
        left join warehouse.dim_document on fact_task.document_key = dim_document.document_key
        left join warehouse.dim_load on fact_task.load_key = dim_load.load_key
        order by case when fact_task_state.valid_from <= @as_of and fact_task_state.valid_to > @as_of then 0 else 1 end, fact_task_state.valid_from
        """;

    const string EventSql = """
        select
            fact_task_event.event_date as "Day", fact_task_event.event_code as "Code", task_event.event_text as "Text", fact_task_event_detail.plan_text as "Plan",
            dim_agency.agency_name as "Agency", fact_task_event.due_date as "Due", cast(fact_task_event.is_from_difference as integer) as "IsFromDifference",
            dim_load.part_name as "Part", fact_task_event.row_no as "RowNo"
        from warehouse.fact_task_event
        left join raw.task_event on fact_task_event.event_key = task_event.event_key and fact_task_event.load_key = task_event.load_key
        left join warehouse.fact_task_event_detail on fact_task_event.event_key = fact_task_event_detail.event_key
        left join warehouse.dim_agency on fact_task_event.agency_key = dim_agency.agency_key
        left join warehouse.dim_load on fact_task_event.load_key = dim_load.load_key
        where fact_task_event.task_key = @key and fact_task_event.event_date <= @as_of
        order by fact_task_event.event_date, fact_task_event.rank_in_day, fact_task_event.event_key
        """;

    const string SpanSql = """
        select
            fact_task_state.valid_from as "From", fact_task_state.valid_to as "To", fact_task_state.lifecycle_code as "Lifecycle", fact_task_state.due_date as "Due",
            dim_agency.agency_name as "Agency"
        from warehouse.fact_task_state
        join warehouse.dim_agency on fact_task_state.agency_key = dim_agency.agency_key
        where fact_task_state.task_key = @key and fact_task_state.valid_from <= @as_of
        order by fact_task_state.valid_from
        """;

    const string DeadlineSql = """
        select
            change_date as "Day", event_code as "Event", old_due_date as "Old", new_due_date as "New", event_text as "Text", cast(is_after_deadline as integer) as "IsAfter"
        from warehouse.fact_deadline_change
        where task_key = @key and known_to = cast('9999-12-31' as date) and change_date <= @as_of
        order by change_date, event_key
        """;

    const string AgencySql = """
        select distinct coalesce(agency_name.agency_name, dim_agency.agency_name)
        from warehouse.bridge_task_agency
        left join warehouse.dim_agency on bridge_task_agency.agency_key = dim_agency.agency_key
        left join raw.agency_name on bridge_task_agency.agency_name_key = agency_name.agency_name_key
        where bridge_task_agency.task_key = @key
        """;

    const string ColumnSql = """
        select column_name as "Name", from_text as "From"
        from raw.feed_column
        where source_key = @source and record_code = 'task'
        order by column_name
        """;

    static readonly string RiskSql = $"""
        select
            as_of_date as "Day", {StoredRisk.Columns("fact_task_risk")},
            learner_code as "Learner", model_version as "Version"
        from warehouse.fact_task_risk
        where task_key = @key and as_of_date <= @as_of
        order by as_of_date desc, model_version desc
        """;

    /// <summary>What one model said of the task at the end of one day.</summary>
    public sealed class Risk : StoredRisk
    {
        public DateOnly Day { get; set; }
        public string Learner { get; set; } = "";
        public string Version { get; set; } = "";
    }

    public sealed class Row
    {
        public long TaskKey { get; set; }
        public long SourceKey { get; set; }
        public long LoadKey { get; set; }
        public long RowNo { get; set; }
        public string Feed { get; set; } = "";
        public string Code { get; set; } = "";
        public string? Title { get; set; }
        public string? SourceStatus { get; set; }
        public string? Agency { get; set; }
        public string? Province { get; set; }
        public string? Kind { get; set; }
        public string? KindEn { get; set; }
        public string? Assigner { get; set; }
        public string? Level { get; set; }
        public string? LevelEn { get; set; }
        public string? Document { get; set; }
        public string? Issuer { get; set; }
        public DateOnly? Issued { get; set; }
        public string Lifecycle { get; set; } = "";
        public int IsOpen { get; set; }
        public int IsLate { get; set; }
        public DateOnly? Assigned { get; set; }
        public DateOnly? Due { get; set; }
        public DateOnly? Overdue { get; set; }
        public DateOnly? Completed { get; set; }
        public DateOnly? DueFirst { get; set; }
        public DateOnly? Reported { get; set; }
        public long Extensions { get; set; }
        public long Refusals { get; set; }
        public long Reminders { get; set; }
        public long Handovers { get; set; }
        public string? Part { get; set; }
        public DateOnly? Extract { get; set; }
    }

    public sealed class Event
    {
        public DateOnly? Day { get; set; }
        public string Code { get; set; } = "";
        public string? Text { get; set; }
        public string? Plan { get; set; }
        public string? Agency { get; set; }
        public DateOnly? Due { get; set; }
        public int IsFromDifference { get; set; }
        public string? Part { get; set; }
        public long? RowNo { get; set; }
    }

    public sealed class Span
    {
        public DateOnly From { get; set; }
        public DateOnly To { get; set; }
        public string Lifecycle { get; set; } = "";
        public DateOnly? Due { get; set; }
        public string? Agency { get; set; }
    }

    public sealed class Deadline
    {
        public DateOnly? Day { get; set; }
        public string Event { get; set; } = "";
        public DateOnly? Old { get; set; }
        public DateOnly? New { get; set; }
        public string? Text { get; set; }
        public int IsAfter { get; set; }
    }

    public sealed class FeedColumn
    {
        public string Name { get; set; } = "";
        public string? From { get; set; }
    }
}
