using System.Text;
using Etl.Feeds;
using Etl.Normalise;
using Etl.Quality;
using Etl.Sources;

namespace Etl.Load;

/// <summary>Reads one canonical column of a part: finds the received text, then what it means. Remembers why the last row failed.</summary>
sealed class FieldReader
{
    readonly FeedColumn column;
    readonly int index = -1;
    readonly byte[]? constant;
    readonly byte[][] empty;
    readonly (int Index, byte[] Literal)[] pieces = [];
    readonly FieldReader? copied;
    readonly Dictionary<string, string>? lookup;
    readonly DateFormats? formats;
    readonly ValueCache<string?> codes = new();
    byte[] joined = [];

    readonly OldFont? font;

    FieldReader(FeedColumn column, OldFont? font, IReadOnlyList<string> found, Func<string, FieldReader> other)
    {
        this.column = column;
        this.font = font;
        constant = column.Constant is { } text ? Encoding.UTF8.GetBytes(text) : null;
        empty = [.. column.Empty.Select(Encoding.UTF8.GetBytes)];
        lookup = column.Lookup?.ToDictionary(pair => pair.Key, pair => pair.Value);
        if (column.Formats.Count > 0) formats = DateFormats.Compile(column.Formats).Value;
        else if (column.Constant is not null && column.Type == CanonicalType.Moment) formats = DateFormats.Compile(["iso"]).Value;
        if (column.From.Count > 0) index = IndexOf(column.From, found);
        if (column.Copy is { } name) copied = other(name);
        if (column.Concat.Count > 0) pieces = [.. column.Concat.Select(piece => (IndexOf([piece], found), Encoding.UTF8.GetBytes(piece)))];
    }

    /// <summary>Places of the received fields that the column is made of.</summary>
    public IEnumerable<int> Places => index >= 0 ? [index] : pieces.Select(piece => piece.Index).Where(at => at >= 0);

    public string Name => column.Name;

    public FeedColumn Column => column;

    /// <summary>The received column's name, for coordinates.</summary>
    public string ReceivedName { get; private set; } = "";

    /// <summary>Readers of every column of a record for a part with these columns.</summary>
    /// <exception cref="SourceException">The part lacks a column that the feed reads.</exception>
    /// <param name="font">The font that texts may have been typed for; null where they are Unicode throughout.</param>
    public static Dictionary<string, FieldReader> ForPart(FeedRecord record, string part, IReadOnlyList<string> found, OldFont? font)
    {
        var missing = record.Columns.Where(column => column.From.Count > 0 && !column.IsOptional && IndexOf(column.From, found) < 0).ToList();
        if (missing.Count > 0)
            throw new SourceException(SourceFault.Data, $"{part}: column {string.Join(", ", missing.Select(column => $"'{string.Join("' or '", column.From)}' (for {column.Name})"))} is missing; the part has {string.Join(", ", found)}");
        var readers = new Dictionary<string, FieldReader>();
        FieldReader Reader(string name)
        {
            if (readers.TryGetValue(name, out var known)) return known;
            var column = record.Column(name) ?? throw new FeedException($"record '{record.Name}': a column copies '{name}', which it does not have");
            var reader = new FieldReader(column, font, found, Reader) { ReceivedName = column.From.FirstOrDefault(found.Contains) ?? column.Name };
            return readers[name] = reader;
        }
        foreach (var column in record.Columns) Reader(column.Name);
        return readers;
    }

    /// <summary>The received text without blanks at its ends; empty where it is one of the feed's words for "no value".</summary>
    public ReadOnlySpan<byte> Received(RowBatch batch, int row)
    {
        var text = constant ?? (index >= 0 ? batch.Field(row, index) : copied is not null ? copied.Received(batch, row) : pieces.Length > 0 ? Join(batch, row) : default(ReadOnlySpan<byte>));
        text = Blank.Trim(text);
        if (font is { } typed) text = Encodings.Repair(text, typed);
        foreach (var word in empty)
            if (text.SequenceEqual(word)) return default;
        return text;
    }

