using Warehouse.Engines;
using static Warehouse.Engines.ColumnType;

namespace Warehouse.Raw;

/// <summary>
/// The tables in which etl and sql/ meet: typed, checked rows as received, one set of rows per load. Everything but the
/// reference tables and the run log carries <c>load_key</c>, is appended once and never changed.
/// </summary>
public static class RawTables
{
    /// <summary>One row per feed: what reads it, in which scope its rows count, and how its categories are called.</summary>
    public static readonly TableShape Source = Shape("source",
        Key("source_key"), Code("feed_code"), Code("system_code"), Name("source_name"), Name("source_name_en"), Code("scope_code"),
        Code("kind_code"), Code("time_zone"), Name("licence"), Flag("is_generated"), Flag("is_trend_only"),
        Name("category_1_label"), Name("category_2_label"), Name("category_3_label"), Name("category_4_label"),
        Name("category_5_label"), Name("category_6_label"), Name("category_7_label"), Name("category_8_label"));

    /// <summary>One row per column of a feed: where it comes from and when its value is known (opening, event, final).</summary>
    public static readonly TableShape FeedColumn = Shape("feed_column",
        Key("source_key"), Code("record_code"), Code("column_name"), Name("from_text"), Code("known_code"));

    /// <summary>One row per load: a part of a feed that was kept as a unit, with its counts.</summary>
    public static readonly TableShape Batch = Shape("batch",
        Key("load_key"), Key("source_key"), Code("record_code"), Name("part_name"), new("identity_text", Text, 400), new("watermark", Text, 200),
        new("received_count", BigInt), new("accepted_count", BigInt), new("quarantined_count", BigInt), new("withheld_count", BigInt),
        new("unchanged_count", BigInt), Name("list_name"), Day("extract_date"));

    /// <summary>
    /// One row per task and load that told something new of it. <c>content_key</c> is a hash of what was received of the row
    /// and of the feed that read it: a row that an extract tells again alike is counted and not kept twice.
    /// </summary>
    public static readonly TableShape Task = Shape("task",
        Key("task_key"), Key("load_key"), Key("source_key"), Key("parent_key"), Key("carried_from_key"), new("province_key", Integer),
        Key("agency_name_key"), Key("assigner_key"), new("assigner_level_key", SmallInt), new("task_kind_key", SmallInt),
        Key("programme_key"), Key("document_key"), Key("status_key"), Key("content_key"), new("row_no", BigInt),
        new("task_code", Text, 200), Code("lifecycle_code"), new("title", Text),
        Flag("requires_confirmation"), Flag("is_deleted"),
        Day("assigned_date"), Day("started_date"), Day("due_date"), Day("overdue_date"), Day("due_original_date"), Day("due_original_overdue_date"),
        Day("reported_date"), Day("completed_date"), Day("withdrawn_date"),
        Instant("assigned_at"), Instant("due_at"), Instant("due_original_at"), Instant("reported_at"), Instant("completed_at"), Instant("updated_at"));

    /// <summary>
    /// One row per task delivery that has any of these: what systems know besides. Apart from <see cref="Task"/> because an
    /// empty text column costs as much to load as a full one.
    /// </summary>
    public static readonly TableShape TaskDetail = Shape("task_detail",
        Key("task_key"), Key("load_key"), Code("due_granularity"), Name("source_timeliness"), Code("urgency"), Name("focal_officer"),
        Name("category_1"), Name("category_2"), Name("category_3"), Name("category_4"),
        Name("category_5"), Name("category_6"), Name("category_7"), Name("category_8"));

    /// <summary>One row per task delivery and later one that replaced it; what is not listed here is current.</summary>
    public static readonly TableShape TaskSuperseded = Shape("task_superseded", Key("task_key"), Key("load_key"), Key("by_load_key"));

    /// <summary>One row per task and load that told nothing new of it: which delivery it told again.</summary>
    public static readonly TableShape TaskToldAgain = Shape("task_told_again", Key("task_key"), Key("load_key"), Key("as_load_key"));

    /// <summary>One row per event and load that told nothing new of it: which delivery it told again.</summary>
    public static readonly TableShape TaskEventToldAgain = Shape("task_event_told_again", Key("event_key"), Key("load_key"), Key("as_load_key"));

    /// <summary>One row per task that an extract of its list left out although an earlier one had it.</summary>
    public static readonly TableShape TaskAbsence = Shape("task_absence", Key("task_key"), Key("load_key"));

