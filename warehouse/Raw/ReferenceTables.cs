using Warehouse.Engines;
using static Warehouse.Engines.ColumnType;
using static Warehouse.Raw.RawTables;

namespace Warehouse.Raw;

/// <summary>Tables of the raw layer that come with the program and are written anew at every load: calendar, periods, provinces, departments, lists of codes.</summary>
public static class ReferenceTables
{
    /// <summary>One row per day, with the working calendar of public servants.</summary>
    public static readonly TableShape CalendarDay = Shape("calendar_day",
        new("date_key", Integer), new("year_no", SmallInt), new("quarter_no", SmallInt), new("month_no", SmallInt), new("day_no", SmallInt),
        new("weekday_no", SmallInt), new("working_day_no", Integer), Code("reporting_month"), Code("reporting_quarter"), Code("reporting_year"), Name("holiday_name"),
        Flag("is_working_day"), Flag("is_holiday"), Flag("is_swap_day"), Flag("is_month_end"), Flag("is_estimated"), Day("calendar_date"), Day("month_start_date"), Day("month_end_date"));

    /// <summary>One row per (scheme, period): calendar and reporting months, quarters, half years and years.</summary>
    public static readonly TableShape Period = Shape("period",
        new("period_key", Integer), Code("scheme_code"), Code("grain_code"), Code("period_label"), Day("start_date"), Day("end_date"), Instant("cut_off_at"));

    /// <summary>One row per province version: own id, and number and electronic code with their validity.</summary>
    public static readonly TableShape Province = Shape("province",
        new("province_key", Integer), new("successor_key", Integer), Code("province_code"), Name("province_name"), Name("province_name_en"), Code("gso_code"), Code("electronic_code"), Code("kind_code"),
        Flag("is_current"), Day("valid_from"), Day("valid_to"));

    /// <summary>One row per line of the list of departments that took over from others in 2025; the names' keys are those of raw.agency.</summary>
    public static readonly TableShape DepartmentChange = Shape("department_change",
        new("change_no", Integer), new("province_key", Integer), Key("old_unit_name_key"), Key("new_unit_name_key"), Code("scope_code"), Name("old_name"), Name("new_name"),
        Code("relation_code"), Code("evidence_code"), Day("effective_date"));

    /// <summary>One row per province before 1 July 2025 and the province that it became part of, by the numbers of the time.</summary>
    public static readonly TableShape ProvinceMerger = Shape("province_merger", Code("old_gso_code"), Code("new_gso_code"), Name("old_name"), Name("new_name"), Code("relation_code"), Day("effective_date"));

    /// <summary>One row per task kind.</summary>
    public static readonly TableShape TaskKind = Shape("task_kind", new("task_kind_key", SmallInt), Code("task_kind_code"), Name("task_kind_name"), Name("task_kind_name_en"));

    /// <summary>One row per level that assigns tasks.</summary>
    public static readonly TableShape AssignerLevel = Shape("assigner_level", new("assigner_level_key", SmallInt), Code("assigner_level_code"), Name("assigner_level_name"), Name("assigner_level_name_en"));

    /// <summary>
    /// One row per kind of event: what an event of it may do to its task where it names a date or an agency, and its place
    /// among the events of one day that tell no hour. An event that changes a deadline moves one that there was.
    /// </summary>
    public static readonly TableShape EventKind = Shape("event_kind",
        Code("event_code"), new("rank_in_day", SmallInt), Flag("may_set_deadline"), Flag("may_change_deadline"), Flag("may_hand_over"), Flag("sets_report"), Flag("is_update"));

    /// <summary>One row: the member with key 0 that stands for "unknown" in every dimension.</summary>
    public static readonly TableShape UnknownMember = Shape("unknown_member",
        new("member_key", Integer), Code("member_code"), Name("member_name"), Name("member_name_en"), Day("valid_from"), Day("valid_to"));

    public static readonly IReadOnlyList<TableShape> All = [CalendarDay, Period, Province, DepartmentChange, ProvinceMerger, TaskKind, AssignerLevel, EventKind, UnknownMember];
}
