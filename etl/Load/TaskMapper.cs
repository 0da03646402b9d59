using System.Text;
using Etl.Normalise;
using Etl.Quality;
using Warehouse.Engines;
using Warehouse.Raw;
using Warehouse.Reference;

namespace Etl.Load;

/// <summary>Maps rows of record <c>task</c> to <c>raw.task</c>.</summary>
sealed class TaskMapper(LoadContext context, RowSink sink, RowReader reader, Members members) : RecordMapper(context, sink, reader)
{
    static readonly TableShape Task = RawTables.Task;
    static readonly Dictionary<string, byte[]> Lifecycles = Feeds.CanonicalRecord.Lifecycles.ToDictionary(word => word, Encoding.UTF8.GetBytes);

    readonly FieldReader? taskId = reader.Field("task_id"), assigned = reader.Field("assigned"), due = reader.Field("due"),
        dueOriginal = reader.Field("due_original"), dueOperator = reader.Field("due_operator"), granularity = reader.Field("due_granularity"),
        started = reader.Field("started"), reported = reader.Field("reported"), completed = reader.Field("completed"),
        withdrawn = reader.Field("withdrawn"), updated = reader.Field("updated"), status = reader.Field("status"),
        confirmation = reader.Field("requires_confirmation"), deleted = reader.Field("deleted"),
        parent = reader.Field("parent_id"), carriedFrom = reader.Field("carried_from"), province = reader.Field("province"),
        agency = reader.Field("agency"), coAgencies = reader.Field("co_agencies"), assigner = reader.Field("assigner"),
        assignerLevel = reader.Field("assigner_level"), kind = reader.Field("task_kind"), programme = reader.Field("programme"),
        programmeYear = reader.Field("programme_year"), documentNumber = reader.Field("document_number"),
        documentDate = reader.Field("document_date"), documentIssuer = reader.Field("document_issuer"), title = reader.Field("title"), takenOverFrom = reader.Field("taken_over_from");

    readonly FieldReader?[] details =
    [
        .. ((string[])["source_timeliness", "urgency", "focal_officer", .. Enumerable.Range(1, 8).Select(i => $"category_{i}")])
            .Select(name => reader.Field(name) is { } field && (context.Feed.KeepsPersons || !IsPerson(field)) ? field : null),
    ];

    readonly bool hasDetails = context.Record.Columns.Any(column => RawTables.TaskDetail.Columns.Any(detail => detail.Name == column.Name));
    readonly List<long> coAgencyKeys = [];
    long taskKey;

    public override TableShape Table => Task;

    public override long? Key => taskKey;

    protected override void Fill(RowChunk chunk, long number)
    {
        var id = Reader.Text(taskId);
        taskKey = Context.TaskKey(id);
        Keys.Prepare(taskKey);
        chunk.Set(Columns.TaskCode, id);
        chunk.Set(Columns.TaskKey, taskKey);
        chunk.Set(Columns.LoadKey, Context.LoadKey);
        chunk.Set(Columns.SourceKey, Context.SourceKey);
        chunk.Set(Columns.RowNo, number);
        chunk.Set(Columns.ContentKey, Reader.ContentKey());
        if (Reader.Moment(assigned) is not { } assignedWhen)
        {
            // The field reader has said why, unless the feed derives the date from something that is empty.
            Reader.Reject(new(Rule.Missing, assigned!.ReceivedName, "is missing", ""));
            return;
        }
        chunk.SetWhen(Columns.AssignedDate, Columns.AssignedAt, assignedWhen);
        Context.Happened(assignedWhen.Day);
        FillDeadlines(chunk);
        FillMilestones(chunk);
        FillRelations(chunk, assignedWhen);
        FillTexts(chunk);
    }

    public override void Accept()
    {
        if (hasDetails) AddDetails();
        if (takenOverFrom is not null) members.AddTakenOver(taskKey, Reader.Text(takenOverFrom));
        foreach (var key in coAgencyKeys)
        {
            var chunk = Sink[RawTables.TaskAgency];
            chunk.Set(0, taskKey);
            chunk.Set(1, key);
            chunk.Set(2, Context.LoadKey);
            chunk.EndRow();
        }
    }

