namespace Etl.Feeds;

/// <summary>The canonical records that feeds deliver.</summary>
public enum RecordKind { Task, TaskEvent, Agency, PublishedTotal, PlanRequest }

/// <summary>What a canonical column holds, and so how its text is read.</summary>
public enum CanonicalType
{
    /// <summary>Free text, kept as it is but for NFC and the blanks around it.</summary>
    Text,
    /// <summary>A name or identifier: inner blanks single, old fonts repaired.</summary>
    Name,
    /// <summary>One of a fixed list of words.</summary>
    Code,
    /// <summary>A date, with or without a time.</summary>
    Moment,
    /// <summary>0 or 1.</summary>
    Flag,
    Number,
    /// <summary>Several names in one text.</summary>
    List,
}

/// <summary>A column of a canonical record. <paramref name="Codes"/> lists the words that a code may be.</summary>
public sealed record CanonicalColumn(string Name, CanonicalType Type, bool Required = false, IReadOnlyList<string>? Codes = null);

/// <summary>Which columns each canonical record has.</summary>
public static class CanonicalRecord
{
    public static readonly IReadOnlyList<string> Lifecycles =
    [
        "not_started", "in_progress", "awaiting_confirmation", "returned", "redo", "assignment_refused", "suspended", "completed",
        "withdrawn", "recalled", "transferred",
    ];

    /// <summary>Events, with the lifecycle that a task has after each; empty where it stays as it is.</summary>
    public static readonly IReadOnlyDictionary<string, string> Events = new Dictionary<string, string>
    {
        ["assigned"] = "not_started", ["started"] = "in_progress", ["progress"] = "", ["obstacle"] = "", ["reminder"] = "",
        ["reported"] = "awaiting_confirmation", ["confirmed"] = "completed", ["confirmation_refused"] = "returned", ["redo"] = "redo",
        ["assignment_refused"] = "assignment_refused", ["reassigned"] = "not_started", ["extension_requested"] = "", ["extended"] = "",
        ["suspended"] = "suspended", ["resumed"] = "in_progress", ["withdrawn"] = "withdrawn", ["recalled"] = "recalled",
        ["transferred"] = "transferred", ["handed_over"] = "", ["reopened"] = "in_progress", ["completed"] = "completed", ["rated"] = "",
        ["deleted"] = "deleted", ["deadline_reported"] = "",
    };

    static readonly string[] AgencyLevels = ["department", "district", "commune", "service_unit"];

    static readonly Dictionary<RecordKind, IReadOnlyList<CanonicalColumn>> Columns = new()
    {
        [RecordKind.Task] =
        [
            new("task_id", CanonicalType.Name, Required: true), Moment("assigned", required: true), Moment("due"), Moment("due_original"),
            new("due_granularity", CanonicalType.Code, Codes: ["hour", "day", "month", "quarter", "year"]),
            new("due_operator", CanonicalType.Code, Codes: ["before", "on_or_before"]),
            Moment("started"), Moment("reported"), Moment("completed"), Moment("withdrawn"),
            new("status", CanonicalType.Code, Codes: Lifecycles), Name("source_timeliness"),
            new("requires_confirmation", CanonicalType.Flag), new("deleted", CanonicalType.Flag), Name("parent_id"), Name("carried_from"),
            Name("province"), Name("agency"), new("co_agencies", CanonicalType.List), Name("assigner"),
            new("assigner_level", CanonicalType.Code, Codes: ["central", "party", "province", "department"]),
            new("task_kind", CanonicalType.Code, Codes: ["key", "routine", "ad_hoc", "programme"]),
            Name("programme"), new("programme_year", CanonicalType.Number), Name("document_number"), Moment("document_date"), Name("document_issuer"),
            new("title", CanonicalType.Text), Name("secrecy"), Name("urgency"), Name("focal_officer"), Moment("updated"),
            .. Enumerable.Range(1, 8).Select(i => Name($"category_{i}")),
        ],
        [RecordKind.TaskEvent] =
        [
            new("task_id", CanonicalType.Name, Required: true), new("event", CanonicalType.Code, Required: true, Codes: [.. Events.Keys]), Moment("at", required: true),
            Name("event_id"), Name("province"), Name("agency"), Moment("due"), Moment("old_due"), new("cause", CanonicalType.Code, Codes: ["objective", "subjective"]),
            new("text", CanonicalType.Text), Name("decision"), Moment("recorded"), new("percent", CanonicalType.Number), Name("secrecy"),
            new("outcome", CanonicalType.Code, Codes: ["done", "not_done"]), new("plan", CanonicalType.Text), new("rating", CanonicalType.Number),
        ],
        [RecordKind.Agency] =
        [
            new("name", CanonicalType.Name, Required: true), Name("agency_id"), Name("kind"), new("level", CanonicalType.Code, Codes: AgencyLevels), Name("parent"), Name("province"),
            Moment("valid_from"), Moment("valid_to"), new("aliases", CanonicalType.List),
        ],
        [RecordKind.PublishedTotal] =
        [
            new("total_id", CanonicalType.Name, Required: true), new("item", CanonicalType.Name, Required: true), new("value", CanonicalType.Number, Required: true), Name("printed"),
            Name("place"), Name("province"), Moment("period_from"), Moment("period_to"), Moment("as_of"), new("tolerance", CanonicalType.Number), new("compare", CanonicalType.Flag), new("reference", CanonicalType.Text),
        ],
        [RecordKind.PlanRequest] =
        [
            new("request_id", CanonicalType.Name, Required: true), new("agency", CanonicalType.Name, Required: true), Moment("requested", required: true), Moment("due", required: true),
            new("due_operator", CanonicalType.Code, Codes: ["before", "on_or_before"]), Moment("received"), new("overdue_year", CanonicalType.Number),
            Name("province"), Name("document_number"), new("text", CanonicalType.Text), new("plan", CanonicalType.Text),
        ],
    };

    public static IReadOnlyList<CanonicalColumn> Of(RecordKind kind) => Columns[kind];

    /// <summary>The kind that a record's name begins with, before a slash; null where it is none.</summary>
    public static RecordKind? KindOf(string recordName) => recordName.Split('/')[0] switch
    {
        "task" => RecordKind.Task,
        "task_event" => RecordKind.TaskEvent,
        "agency" => RecordKind.Agency,
        "published_total" => RecordKind.PublishedTotal,
        "plan_request" => RecordKind.PlanRequest,
        _ => null,
    };

    static CanonicalColumn Name(string name) => new(name, CanonicalType.Name);

    static CanonicalColumn Moment(string name, bool required = false) => new(name, CanonicalType.Moment, required);
}
