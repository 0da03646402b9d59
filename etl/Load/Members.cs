using System.Text;
using Etl.Feeds;
using Etl.Normalise;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;
using Warehouse.Reference;

namespace Etl.Load;

/// <summary>
/// The agencies, assigners, programmes and documents that the rows of a batch mention: each gets its key from its name
/// alone, and its own row the first time it is met.
/// </summary>
sealed class Members
{
    static readonly long FirstDay = ReferenceRows.DaysOf(new DateOnly(1900, 1, 1));
    static readonly OwnUnits Units = new(Departments.Load(Folding.Fold));

    readonly LoadContext context;
    readonly RowSink sink;
    readonly HashSet<long> met = [];
    readonly ValueCache<ulong> folds = new();
    readonly ulong systemScope;
    readonly Dictionary<ulong, (string Name, ulong Fold)> aliases;

    public Members(LoadContext context, RowSink sink)
    {
        this.context = context;
        this.sink = sink;
        systemScope = context.SystemScope;
        aliases = context.Feed.AgencyAliases.ToDictionary(pair => FoldOf(pair.Key), pair => (pair.Value, FoldOf(pair.Value)));
    }

    /// <summary>Key of an agency version: of its code and its first day, whatever the order of loads.</summary>
    public static long AgencyKey(string code, long from) => StableKey.Seal(StableKey.Chain(StableKey.Chain(StableKey.Chain(0, "agency"u8), Encoding.UTF8.GetBytes(code)), from));

    /// <summary>Key of an agency's name in this system; names of one province are told from those of another where rows say their province.</summary>
    public long AgencyNameKey(ReadOnlySpan<byte> name, Place? place) => StableKey.Seal(StableKey.Chain(place?.Scope ?? systemScope, (long)FoldOf(name)));

    /// <summary>Key of the name that an agency is mentioned by; notes the name, and the agency itself where the system has no list of them.</summary>
    public long MentionAgency(ReadOnlySpan<byte> name, Place? place, int provinceKey)
    {
        var fold = FoldOf(name);
        var canonical = aliases.Count > 0 && context.Feed.OwnAgencies && aliases.TryGetValue(fold, out var alias) ? alias : default;
        var key = StableKey.Seal(StableKey.Chain(place?.Scope ?? systemScope, (long)(canonical.Name is null ? fold : canonical.Fold)));
        if (!met.Add(key)) return key;
        var text = canonical.Name is null ? name : Encoding.UTF8.GetBytes(canonical.Name);
        NoteName(key, text, provinceKey);
        if (context.Feed.OwnAgencies) AddAgency(text, place, provinceKey, key);
        return key;
    }

    /// <summary>Adds an agency of the source's list under its name and other names.</summary>
    public void AddAlias(long nameKey, string agencyCode, long from, long to)
    {
        if (!met.Add(StableKey.Seal(StableKey.Chain(StableKey.Chain((ulong)nameKey, Encoding.UTF8.GetBytes(agencyCode)), from)))) return;
        var chunk = sink[RawTables.AgencyAlias];
        chunk.Set(0, nameKey);
        chunk.Set(1, context.LoadKey);
        chunk.Set(2, Encoding.UTF8.GetBytes(agencyCode));
        chunk.Set(3, from);
        chunk.Set(4, to);
        chunk.EndRow();
    }

    /// <summary>Other names that the feed gives an agency of this name.</summary>
    public IEnumerable<string> AliasesOf(string name)
    {
        var fold = FoldOf(name);
        return context.Feed.AgencyAliases.Where(pair => FoldOf(pair.Value) == fold).Select(pair => pair.Key);
    }

    public long Assigner(ReadOnlySpan<byte> name, short level)
    {
        var key = StableKey.Seal(StableKey.Chain(StableKey.Chain(systemScope, level), (long)FoldOf(name)));
        if (!met.Add(key)) return key;
        var chunk = sink[RawTables.Assigner];
        chunk.Set(0, key);
        chunk.Set(1, context.LoadKey);
        chunk.Set(2, level);
        chunk.Set(3, name);
        chunk.EndRow();
        return key;
    }

    /// <summary>A yearly programme that the source does not name is called by its year, as decisions on it are; null where neither is told.</summary>
    public long? ProgrammeOf(ReadOnlySpan<byte> name, int? year) =>
        !name.IsEmpty ? Programme(name, year)
        : year is { } known ? Programme(Encoding.UTF8.GetBytes(FormattableString.Invariant($"Chương trình công tác năm {known}")), year) : null;

    public long Programme(ReadOnlySpan<byte> name, int? year)
    {
        var key = StableKey.Seal(StableKey.Chain(StableKey.Chain(StableKey.Chain(systemScope, "programme"u8), year ?? 0), (long)FoldOf(name)));
        if (!met.Add(key)) return key;
        var chunk = sink[RawTables.Programme];
        chunk.Set(0, key);
        chunk.Set(1, context.LoadKey);
        if (year is { } known) chunk.Set(2, known);
        chunk.Set(3, name);
        chunk.EndRow();
        return key;
    }

