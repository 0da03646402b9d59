using System.Text;
using Etl.Quality;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>Maps rows of record <c>published_total</c> to <c>raw.published_total</c>.</summary>
sealed class PublishedTotalMapper(LoadContext context, RowSink sink, RowReader reader) : RecordMapper(context, sink, reader)
{
    static readonly TableShape Total = RawTables.PublishedTotal;

    long key;

    public override TableShape Table => Total;

    public override long? Key => key;

    protected override void Fill(RowChunk chunk, long number)
    {
        var id = Reader.Text(Reader.Field("total_id")).ToArray();
        var item = Reader.Text(Reader.Field("item")).ToArray();
        key = Warehouse.Keys.StableKey.Of("total"u8, id, item);
        chunk.Set(Total["load_key"], Context.LoadKey);
        chunk.Set(Total["source_key"], Context.SourceKey);
        chunk.Set(Total["row_no"], number);
        chunk.SetText(Total["total_code"], id);
        chunk.SetText(Total["item_code"], item);
        chunk.SetText(Total["place_name"], Reader.Text(Reader.Field("place")));
        chunk.SetText(Total["printed_text"], Reader.Text(Reader.Field("printed")));
        chunk.SetText(Total["reference_text"], Reader.Text(Reader.Field("reference")));
        if (Reader.Number(Reader.Field("value")) is { } value) chunk.Set(Total["printed_value"], value);
        chunk.Set(Total["tolerance"], Reader.Number(Reader.Field("tolerance")) ?? 0);
        chunk.Set(Total["is_compared"], Reader.Flag(Reader.Field("compare")) ? 1 : 0);
        var from = Reader.Moment(Reader.Field("period_from"));
        var asOf = Reader.Moment(Reader.Field("as_of"));
        chunk.SetWhen(Total["period_from"], -1, from);
        chunk.SetWhen(Total["period_to"], -1, Reader.Moment(Reader.Field("period_to")));
        chunk.SetWhen(Total["as_of_date"], -1, asOf);
        if (asOf is { } day) Context.Happened(day.Day);
        FillProvince(chunk, asOf ?? from);
    }

    void FillProvince(RowChunk chunk, When? day)
    {
        var province = Reader.Field("province");
        var name = Reader.Text(province);
        if (name.IsEmpty) return;
        var place = Context.PlaceNamed(name);
        if (place.At(day?.Day ?? 0) is { } found) chunk.Set(Total["province_key"], found.Key);
        else Reader.Reject(new(Rule.UnknownProvince, province!.ReceivedName, "is no province", place.Name));
    }
}
