using System.Text.RegularExpressions;

namespace Reports.Pages.Definitions;

/// <summary>
/// What each column that measures are counted by is made of, in the names of a feed's fields. The models decide in SQL;
/// a test holds that every column of a measure's condition is listed here.
/// </summary>
public static partial class Lineage
{
    static readonly string[] Lifecycle = ["status", "completed", "reported", "withdrawn", "deleted", "requires_confirmation"];

    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> All = new Dictionary<string, IReadOnlyList<string>>
    {
        ["is_open"] = Lifecycle,
        ["is_completed"] = Lifecycle,
        ["is_withdrawn"] = ["status", "withdrawn", "deleted"],
        ["lifecycle_code"] = Lifecycle,
        ["has_deadline"] = ["due"],
        ["due_date"] = ["due"],
        ["overdue_from"] = ["due", "reported", "status"],
        ["is_late"] = ["due", "reported", "completed"],
        ["assigned_date"] = ["assigned"],
        ["completed_date"] = ["completed", "reported"],
    };

    /// <summary>The columns that a condition names, in their order.</summary>
    public static IReadOnlyList<string> ColumnsOf(string condition) =>
        [.. Word().Matches(Literal().Replace(condition, "")).Select(match => match.Value).Where(word => !Words.Contains(word)).Distinct()];

    /// <summary>The fields of a feed that a condition depends on.</summary>
    public static IReadOnlyList<string> FieldsOf(string condition) =>
        [.. ColumnsOf(condition).SelectMany(column => All.GetValueOrDefault(column) ?? []).Distinct()];

    static readonly string[] Words = ["and", "or", "not", "is", "null", "in", "between", "case", "when", "then", "else", "end", "coalesce", "fn", "days_between", "add_days", "cast", "as", "date"];

    [GeneratedRegex(@"'[^']*'|\{[^}]*\}")]
    private static partial Regex Literal();

    [GeneratedRegex(@"[a-z_][a-z_0-9]*")]
    private static partial Regex Word();
}
