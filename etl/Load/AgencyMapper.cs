using System.Text;
using Etl.Normalise;
using Etl.Quality;
using Warehouse.Engines;
using Warehouse.Raw;
using Warehouse.Reference;

namespace Etl.Load;

/// <summary>Maps rows of record <c>agency</c> to <c>raw.agency</c>, every name of the unit to <c>raw.agency_alias</c>, its successors to <c>raw.agency_succession</c>.</summary>
sealed class AgencyMapper(LoadContext context, RowSink sink, RowReader reader, Members members) : RecordMapper(context, sink, reader)
{
    static readonly TableShape Agency = RawTables.Agency;
    static readonly long FirstDay = ReferenceRows.DaysOf(new DateOnly(1900, 1, 1));
    static readonly long LastDay = ReferenceRows.DaysOf(new DateOnly(9999, 12, 31));

    readonly FieldReader? name = reader.Field("name"), id = reader.Field("agency_id"), kind = reader.Field("kind"), level = reader.Field("level"),
        parent = reader.Field("parent"), province = reader.Field("province"), validFrom = reader.Field("valid_from"),
        validTo = reader.Field("valid_to"), aliases = reader.Field("aliases"),
        successors = reader.Field("successors");

    string agencyCode = "", agencyName = "";
    Place? place;
    string aliasText = "", successorText = "";
    long from, to;

    public override TableShape Table => Agency;

    public override long? Key => Members.AgencyKey(agencyCode, from);

    protected override void Fill(RowChunk chunk, long number)
    {
        agencyName = Encoding.UTF8.GetString(Reader.Text(name));
        place = PlaceIn(province);
        aliasText = Encoding.UTF8.GetString(Reader.Text(aliases));
        successorText = Encoding.UTF8.GetString(Reader.Text(successors));
        from = Reader.Moment(validFrom)?.Day ?? FirstDay;
        // Half-open: a unit's last day is still its own.
        to = Reader.Moment(validTo) is { } last ? last.Day + 1 : LastDay;
        if (to <= from) Reader.Reject(new(Rule.OutOfRange, validTo!.ReceivedName, "lies before the unit's first day", Encoding.UTF8.GetString(Reader.Received(validTo))));
        agencyCode = CodeOf();
        chunk.Set(Agency["agency_key"], Members.AgencyKey(agencyCode, from));
        chunk.Set(Agency["load_key"], Context.LoadKey);
        chunk.Set(Agency["source_key"], Context.SourceKey);
        chunk.Set(Agency["province_key"], ProvinceKey());
        chunk.Set(Agency["row_no"], number);
        chunk.Set(Agency["agency_code"], Encoding.UTF8.GetBytes(agencyCode));
        chunk.Set(Agency["agency_name"], Encoding.UTF8.GetBytes(agencyName));
        chunk.SetText(Agency["kind_code"], Reader.Text(kind));
        if (Reader.Code(level) is { } word) chunk.Set(Agency["level_code"], Encoding.UTF8.GetBytes(word));
        chunk.SetText(Agency["parent_name"], Reader.Text(parent));
        chunk.Set(Agency["valid_from"], from);
        chunk.Set(Agency["valid_to"], to);
        chunk.Set(Agency["agency_id"], Reader.Text(id) is { IsEmpty: false } own ? own : Encoding.UTF8.GetBytes(agencyName));
        chunk.Set(Agency["unit_name_key"], members.UnitNameKey(Encoding.UTF8.GetBytes(agencyName)));
    }

    public override void Accept()
    {
        var names = NameList.Split(aliasText, aliases?.Column.Split ?? ";").Concat(members.AliasesOf(agencyName)).Prepend(agencyName);
        foreach (var one in names.Where(one => one.Length > 0))
            members.AddAlias(members.AgencyNameKey(Encoding.UTF8.GetBytes(one), place), agencyCode, from, to);
        foreach (var successor in NameList.Split(successorText, successors?.Column.Split ?? ";").Where(one => one.Length > 0)) AddSuccession(successor);
    }

    void AddSuccession(string toId)
    {
        var succession = RawTables.AgencySuccession;
        var chunk = Sink[succession];
        chunk.Set(succession["load_key"], Context.LoadKey);
        chunk.Set(succession["source_key"], Context.SourceKey);
        chunk.Set(succession["from_agency_code"], Encoding.UTF8.GetBytes(agencyCode));
        chunk.Set(succession["to_agency_id"], Encoding.UTF8.GetBytes(toId));
        chunk.EndRow();
    }

    /// <summary>The source's own id, else the name with the day on which the unit began: a new body under an old name is another unit.</summary>
    string CodeOf()
    {
        var own = Encoding.UTF8.GetString(Reader.Text(id));
        var unit = own.Length > 0 ? own : Folding.Fold(agencyName).Replace(' ', '-') + (from == FirstDay ? "" : FormattableString.Invariant($"@{DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)from):yyyy-MM-dd}"));
        return string.Join('/', new[] { Context.Feed.System, place is null || place == Context.FeedPlace ? "" : Folding.Fold(place.Name).Replace(' ', '-'), unit }.Where(part => part.Length > 0));
    }

    int ProvinceKey()
    {
        if (place is null) return 0;
        // The province of the unit's first day that the calendar knows.
        if (place.At((int)Math.Max(from, ReferenceRows.DaysOf(Calendar.First))) is { } found) return found.Key;
        Reader.Reject(new(Rule.UnknownProvince, province?.ReceivedName ?? "", "is no province", place.Name));
        return 0;
    }
}
