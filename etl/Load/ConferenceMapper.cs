using System.Text;
using Etl.Quality;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>Maps rows of record <c>conference</c> to <c>raw.conference</c> (S3-11, S3-22).</summary>
sealed class ConferenceMapper(LoadContext context, RowSink sink, RowReader reader, Members members) : RecordMapper(context, sink, reader)
{
    const int UsualDays = 3, MostDays = 60;

    static readonly TableShape Conference = RawTables.Conference;

    long key;

    public override TableShape Table => Conference;

    public override long? Key => key;

    protected override void Fill(RowChunk chunk, long number)
    {
        var id = Reader.Text(Reader.Field("conference_id"));
        key = StableKey.Seal(StableKey.Chain(StableKey.Chain(StableKey.Chain(0, "conference"u8), Context.SourceKey), id));
        chunk.Set(Conference["conference_code"], id);
        chunk.Set(Conference["conference_key"], key);
        chunk.Set(Conference["load_key"], Context.LoadKey);
        chunk.Set(Conference["source_key"], Context.SourceKey);
        chunk.Set(Conference["row_no"], number);
        chunk.SetText(Conference["conference_name"], Reader.Text(Reader.Field("name")));
        if (Reader.Moment(Reader.Field("date")) is not { } held)
        {
            Reader.Reject(new(Rule.Missing, Reader.Field("date")!.ReceivedName, "is missing", ""));
            return;
        }
        // The day of a conference to come is no day on which something happened: only its announcement is.
        chunk.Set(Conference["conference_date"], held.Day);
        if (Reader.Moment(Reader.Field("announced")) is { } announced) Context.Happened(announced.Day);
        FillLock(chunk);
        FillScope(chunk, held);
    }

    void FillLock(RowChunk chunk)
    {
        chunk.Set(Conference["lock_rule_code"], Encoding.UTF8.GetBytes(Reader.Code(Reader.Field("lock_rule")) ?? "calendar"));
        chunk.Set(Conference["required_update_code"], Encoding.UTF8.GetBytes(Reader.Code(Reader.Field("required_update")) ?? "text"));
        chunk.Set(Conference["lock_days"], Days("lock_days"));
        chunk.Set(Conference["bunching_days"], Days("bunching_days"));
    }

    int Days(string column)
    {
        if (Reader.Number(Reader.Field(column)) is not { } days) return UsualDays;
        if (days is >= 0 and <= MostDays && days == Math.Floor(days)) return (int)days;
        var field = Reader.Field(column)!;
        Reader.Reject(new(Rule.OutOfRange, field.ReceivedName, FormattableString.Invariant($"is no whole number of days from 0 to {MostDays}"), FormattableString.Invariant($"{days}")));
        return UsualDays;
    }

    void FillScope(RowChunk chunk, When held)
    {
        var province = Reader.Field("province");
        var place = PlaceIn(province);
        if (place?.At(held.Day) is { } found) chunk.Set(Conference["province_key"], found.Key);
        else if (place is not null) Reader.Reject(new(Rule.UnknownProvince, province?.ReceivedName ?? "", "is no province", place.Name));
        if (members.ProgrammeOf(Reader.Text(Reader.Field("programme")), (int?)Reader.Number(Reader.Field("programme_year"))) is { } programme)
            chunk.Set(Conference["programme_key"], programme);
    }
}
