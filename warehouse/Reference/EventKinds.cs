using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Reference;

/// <summary>What each kind of event may do to its task, once for every model that asks.</summary>
public static class EventKinds
{
    /// <summary>Where in its day an event stands that the others do not need to come before or after.</summary>
    const int Last = 12;

    /// <summary>
    /// A task is assigned before it is started, started before it is reported, reported before it is confirmed. A request, a
    /// reminder or a report may name a date or an agency without moving the deadline or the task. A report stands until it is
    /// refused or the task begins again.
    /// </summary>
    static readonly Kind[] All =
    [
        new("assigned", 1) { Deadline = true, HandOver = true },
        new("assignment_refused", 2),
        new("reassigned", 3) { Deadline = true, DeadlineChange = true, HandOver = true, Report = true },
        new("handed_over", 3) { Deadline = true, DeadlineChange = true, HandOver = true },
        new("started", 4) { Deadline = true },
        new("resumed", 4) { Deadline = true, DeadlineChange = true },
        new("extended", 5) { Deadline = true, DeadlineChange = true },
        new("deadline_changed", 5),
        new("suspended", 6) { Deadline = true, DeadlineChange = true },
        new("reported", 7) { Report = true, Update = true },
        new("confirmation_refused", 8) { Deadline = true, DeadlineChange = true, Report = true },
        new("redo", 9) { Deadline = true, DeadlineChange = true, Report = true },
        new("confirmed", 10),
        new("completed", 10),
        new("reopened", 11) { Deadline = true, DeadlineChange = true, Report = true },
        new("progress", Last) { Update = true },
        new("obstacle", Last) { Update = true },
        new("deadline_reported", Last) { Update = true },
        new("reminder", Last), new("extension_requested", Last), new("rated", Last),
        new("withdrawn", Last), new("recalled", Last), new("transferred", Last), new("deleted", Last),
    ];

    public static IEnumerable<string> Codes => All.Select(kind => kind.Code);

    internal static RowChunk Rows()
    {
        var chunk = new RowChunk(ReferenceTables.EventKind, All.Length);
        foreach (var kind in All)
        {
            var row = new Row(chunk);
            row.Text("event_code", kind.Code);
            row["rank_in_day"] = kind.Rank;
            row["may_set_deadline"] = kind.Deadline ? 1 : 0;
            row["may_change_deadline"] = kind.DeadlineChange ? 1 : 0;
            row["may_hand_over"] = kind.HandOver ? 1 : 0;
            row["sets_report"] = kind.Report ? 1 : 0;
            row["is_update"] = kind.Update ? 1 : 0;
            chunk.EndRow();
        }
        return chunk;
    }

    sealed record Kind(string Code, int Rank)
    {
        public bool Deadline { get; init; }
        public bool DeadlineChange { get; init; }
        public bool HandOver { get; init; }
        public bool Report { get; init; }
        public bool Update { get; init; }
    }
}