    /// <summary>One row per task and load that came late and put what others had told of the task into another order.</summary>
    public static readonly TableShape TaskRestated = Shape("task_restated", Key("task_key"), Key("load_key"));

    /// <summary>One row per thing that happened to a task, as its source recorded it.</summary>
    public static readonly TableShape TaskEvent = Shape("task_event",
        Key("event_key"), Key("task_key"), Key("load_key"), Key("source_key"), Key("agency_name_key"), Key("document_key"), Key("content_key"), new("row_no", BigInt),
        Code("event_code"), Code("lifecycle_code"), Code("cause_code"), new("event_text", Text), new("percent_done", ColumnType.Double), Flag("has_content"),
        Day("event_date"), Day("due_date"), Day("overdue_date"), Day("old_due_date"), Day("recorded_date"),
        Instant("event_at"), Instant("due_at"));

    /// <summary>
    /// One row per event delivery that has any of these: what few events say. Apart from <see cref="TaskEvent"/> for the reason
    /// that <see cref="TaskDetail"/> is.
    /// </summary>
    public static readonly TableShape TaskEventDetail = Shape("task_event_detail",
        Key("event_key"), Key("load_key"), Code("outcome_code"), new("plan_text", Text), new("rating", ColumnType.Double));

    /// <summary>One row per event delivery and later one that replaced it.</summary>
    public static readonly TableShape TaskEventSuperseded = Shape("task_event_superseded", Key("event_key"), Key("load_key"), Key("by_load_key"));

    /// <summary>One row per co-operating agency of a task and load.</summary>
    public static readonly TableShape TaskAgency = Shape("task_agency", Key("task_key"), Key("agency_name_key"), Key("load_key"));

    /// <summary>One row per agency name met in a load: what <c>agency_name_key</c> stands for.</summary>
    public static readonly TableShape AgencyName = Shape("agency_name",
        Key("agency_name_key"), Key("load_key"), Key("source_key"), new("province_key", Integer), Name("agency_name"));

    /// <summary>One row per unit and period of validity, as the source's own list of agencies says.</summary>
    public static readonly TableShape Agency = Shape("agency",
        Key("agency_key"), Key("load_key"), Key("source_key"), new("province_key", Integer), new("row_no", BigInt), new("agency_code", Text, 200), Name("agency_name"), Code("kind_code"), Code("level_code"),
        Name("parent_name"), Day("valid_from"), Day("valid_to"), new("agency_id", Text, 200), Key("unit_name_key"));

    /// <summary>One row per successor that the source's own list of agencies names, by the source's own id.</summary>
    public static readonly TableShape AgencySuccession = Shape("agency_succession",
        Key("load_key"), Key("source_key"), new("from_agency_code", Text, 200), new("to_agency_id", Text, 200));

    /// <summary>One row per task and load that was taken over from another unit's task, with that task.</summary>
    public static readonly TableShape TaskTakenOver = Shape("task_taken_over", Key("task_key"), Key("load_key"), Key("from_task_key"));

    /// <summary>One row per name under which an agency is known in a period; a name that was used again resolves by date.</summary>
    public static readonly TableShape AgencyAlias = Shape("agency_alias",
        Key("agency_name_key"), Key("load_key"), new("agency_code", Text, 200), Day("valid_from"), Day("valid_to"));

    /// <summary>One row per assigner met in a load.</summary>
    public static readonly TableShape Assigner = Shape("assigner",
        Key("assigner_key"), Key("load_key"), new("assigner_level_key", SmallInt), Name("assigner_name"));

    /// <summary>One row per programme met in a load.</summary>
    public static readonly TableShape Programme = Shape("programme",
        Key("programme_key"), Key("load_key"), new("programme_year", Integer), Name("programme_name"));

    /// <summary>One row per assigning document met in a load.</summary>
    public static readonly TableShape Document = Shape("document",
        Key("document_key"), Key("load_key"), new("document_year", Integer), Name("document_number"), Name("document_symbol"), Name("issuer_name"), Day("issued_date"));

    /// <summary>One row per status word met in a load, as its source writes it: what <c>status_key</c> stands for.</summary>
    public static readonly TableShape StatusWord = Shape("status_word", Key("status_key"), Key("load_key"), Key("source_key"), Name("source_status"));

