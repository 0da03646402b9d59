using System.Text;
using Etl.Quality;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>Maps rows of record <c>programme_change</c> to <c>raw.programme_change</c> (S2-14, S3-17). Reason and decision may be missing: that is a finding, not a fault of the row.</summary>
sealed class ProgrammeChangeMapper(LoadContext context, RowSink sink, RowReader reader, Members members) : RecordMapper(context, sink, reader)
{
    static readonly TableShape Change = RawTables.ProgrammeChange;

    readonly FieldReader? change = reader.Field("change"), at = reader.Field("at"), changeId = reader.Field("change_id"), taskId = reader.Field("task_id"),
        earlierTaskId = reader.Field("earlier_task_id"), programme = reader.Field("programme"), programmeYear = reader.Field("programme_year"),
        province = reader.Field("province"), agency = reader.Field("agency"), title = reader.Field("title"), due = reader.Field("due"),
        oldDue = reader.Field("old_due"), cause = reader.Field("cause"), reason = reader.Field("reason"), decision = reader.Field("decision");

    long key;

    public override TableShape Table => Change;

    public override long? Key => key;

    protected override void Fill(RowChunk chunk, long number)
    {
        if (Reader.Moment(at) is not { } when || Reader.Code(change) is not { } word)
        {
            Reader.Reject(new(Rule.Missing, at!.ReceivedName, "is missing", ""));
            return;
        }
        if (Reader.Text(taskId).IsEmpty && Reader.Text(title).IsEmpty)
        {
            Reader.Reject(new(Rule.Missing, (taskId ?? title)?.ReceivedName ?? "", "is missing: a change names its task by its id or by its text", ""));
            return;
        }
        Context.Happened(when.Day);
        key = KeyOf(when, word);
        chunk.Set(Change["change_key"], key);
        chunk.Set(Change["load_key"], Context.LoadKey);
        chunk.Set(Change["source_key"], Context.SourceKey);
        chunk.Set(Change["row_no"], number);
        chunk.Set(Change["change_code"], Encoding.UTF8.GetBytes(word));
        chunk.Set(Change["change_date"], when.Day);
        FillRelations(chunk, when);
        FillDetails(chunk);
    }

    void FillRelations(RowChunk chunk, When when)
    {
        if (Reader.Text(taskId) is { IsEmpty: false } id) chunk.Set(Change["task_key"], Context.TaskKey(id));
        if (Reader.Text(earlierTaskId) is { IsEmpty: false } earlier) chunk.Set(Change["earlier_task_key"], Context.TaskKey(earlier));
        if (members.ProgrammeOf(Reader.Text(programme), (int?)Reader.Number(programmeYear)) is { } known) chunk.Set(Change["programme_key"], known);
        if (Reader.Text(decision) is { IsEmpty: false } document) chunk.Set(Change["document_key"], members.Decision(document, when));
        var place = PlaceIn(province);
        var found = place?.At(when.Day);
        if (place is not null && found is null) Reader.Reject(new(Rule.UnknownProvince, province?.ReceivedName ?? "", "is no province", place.Name));
        chunk.Set(Change["province_key"], found?.Key ?? 0);
        if (Reader.Text(agency) is { IsEmpty: false } name) chunk.Set(Change["agency_name_key"], members.MentionAgency(name, place, found?.Key ?? 0));
    }

    void FillDetails(RowChunk chunk)
    {
        if (Reader.Code(cause) is { } word) chunk.Set(Change["cause_code"], Encoding.UTF8.GetBytes(word));
        chunk.SetText(Change["title"], Reader.Text(title));
        chunk.SetText(Change["reason_text"], Reader.Text(reason));
        if (Reader.Deadline(due, null) is { } granted) chunk.Set(Change["due_date"], granted.LastDay);
        if (Reader.Deadline(oldDue, null) is { } old) chunk.Set(Change["old_due_date"], old.LastDay);
    }

    /// <summary>Of the change's own id where the source has one, else of what was done to which task when.</summary>
    long KeyOf(When when, string word)
    {
        var chain = StableKey.Chain(StableKey.Chain(0, "programme change"u8), Context.SourceKey);
        var id = Reader.Text(changeId);
        if (!id.IsEmpty) return StableKey.Seal(StableKey.Chain(chain, id));
        var task = Reader.Text(taskId);
        chain = StableKey.Chain(StableKey.Chain(StableKey.Chain(chain, Encoding.UTF8.GetBytes(word)), when.Day), task.IsEmpty ? Reader.Text(title) : task);
        return StableKey.Seal(chain);
    }
}
