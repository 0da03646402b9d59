using Warehouse.Wording;

namespace Warehouse.Measures;

/// <summary>A question to the catalogue: which numbers, split by what, of which tasks, as of which day.</summary>
/// <param name="AsOf">State at the end of this day; null = <paramref name="To"/>, else the day of the newest published extract.</param>
/// <param name="From">First day of the window, included: of assignment; of measures of what happened, of those days.</param>
/// <param name="To">Last day of the window, included.</param>
/// <param name="View">Which provinces and agencies are shown and asked for.</param>
public sealed record MeasureRequest(
    IReadOnlyList<string> Measures, IReadOnlyList<string> By, IReadOnlyList<Condition> Where,
    DateOnly? AsOf = null, DateOnly? From = null, DateOnly? To = null, bool English = false, UnitView View = UnitView.AsWas)
{
    /// <summary>What extracts up to this day had told, computed with today's definitions; null = all that is known.</summary>
    public DateOnly? KnownAt { get; init; }

    /// <summary>Whether counts by month, of these dimensions, hold all that it names: its window is of whole months, or ends where nothing counts any more.</summary>
    public bool IsAnsweredByMonth(IReadOnlyList<string> dimensions, DateOnly asOf) =>
        By.Concat(Where.Select(condition => condition.Dimension)).All(dimensions.Contains) && From is null or { Day: 1 } && (To is null || To.Value.AddDays(1).Day == 1 || To >= asOf);

    /// <summary>The same for whatever day: requests of which this is the same differ in the day and in what they count.</summary>
    public string OfAnyDay => $"{(this with { AsOf = null }).Rows}|{string.Join(';', By)}|{English}";

    /// <summary>What it reads, whatever it counts and splits by: requests of which this is the same read the same rows.</summary>
    public string Rows => string.Join('|', AsOf, From, To, KnownAt, View, string.Join(';', Where.Select(condition => $"{condition.Dimension}={string.Join('/', condition.Values)}")));
}

/// <summary>A dimension and the values that pass; a row passes one condition when it has any of its values.</summary>
public sealed record Condition(string Dimension, IReadOnlyList<string> Values)
{
    /// <summary>Reads "province=Cần Thơ;assigned_year=2021|2022": conditions by semicolon, values by bar.</summary>
    /// <exception cref="CatalogException">A part has no equals sign.</exception>
    public static IReadOnlyList<Condition> Parse(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne)];

    static Condition ParseOne(string part)
    {
        var at = part.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0) throw new CatalogException($"'{part}' is not a condition; write DIMENSION=VALUE, several values as VALUE|VALUE");
        return new(part[..at].Trim(), part[(at + 1)..].Split('|', StringSplitOptions.TrimEntries));
    }
}

/// <summary>The answer: one row per combination of dimension values, with the day, the window and the view it holds for.</summary>
public sealed record MeasureTable(
    IReadOnlyList<Dimension> By, IReadOnlyList<Measure> Measures, IReadOnlyList<MeasureRow> Rows, DateOnly AsOf, DateOnly? From, DateOnly? To, UnitView View)
{
    /// <inheritdoc cref="MeasureRequest.KnownAt"/>
    public DateOnly? KnownAt { get; init; }

    /// <summary>The date columns that the window applied to, each once.</summary>
    public IReadOnlyList<string> Windows { get; init; } = [];
}

/// <summary>Values of the dimensions (null = none) and of the measures, in the order of the request.</summary>
public sealed record MeasureRow(IReadOnlyList<string?> By, IReadOnlyList<MeasureValue> Values)
{
    /// <summary>One text for the values of the dimensions, another one for every other values.</summary>
    internal static string Key(IEnumerable<string?> by) => string.Join('\u001f', by.Select(value => value ?? "\u0000"));

    /// <summary>By the values of the dimensions, in the order of the Vietnamese alphabet.</summary>
    internal static List<MeasureRow> Sorted(IEnumerable<MeasureRow> rows, int dimensions)
    {
        var sorted = rows.OrderBy(_ => 0);
        for (var i = 0; i < dimensions; i++)
        {
            var column = i;
            sorted = sorted.ThenBy(row => row.By[column], Alphabet.Vietnamese);
        }
        return [.. sorted];
    }
}

/// <summary>A number with its base. Of a rate <paramref name="Base"/> is the denominator; a rate over nothing has no value.</summary>
public readonly record struct MeasureValue(long Count, long? Base)
{
    /// <summary>A percentile of nothing.</summary>
    public static readonly MeasureValue None = new(0, null) { IsNone = true };

    /// <summary>True where there is nothing to say a number of.</summary>
    public bool IsNone { get; private init; }

    /// <summary>The count, or numerator ÷ denominator; null where the denominator is 0 or there is nothing.</summary>
    public double? Value => IsNone ? null : Base switch { null => Count, 0 => null, var of => (double)Count / of.Value };
}