    /// <summary>One row per change of a work programme and load: a task added, withdrawn or adjusted, with the reason and decision given.</summary>
    public static readonly TableShape ProgrammeChange = Shape("programme_change",
        Key("change_key"), Key("task_key"), Key("earlier_task_key"), Key("load_key"), Key("source_key"), new("province_key", Integer), Key("agency_name_key"),
        Key("programme_key"), Key("document_key"), new("row_no", BigInt), Code("change_code"), Code("cause_code"), new("title", Text), new("reason_text", Text),
        Day("change_date"), Day("due_date"), Day("old_due_date"));

    /// <summary>One row per different word in the title of a programme task and load, folded: what titles are compared by.</summary>
    public static readonly TableShape TaskWord = Shape("task_word", Key("task_key"), Key("word_key"), Key("load_key"));

    /// <summary>One row per conference and load: its day as the calendar told it then, and how entry is locked before it.</summary>
    public static readonly TableShape Conference = Shape("conference",
        Key("conference_key"), Key("load_key"), Key("source_key"), new("province_key", Integer), Key("programme_key"), new("row_no", BigInt),
        new("conference_code", Text, 200), Name("conference_name"), Code("lock_rule_code"), Code("required_update_code"), new("lock_days", Integer),
        new("bunching_days", Integer), Day("conference_date"));

    /// <summary>One row per figure that somebody printed, to reconcile with.</summary>
    public static readonly TableShape PublishedTotal = Shape("published_total",
        Key("load_key"), Key("source_key"), new("province_key", Integer), new("row_no", BigInt), Code("total_code"), Code("item_code"), Name("place_name"), Name("printed_text"),
        new("reference_text", Text), new("printed_value", ColumnType.Double), new("tolerance", ColumnType.Double), Flag("is_compared"), Day("period_from"), Day("period_to"), Day("as_of_date"));

    /// <summary>One row per agency that was asked for a plan on what it has overdue, and load: until when, and when the plan came.</summary>
    public static readonly TableShape PlanRequest = Shape("plan_request",
        Key("plan_request_key"), Key("load_key"), Key("source_key"), Key("agency_name_key"), Key("document_key"), new("province_key", Integer), new("row_no", BigInt),
        new("request_code", Text, 200), new("request_text", Text), new("plan_text", Text), new("overdue_year", Integer),
        Day("requested_date"), Day("due_date"), Day("overdue_date"), Day("received_date"), Instant("due_at"), Instant("received_at"));

    /// <summary>One row per received row that was not accepted: what came, where, and which rule refused it. <c>record_key</c> is its task's, where that could be read.</summary>
    public static readonly TableShape Quarantine = Shape("quarantine",
        Key("quarantine_key"), Key("load_key"), Key("source_key"), Key("record_key"), new("row_no", BigInt), Code("record_code"), Code("rule_code"), Name("column_name"),
        new("reason", Text), new("received_text", Text), new("received_row", Text));

    /// <summary>One row per quarantined row that was corrected and accepted.</summary>
    public static readonly TableShape QuarantineResolved = Shape("quarantine_resolved", Key("quarantine_key"), Key("load_key"));

    /// <summary>One row per task whose row was withheld as secret: its key only, so that its events are withheld too.</summary>
    public static readonly TableShape WithheldTask = Shape("withheld_task", Key("task_key"), Key("load_key"), Key("source_key"));

    /// <summary>One row per record of a feed: how far it was loaded. Changes in the transaction of the rows it stands for.</summary>
    public static readonly TableShape Watermark = Shape("watermark", Key("source_key"), Code("record_code"), new("watermark", Text, 200), Key("load_key"));

    /// <summary>The keys of tasks or events whose deliveries a load puts in order; means nothing after the load.</summary>
    public static readonly TableShape SettledKey = Shape("settled_key", Key("record_key"));

    /// <summary>What all loads tell of those tasks or events, looked up once; means nothing after the load.</summary>
    public static readonly TableShape SettledTelling = Shape("settled_telling", Key("record_key"), Key("load_key"), Key("content_key"), Instant("updated_at"));

    /// <summary>One row while a build replays what was known on an earlier day: that day. Else empty.</summary>
    public static readonly TableShape ReplayedDay = Shape("replayed_day", Day("extract_date"));

    /// <summary>One row per day for whose beginning features of the risk model are asked. Empty but for the time of a prediction or a backtest.</summary>
    public static readonly TableShape Landmark = Shape("landmark", Day("landmark_date"));