    /// <summary>Clean text of a name or a free text; empty where there is none or <paramref name="fault"/> says why not.</summary>
    public ReadOnlySpan<byte> Text(RowBatch batch, int row, ref Rejection? fault)
    {
        var received = Received(batch, row);
        if (received.IsEmpty) return Absent(ref fault);
        if (lookup is not null) return LookedUp(received, ref fault) is { } value ? Encoding.UTF8.GetBytes(value) : default;
        var clean = Normalise.Text.Clean(received, column.Type == CanonicalType.Text ? TextKind.Free : TextKind.Name);
        if (clean.Ok) return clean.Utf8;
        fault ??= new(Rule.NotText, ReceivedName, clean.Reason!, Encoding.UTF8.GetString(received));
        return default;
    }

    /// <summary>The code that the received text stands for; null where there is none.</summary>
    public string? Code(RowBatch batch, int row, ref Rejection? fault)
    {
        var received = Received(batch, row);
        if (received.IsEmpty)
        {
            Absent(ref fault);
            return null;
        }
        if (codes.TryGet(received, out var known) && known is not null) return known;
        var code = lookup is not null ? LookedUp(received, ref fault) : Known(Encoding.UTF8.GetString(received), ref fault);
        return code is null ? null : codes.Add(received, code.Length == 0 ? null : code);
    }

    /// <summary>The moment that the received text tells; false where there is none.</summary>
    public bool Moment(RowBatch batch, int row, out Moment moment, ref Rejection? fault)
    {
        moment = default;
        var received = Received(batch, row);
        if (received.IsEmpty)
        {
            Absent(ref fault);
            return false;
        }
        // Parsing costs no more than remembering would.
        var parsed = formats!.Parse(received);
        if (!parsed.Ok)
        {
            fault ??= new(Rule.NotADate, ReceivedName, parsed.Reason!, Encoding.UTF8.GetString(received));
            return false;
        }
        moment = parsed.Value;
        return true;
    }

    public bool Number(RowBatch batch, int row, out double number, ref Rejection? fault)
    {
        number = 0;
        var received = Received(batch, row);
        if (received.IsEmpty)
        {
            Absent(ref fault);
            return false;
        }
        var parsed = Numbers.Decimal(received, column.DecimalComma ? DecimalMark.Comma : DecimalMark.Point);
        if (parsed.Ok)
        {
            number = parsed.Value;
            return true;
        }
        fault ??= new(Rule.NotANumber, ReceivedName, parsed.Reason!, Encoding.UTF8.GetString(received));
        return false;
    }

    public bool Flag(RowBatch batch, int row, ref Rejection? fault)
    {
        var received = Received(batch, row);
        if (received.IsEmpty) return false;
        if (lookup is not null) return LookedUp(received, ref fault) == "1";
        var parsed = Numbers.Flag(received, FlagForms.Any);
        if (parsed.Ok) return parsed.Value;
        fault ??= new(Rule.UnknownCode, ReceivedName, parsed.Reason!, Encoding.UTF8.GetString(received));
        return false;
    }

    ReadOnlySpan<byte> Absent(ref Rejection? fault)
    {
        if (column.Required) fault ??= new(Rule.Missing, ReceivedName, "is missing", "");
        return default;
    }

    string? LookedUp(ReadOnlySpan<byte> received, ref Rejection? fault)
    {
        var text = Encoding.UTF8.GetString(Normalise.Text.Clean(received, TextKind.Name).Utf8);
        if (lookup!.TryGetValue(text, out var value)) return value;
        if (column.Else is not null) return column.Else;
        fault ??= new(Rule.UnknownCode, ReceivedName, $"is no known {column.Name}", Encoding.UTF8.GetString(received));
        return null;
    }

    string? Known(string text, ref Rejection? fault)
    {
        if (column.Codes is null || column.Codes.Contains(text)) return text;
        fault ??= new(Rule.UnknownCode, ReceivedName, $"is no known {column.Name}", text);
        return null;
    }

    ReadOnlySpan<byte> Join(RowBatch batch, int row)
    {
        var length = 0;
        foreach (var (at, literal) in pieces)
        {
            var piece = at >= 0 ? batch.Field(row, at) : literal;
            if (length + piece.Length > joined.Length) Array.Resize(ref joined, Math.Max(joined.Length * 2, length + piece.Length));
            piece.CopyTo(joined.AsSpan(length));
            length += piece.Length;
        }
        return joined.AsSpan(0, length);
    }

    static int IndexOf(IReadOnlyList<string> names, IReadOnlyList<string> found)
    {
        foreach (var name in names)
            for (var i = 0; i < found.Count; i++)
                if (string.Equals(found[i].Normalize(), name.Normalize(), StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
