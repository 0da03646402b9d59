using System.Text.RegularExpressions;

namespace Warehouse.Measures;

/// <summary>How a measure is computed.</summary>
public enum MeasureKind
{
    /// <summary>Counts the rows of its table that meet a condition.</summary>
    Count,
    /// <summary>Adds an amount of the rows that meet a condition.</summary>
    Total,
    /// <summary>
    /// The smallest amount that at least so many percent of the rows that meet a condition do not exceed (nearest rank, so it is
    /// always an amount that occurs). It has no value where no row meets it, and those of parts say nothing of the whole.
    /// </summary>
    Percentile,
    /// <summary>Adds other measures.</summary>
    Sum,
    /// <summary>Divides sums of other measures; always shown with numerator and denominator.</summary>
    Rate,
}

/// <summary>One number of the catalogue, defined once for pages, exports and the command line.</summary>
/// <param name="Fact">The table that it is counted over, by its name in the catalogue.</param>
/// <param name="Condition">Which rows count: a condition on the table's columns, with <c>{as_of}</c> and <c>{due_soon_until}</c>; empty = all.</param>
/// <param name="Parts">Of a sum its terms; of a rate the terms of the numerator.</param>
/// <param name="Base">Of a rate the terms of the denominator.</param>
/// <param name="Better"><c>higher</c>, <c>lower</c> or empty: which way is good, for colour.</param>
public sealed partial record Measure(
    string Name, MeasureKind Kind, string Condition, IReadOnlyList<string> Parts, IReadOnlyList<string> Base,
    string Label, string LabelEn, string About, string AboutEn, string Better, string Fact = MeasureFact.State)
{
    /// <summary>Of a total or a percentile: the amount, an expression over the table.</summary>
    public string Amount { get; init; } = "";

    /// <summary>Of a percentile: 1 to 99.</summary>
    public int Percent { get; init; }

    /// <summary>True where it is read from a table, false where it is made of other measures.</summary>
    public bool IsTerm => Kind is MeasureKind.Count or MeasureKind.Total or MeasureKind.Percentile;

    /// <summary>Whether it counts nothing but open tasks.</summary>
    public bool IsOfOpenTasks =>
        Kind == MeasureKind.Count && Fact == MeasureFact.State && Condition.StartsWith("is_open = 1 and ", StringComparison.Ordinal) && !Condition.Contains(" or ", StringComparison.Ordinal);

    /// <summary>Whether its condition names no column but these; days in braces and texts in quotes are no columns.</summary>
    public bool CountsByNothingBut(IReadOnlyList<string> columns) =>
        Word().Matches(Given().Replace(Condition, "")).All(word => columns.Contains(word.Value) || word.Value is "and" or "or" or "in");

    [GeneratedRegex("'[^']*'|{[^}]*}")]
    private static partial Regex Given();

    [GeneratedRegex("[a-z_]+")]
    private static partial Regex Word();
}

/// <summary>What a measure can be split and filtered by.</summary>
/// <param name="Sql">An expression over the table: the key of <paramref name="Table"/>, or the value itself.</param>
/// <param name="Table">The dimension table that explains the key; empty where the expression is the value.</param>
/// <param name="Code">Column of the table that filters match and that stands where there is no name.</param>
/// <param name="NameColumn">Column shown to people; empty where the code is shown.</param>
/// <param name="NameColumnEn">The same in English, where the table has it.</param>
/// <param name="ViewTable">The table that says which member a view shows in place of each; empty where every view shows the same.</param>
public sealed record Dimension(
    string Name, string Sql, string Table, string Code, string NameColumn, string NameColumnEn, string ViewTable, string Label, string LabelEn)
{
    /// <summary>The column shown in a language.</summary>
    public string Shown(bool english) => english && NameColumnEn.Length > 0 ? NameColumnEn : NameColumn.Length > 0 ? NameColumn : Code;

    public bool HasTable => Table.Length > 0;

    public bool HasViews => ViewTable.Length > 0;

    /// <summary>The same two tables by what was known when, with <c>known_from</c> and <c>known_to</c>; empty where one telling holds for ever.</summary>
    public (string Table, string ViewTable) Known { get; init; } = ("", "");

    /// <summary>Whether a view shows other members than the rows name: as it was that is so only where less was known.</summary>
    public bool IsViewed(UnitView view) => HasViews && (view != UnitView.AsWas || IsAsKnown);

    bool IsAsKnown { get; init; }

    /// <summary>The same with its members, and what a view shows in their place, as they were known on a day.</summary>
    /// <param name="day">How the day stands in SQL.</param>
    public Dimension AsKnown(string day)
    {
        string Then(string table) => $"(select * from {table} where known_from <= {day} and known_to > {day})";
        return Known.Table.Length == 0 || IsAsKnown ? this : this with { Table = Then(Known.Table), ViewTable = Then(Known.ViewTable), IsAsKnown = true };
    }

    /// <summary>Column of <see cref="ViewTable"/> with the key of the member shown.</summary>
    public string ShownKey => "shown_" + Sql;
}