    void FillDeadlines(RowChunk chunk)
    {
        var wording = Reader.Wording(dueOperator);
        if (Reader.Deadline(due, wording) is { } deadline)
        {
            chunk.Set(Columns.DueDate, deadline.LastDay);
            chunk.Set(Columns.OverdueDate, deadline.OverdueDay);
            if (deadline.Instant is { } at) chunk.Set(Columns.DueAt, at);
        }
        if (Reader.Deadline(dueOriginal, wording) is { } first)
        {
            chunk.Set(Columns.DueOriginalDate, first.LastDay);
            chunk.Set(Columns.DueOriginalOverdueDate, first.OverdueDay);
            if (first.Instant is { } at) chunk.Set(Columns.DueOriginalAt, at);
        }
    }

    void FillMilestones(RowChunk chunk)
    {
        var startedWhen = Happening(started);
        var reportedWhen = Happening(reported);
        var completedWhen = Happening(completed);
        var withdrawnWhen = Happening(withdrawn);
        chunk.SetWhen(Columns.StartedDate, -1, startedWhen);
        chunk.SetWhen(Columns.ReportedDate, Columns.ReportedAt, reportedWhen);
        chunk.SetWhen(Columns.CompletedDate, Columns.CompletedAt, completedWhen);
        var updatedWhen = Happening(updated);
        if (updatedWhen is { Instant: { } at }) chunk.Set(Columns.UpdatedAt, at);
        var confirms = Reader.Flag(confirmation);
        chunk.Set(Columns.RequiresConfirmation, confirms ? 1 : 0);
        chunk.Set(Columns.IsDeleted, Reader.Flag(deleted) ? 1 : 0);
        var lifecycle = Reader.Code(status) is { } told
            ? Lifecycles[told]
            : FromDates(startedWhen, reportedWhen, completedWhen, withdrawnWhen, confirms);
        chunk.SetText(Columns.LifecycleCode, lifecycle);
        // Nothing is done to a withdrawn task after its withdrawal, so its last change is that, where the source has no day of it.
        if (withdrawnWhen is null && lifecycle is not null && lifecycle.AsSpan().SequenceEqual("withdrawn"u8)) withdrawnWhen = updatedWhen;
        chunk.SetWhen(Columns.WithdrawnDate, -1, withdrawnWhen);
        if (Reader.Received(status) is { IsEmpty: false } word) chunk.Set(Columns.StatusKey, members.StatusWord(word));
    }

    /// <summary>The lifecycle of a task whose system states none.</summary>
    static byte[] FromDates(When? started, When? reported, When? completed, When? withdrawn, bool confirms) =>
        completed is not null || (reported is not null && !confirms) ? "completed"u8.ToArray()
        : withdrawn is not null ? "withdrawn"u8.ToArray()
        : reported is not null ? "awaiting_confirmation"u8.ToArray()
        : started is not null ? "in_progress"u8.ToArray() : "not_started"u8.ToArray();

    void FillRelations(RowChunk chunk, When assignedWhen)
    {
        var place = PlaceOf(assignedWhen, out var provinceKey);
        chunk.Set(Columns.ProvinceKey, provinceKey);
        if (Reader.Text(agency) is { IsEmpty: false } name) chunk.Set(Columns.AgencyNameKey, members.MentionAgency(name, place, provinceKey));
        coAgencyKeys.Clear();
        if (coAgencies is not null)
            foreach (var listed in NameList.Split(Encoding.UTF8.GetString(Reader.Text(coAgencies)), coAgencies.Column.Split))
                coAgencyKeys.Add(members.MentionAgency(Encoding.UTF8.GetBytes(listed), place, provinceKey));
        var level = Reader.Code(assignerLevel) is { } word ? ReferenceRows.AssignerLevelKey(word) : (short)0;
        chunk.Set(Columns.AssignerLevelKey, level);
        if (Reader.Text(assigner) is { IsEmpty: false } who) chunk.Set(Columns.AssignerKey, members.Assigner(who, level));
        if (Reader.Code(kind) is { } kindWord) chunk.Set(Columns.TaskKindKey, ReferenceRows.TaskKindKey(kindWord));
        if (members.ProgrammeOf(Reader.Text(programme), (int?)Reader.Number(programmeYear)) is { } plan) chunk.Set(Columns.ProgrammeKey, plan);
        if (Reader.Text(parent) is { IsEmpty: false } parentId) chunk.Set(Columns.ParentKey, Context.TaskKey(parentId));
        if (Reader.Text(carriedFrom) is { IsEmpty: false } earlier) chunk.Set(Columns.CarriedFromKey, Context.TaskKey(earlier));
        FillDocument(chunk);
    }

