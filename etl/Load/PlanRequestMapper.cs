using System.Text;
using Etl.Normalise;
using Etl.Quality;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>Maps rows of record <c>plan_request</c> to <c>raw.plan_request</c> (letter 1204/UBND-KSTT, S0-10).</summary>
sealed class PlanRequestMapper(LoadContext context, RowSink sink, RowReader reader, Members members) : RecordMapper(context, sink, reader)
{
    static readonly TableShape Request = RawTables.PlanRequest;

    readonly FieldReader? id = reader.Field("request_id"), agency = reader.Field("agency"), requested = reader.Field("requested"), due = reader.Field("due"),
        wording = reader.Field("due_operator"), received = reader.Field("received"), year = reader.Field("overdue_year"), province = reader.Field("province"),
        document = reader.Field("document_number"), text = reader.Field("text"), plan = reader.Field("plan");

    long key;

    public override TableShape Table => Request;

    public override long? Key => key;

    protected override void Fill(RowChunk chunk, long number)
    {
        if (Reader.Moment(requested) is not { } asked)
        {
            Reader.Reject(new(Rule.Missing, requested!.ReceivedName, "is missing", ""));
            return;
        }
        Context.Happened(asked.Day);
        var request = Reader.Text(id);
        key = StableKey.Seal(StableKey.Chain(StableKey.Chain(StableKey.Chain(0, "plan_request"u8), Context.SourceKey), request));
        chunk.Set(Request["plan_request_key"], key);
        chunk.Set(Request["load_key"], Context.LoadKey);
        chunk.Set(Request["source_key"], Context.SourceKey);
        chunk.Set(Request["row_no"], number);
        chunk.SetText(Request["request_code"], request);
        chunk.Set(Request["requested_date"], asked.Day);
        FillAgency(chunk, asked);
        FillDates(chunk, asked);
        if (Reader.Number(year) is { } of) chunk.Set(Request["overdue_year"], (long)of);
        if (Reader.Text(document) is { IsEmpty: false } written) chunk.Set(Request["document_key"], members.Decision(written, asked));
        chunk.SetText(Request["request_text"], Reader.Text(text));
        chunk.SetText(Request["plan_text"], Reader.Text(plan));
    }

    void FillAgency(RowChunk chunk, When asked)
    {
        var place = PlaceIn(province);
        var provinceKey = place?.At(asked.Day)?.Key ?? 0;
        chunk.Set(Request["province_key"], provinceKey);
        if (Reader.Text(agency) is { IsEmpty: false } name) chunk.Set(Request["agency_name_key"], members.MentionAgency(name, place, provinceKey));
    }

    void FillDates(RowChunk chunk, When asked)
    {
        if (Reader.Deadline(due, Reader.Wording(wording)) is { } deadline)
        {
            if (deadline.LastDay < asked.Day) Reader.Reject(new(Rule.OutOfRange, due!.ReceivedName, "lies before the day of the request", ""));
            chunk.Set(Request["due_date"], deadline.LastDay);
            chunk.Set(Request["overdue_date"], deadline.OverdueDay);
            if (deadline.Instant is { } at) chunk.Set(Request["due_at"], at);
        }
        if (Reader.Moment(received) is not { } came) return;
        Context.Happened(came.Day);
        chunk.SetWhen(Request["received_date"], Request["received_at"], came);
    }
}
