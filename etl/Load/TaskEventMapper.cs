using System.Text;
using Etl.Feeds;
using Etl.Normalise;
using Etl.Quality;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>Maps rows of record <c>task_event</c> to <c>raw.task_event</c>.</summary>
sealed class TaskEventMapper(LoadContext context, RowSink sink, RowReader reader, Members members) : RecordMapper(context, sink, reader)
{
    static readonly TableShape Event = RawTables.TaskEvent;

    readonly FieldReader? taskId = reader.Field("task_id"), code = reader.Field("event"), at = reader.Field("at"), eventId = reader.Field("event_id"),
        province = reader.Field("province"), agency = reader.Field("agency"), due = reader.Field("due"), oldDue = reader.Field("old_due"),
        cause = reader.Field("cause"), text = reader.Field("text"), decision = reader.Field("decision"), recorded = reader.Field("recorded"), percent = reader.Field("percent"),
        outcome = reader.Field("outcome"), plan = reader.Field("plan"), rating = reader.Field("rating");

    readonly bool hasDetails = reader.Has("outcome") || reader.Has("plan") || reader.Has("rating");
    readonly byte[] record = Encoding.UTF8.GetBytes(context.Record.Name);
    long eventKey;

    public override TableShape Table => Event;

    public override long? Key => eventKey;

    /// <summary>Key of the task that the last mapped row belongs to.</summary>
    public long TaskKey { get; private set; }

    public override void Accept()
    {
        if (!hasDetails) return;
        var outcomeWord = Reader.Code(outcome);
        var planText = Reader.Text(plan);
        var stars = Reader.Number(rating);
        if (outcomeWord is null && planText.IsEmpty && stars is null) return;
        var detail = RawTables.TaskEventDetail;
        var chunk = Sink[detail];
        chunk.Set(detail["event_key"], eventKey);
        chunk.Set(detail["load_key"], Context.LoadKey);
        if (outcomeWord is not null) chunk.Set(detail["outcome_code"], Encoding.UTF8.GetBytes(outcomeWord));
        chunk.SetText(detail["plan_text"], planText);
        if (stars is { } rated) chunk.Set(detail["rating"], rated);
        chunk.EndRow();
    }

    protected override void Fill(RowChunk chunk, long number)
    {
        TaskKey = Context.TaskKey(Reader.Text(taskId));
        if (Reader.Moment(at) is not { } when || Reader.Code(code) is not { } word)
        {
            Reader.Reject(new(Rule.Missing, at!.ReceivedName, "is missing", ""));
            return;
        }
        Context.Happened(when.Day);
        eventKey = KeyOf(when, word, number);
        chunk.Set(Event["event_key"], eventKey);
        chunk.Set(Event["task_key"], TaskKey);
        chunk.Set(Event["load_key"], Context.LoadKey);
        chunk.Set(Event["source_key"], Context.SourceKey);
        chunk.Set(Event["row_no"], number);
        chunk.Set(Event["content_key"], Reader.ContentKey());
        chunk.Set(Event["event_code"], Encoding.UTF8.GetBytes(word));
        chunk.SetText(Event["lifecycle_code"], Encoding.UTF8.GetBytes(CanonicalRecord.Events[word]));
        chunk.SetWhen(Event["event_date"], Event["event_at"], when);
        FillDetails(chunk, when);
    }

    void FillDetails(RowChunk chunk, When when)
    {
        if (Reader.Text(agency) is { IsEmpty: false } name)
        {
            var place = PlaceIn(province);
            chunk.Set(Event["agency_name_key"], members.MentionAgency(name, place, place?.At(when.Day)?.Key ?? 0));
        }
        if (Reader.Deadline(due, null) is { } deadline)
        {
            chunk.Set(Event["due_date"], deadline.LastDay);
            chunk.Set(Event["overdue_date"], deadline.OverdueDay);
            if (deadline.Instant is { } instant) chunk.Set(Event["due_at"], instant);
        }
        if (Reader.Deadline(oldDue, null) is { } old) chunk.Set(Event["old_due_date"], old.LastDay);
        if (Reader.Moment(recorded) is { } known) chunk.Set(Event["recorded_date"], known.Day);
        if (Reader.Code(cause) is { } causeWord) chunk.Set(Event["cause_code"], Encoding.UTF8.GetBytes(causeWord));
        if (Reader.Number(percent) is { } share) chunk.Set(Event["percent_done"], share);
        if (Reader.Text(decision) is { IsEmpty: false } number) chunk.Set(Event["document_key"], members.Decision(number, when));
        var content = Reader.Text(text);
        chunk.SetText(Event["event_text"], content);
        chunk.Set(Event["has_content"], EntryText.SaysSomething(content) ? 1 : 0);
        // What goes into a table of its own is judged with the row: an unknown word refuses the whole of it.
        Reader.Code(outcome);
        Reader.Text(plan);
        Reader.Number(rating);
    }

    /// <summary>Of the event's own id where the source has one, else of what happened to which task when.</summary>
    long KeyOf(When when, string word, long number)
    {
        var chain = StableKey.Chain(StableKey.Chain(StableKey.Chain(0, "event"u8), record), Context.SourceKey);
        var id = Reader.Text(eventId);
        if (!id.IsEmpty) return StableKey.Seal(StableKey.Chain(chain, id));
        chain = StableKey.Chain(StableKey.Chain(StableKey.Chain(chain, TaskKey), Encoding.UTF8.GetBytes(word)), when.Instant ?? when.Day);
        return StableKey.Seal(StableKey.Chain(chain, Reader.Text(text)));
    }
}