    Place? PlaceOf(When assignedWhen, out int provinceKey)
    {
        provinceKey = 0;
        var place = PlaceIn(province);
        if (place is null) return null;
        if (place.At(assignedWhen.Day) is { } found) provinceKey = found.Key;
        else Reader.Reject(new(Rule.UnknownProvince, province?.ReceivedName ?? "", "is no province", place.Name));
        return place;
    }

    void FillDocument(RowChunk chunk)
    {
        var received = Reader.Text(documentNumber);
        if (received.IsEmpty) return;
        var issued = Reader.Moment(documentDate);
        // A number that does not follow the pattern is kept as it came: it still tells documents apart.
        Span<byte> canonical = stackalloc byte[DocumentNumberParser.Longest];
        var key = DocumentNumberParser.Parse(received, canonical, out var parts) is null
            ? members.Document(canonical[..parts.Length], parts.Symbol(canonical), Reader.Text(documentIssuer), issued)
            : members.Document(received, default, Reader.Text(documentIssuer), issued);
        chunk.Set(Columns.DocumentKey, key);
    }

    void FillTexts(RowChunk chunk)
    {
        chunk.SetText(Columns.Title, Reader.Text(title));
        // Read here for their faults; written when the row is accepted.
        Reader.Code(granularity);
        foreach (var field in details) Reader.Text(field);
    }

    /// <summary>Writes what the system knows besides, where it knows any of it.</summary>
    void AddDetails()
    {
        var word = Reader.Code(granularity);
        var any = word is not null;
        foreach (var field in details) any |= !Reader.Text(field).IsEmpty;
        if (!any) return;
        var chunk = Sink[RawTables.TaskDetail];
        chunk.Set(0, taskKey);
        chunk.Set(1, Context.LoadKey);
        if (word is not null) chunk.Set(2, Encoding.UTF8.GetBytes(word));
        for (var i = 0; i < details.Length; i++) chunk.SetText(3 + i, Reader.Text(details[i]));
        chunk.EndRow();
    }

    /// <summary>Persons' names are loaded only where the feed says so.</summary>
    static bool IsPerson(FieldReader field) => field.Column.IsPerson || field.Name == "focal_officer";

    When? Happening(FieldReader? field)
    {
        var when = Reader.Moment(field);
        if (when is { } known) Context.Happened(known.Day);
        return when;
    }

    /// <summary>Places of the columns, looked up once.</summary>
    static class Columns
    {
        public static readonly int TaskKey = Task["task_key"], LoadKey = Task["load_key"], SourceKey = Task["source_key"], ParentKey = Task["parent_key"],
            CarriedFromKey = Task["carried_from_key"], ProvinceKey = Task["province_key"], AgencyNameKey = Task["agency_name_key"],
            AssignerKey = Task["assigner_key"], AssignerLevelKey = Task["assigner_level_key"], TaskKindKey = Task["task_kind_key"],
            ProgrammeKey = Task["programme_key"], DocumentKey = Task["document_key"], RowNo = Task["row_no"], TaskCode = Task["task_code"],
            LifecycleCode = Task["lifecycle_code"], StatusKey = Task["status_key"], ContentKey = Task["content_key"], Title = Task["title"],
            RequiresConfirmation = Task["requires_confirmation"], IsDeleted = Task["is_deleted"],
            AssignedDate = Task["assigned_date"], StartedDate = Task["started_date"], DueDate = Task["due_date"], OverdueDate = Task["overdue_date"],
            DueOriginalDate = Task["due_original_date"], DueOriginalOverdueDate = Task["due_original_overdue_date"],
            ReportedDate = Task["reported_date"], CompletedDate = Task["completed_date"], WithdrawnDate = Task["withdrawn_date"],
            AssignedAt = Task["assigned_at"], DueAt = Task["due_at"], DueOriginalAt = Task["due_original_at"], ReportedAt = Task["reported_at"],
            CompletedAt = Task["completed_at"], UpdatedAt = Task["updated_at"];
    }
}