    /// <summary>One row per task, day and model version: what the risk model said of the open task at the end of the day. Appended, never changed.</summary>
    public static readonly TableShape TaskRisk = Shape("task_risk",
        Key("task_key"), Key("source_key"), Key("agency_key"), new("province_key", Integer), Code("model_version"), Code("learner_code"), Code("band_code"),
        new("reason_text", Text), new("reason_text_en", Text), new("probability", ColumnType.Double), new("probability_first", ColumnType.Double),
        Day("as_of_date"), Day("due_date"), Day("finish_date"), Day("finish_low_50_date"), Day("finish_high_50_date"), Day("finish_low_90_date"), Day("finish_high_90_date"));

    /// <summary>
    /// One row per day, day forecast, unit and measure: how many tasks were expected to be open, or overdue, at the end of the day.
    /// Appended, never changed. is_retrospective: made later, from what was known at the end of as_of_date.
    /// </summary>
    public static readonly TableShape BacklogForecast = Shape("backlog_forecast",
        Code("level_code"), new("province_key", Integer), Key("agency_key"), Code("measure_code"), Code("target_code"), new("step_no", Integer), Code("method_version"), Flag("is_retrospective"),
        new("expected_count", ColumnType.Double), new("low_50_count", ColumnType.Double), new("high_50_count", ColumnType.Double), new("low_90_count", ColumnType.Double), new("high_90_count", ColumnType.Double),
        new("last_count", BigInt), new("year_ago_count", BigInt), Day("as_of_date"), Day("target_date"));

    /// <summary>One row per window of a query or an API: which it was of its record, for a later window is newer whatever its rows say.</summary>
    public static readonly TableShape LoadWindow = Shape("load_window", Key("load_key"), Key("source_key"), Code("record_code"), new("window_no", Integer));

    /// <summary>One row per step of a run: attempts and clock times, which are nowhere else and differ between runs that are otherwise equal.</summary>
    public static readonly TableShape RunLog = Shape("run_log",
        Key("run_key"), new("step_no", Integer), Key("source_key"), Key("load_key"), Code("verb_code"), Code("step_code"), new("feed_code", Text, 200), Code("record_code"), Name("part_name"),
        Code("outcome_code"), new("message_text", Text), new("attempt_count", Integer), new("exit_code", Integer),
        new("received_count", BigInt), new("accepted_count", BigInt), new("quarantined_count", BigInt), new("withheld_count", BigInt),
        new("seconds", ColumnType.Double), Instant("started_at"), Instant("ended_at"));

    /// <summary>Tables whose rows belong to a load.</summary>
    public static readonly IReadOnlyList<TableShape> OfLoads =
    [
        Batch, LoadWindow, Task, TaskDetail, TaskSuperseded, TaskToldAgain, TaskEventToldAgain, TaskAbsence, TaskRestated, TaskEvent, TaskEventDetail, TaskEventSuperseded, TaskAgency, AgencyName, Agency, AgencyAlias, AgencySuccession, TaskTakenOver, Assigner, Programme, Document, StatusWord,
        PublishedTotal, PlanRequest, ProgrammeChange, TaskWord, Conference, Quarantine, QuarantineResolved, WithheldTask,
    ];

    /// <summary>What extracts tell of tasks and events, which the next extract is held against.</summary>
    public static readonly IReadOnlyList<TableShape> OfTellings =
    [
        Task, TaskDetail, TaskAgency, TaskWord, TaskTakenOver, TaskSuperseded, TaskToldAgain, TaskAbsence,
        TaskEvent, TaskEventDetail, TaskEventSuperseded, TaskEventToldAgain,
    ];

    /// <summary>Every table of the raw layer.</summary>
    public static readonly IReadOnlyList<TableShape> All = [Source, FeedColumn, Watermark, ReplayedDay, Landmark, TaskRisk, BacklogForecast, SettledKey, SettledTelling, RunLog, .. OfLoads, .. ReferenceTables.All];

    internal static TableShape Shape(string name, params Column[] columns) => new("raw", name, columns);

    internal static Column Key(string name) => new(name, BigInt);

    internal static Column Code(string name) => new(name, Text, 60);

    internal static Column Name(string name) => new(name, Text, 400);

    internal static Column Flag(string name) => new(name, SmallInt);

    internal static Column Day(string name) => new(name, Date);

    internal static Column Instant(string name) => new(name, Timestamp);
}