    /// <summary>Numbers restart every year and differ between issuers, so issuer, number, symbol and year identify a document.</summary>
    public long Document(ReadOnlySpan<byte> number, ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> issuer, When? issued)
    {
        var year = issued is { } day ? DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day.Day).Year : 0;
        var key = StableKey.Seal(StableKey.Chain(StableKey.Chain(StableKey.Chain(StableKey.Chain(systemScope, "document"u8), number), (long)FoldOf(issuer)), year));
        if (!met.Add(key)) return key;
        var chunk = sink[RawTables.Document];
        chunk.Set(0, key);
        chunk.Set(1, context.LoadKey);
        if (year > 0) chunk.Set(2, year);
        chunk.Set(3, number);
        chunk.SetText(4, symbol);
        chunk.SetText(5, issuer);
        if (issued is { } when) chunk.Set(6, when.Day);
        chunk.EndRow();
        return key;
    }

    /// <summary>Key of the status word as the source writes it, kept for audit beside the lifecycle that it was read as.</summary>
    public long StatusWord(ReadOnlySpan<byte> word)
    {
        var key = StableKey.Seal(StableKey.Chain(StableKey.Chain(systemScope, "status"u8), word));
        if (!met.Add(key)) return key;
        var chunk = sink[RawTables.StatusWord];
        chunk.Set(0, key);
        chunk.Set(1, context.LoadKey);
        chunk.Set(2, context.SourceKey);
        chunk.SetText(3, word);
        chunk.EndRow();
        return key;
    }

    /// <summary>The document by which something was decided on a day; a number that does not follow the pattern is kept as it came.</summary>
    public long Decision(ReadOnlySpan<byte> number, When day)
    {
        var parsed = DocumentNumber.Parse(Encoding.UTF8.GetString(number));
        return parsed.Ok
            ? Document(Encoding.UTF8.GetBytes(parsed.Value.Canonical), Encoding.UTF8.GetBytes(parsed.Value.Symbol), default, day)
            : Document(number, default, default, day);
    }

    /// <summary>Notes that a task was taken over from another unit's task; nothing where the row names none.</summary>
    public void AddTakenOver(long taskKey, ReadOnlySpan<byte> fromTaskId)
    {
        if (fromTaskId.IsEmpty) return;
        var chunk = sink[RawTables.TaskTakenOver];
        chunk.Set(0, taskKey);
        chunk.Set(1, context.LoadKey);
        chunk.Set(2, context.TaskKey(fromTaskId));
        chunk.EndRow();
    }

    void NoteName(long key, ReadOnlySpan<byte> name, int provinceKey)
    {
        var chunk = sink[RawTables.AgencyName];
        chunk.Set(0, key);
        chunk.Set(1, context.LoadKey);
        chunk.Set(2, context.SourceKey);
        chunk.Set(3, provinceKey);
        chunk.Set(4, name);
        chunk.EndRow();
    }

    /// <summary>The bodies that the name of an agency has meant; each but the first is told from it by its first day.</summary>
    void AddAgency(ReadOnlySpan<byte> name, Place? place, int provinceKey, long nameKey)
    {
        var text = Encoding.UTF8.GetString(name);
        var code = string.Join('/', new[] { context.Feed.System, place == context.FeedPlace ? null : place?.Name, text }.Where(part => !string.IsNullOrEmpty(part)).Select(part => Folding.Fold(part!).Replace(' ', '-')));
        foreach (var body in Units.Of(text, place))
        {
            var bodyCode = body.IsFirst ? code : FormattableString.Invariant($"{code}@{body.From:yyyy-MM-dd}");
            var (from, to) = (body.IsFirst ? FirstDay : ReferenceRows.DaysOf(body.From), ReferenceRows.DaysOf(body.To));
            AddAgency(bodyCode, name, body.ProvinceKey ?? provinceKey, from, to);
            AddAlias(nameKey, bodyCode, from, to);
        }
    }

    void AddAgency(string code, ReadOnlySpan<byte> name, int provinceKey, long from, long to)
    {
        var chunk = sink[RawTables.Agency];
        var agency = RawTables.Agency;
        chunk.Set(agency["agency_key"], AgencyKey(code, from));
        chunk.Set(agency["load_key"], context.LoadKey);
        chunk.Set(agency["source_key"], context.SourceKey);
        chunk.Set(agency["province_key"], provinceKey);
        chunk.Set(agency["row_no"], 0);
        chunk.Set(agency["agency_code"], Encoding.UTF8.GetBytes(code));
        chunk.Set(agency["agency_name"], name);
        chunk.Set(agency["valid_from"], from);
        chunk.Set(agency["valid_to"], to);
        chunk.Set(agency["agency_id"], name);
        chunk.Set(agency["unit_name_key"], UnitNameKey(name));
        chunk.EndRow();
    }

    /// <summary>Key of a unit's name, whatever its system and province.</summary>
    public long UnitNameKey(ReadOnlySpan<byte> name) => StableKey.Seal(FoldOf(name));

    ulong FoldOf(ReadOnlySpan<byte> name)
    {
        if (folds.TryGet(name, out var known)) return known;
        var room = Folding.RoomFor(name.Length);
        var folded = room <= 1024 ? stackalloc byte[1024] : new byte[room];
        return folds.Add(name, StableKey.Chain(1, folded[..Folding.Fold(name, folded)]));
    }

    ulong FoldOf(string name) => FoldOf(Encoding.UTF8.GetBytes(name));
}
