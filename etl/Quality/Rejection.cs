namespace Etl.Quality;

/// <summary>The rules by which a row is refused: short names that people filter by.</summary>
public static class Rule
{
    public const string Missing = "missing";
    public const string NotText = "not_text";
    public const string NotADate = "not_a_date";
    public const string OutOfRange = "out_of_range";
    public const string NotANumber = "not_a_number";
    public const string UnknownCode = "unknown_code";
    public const string UnknownProvince = "unknown_province";
    public const string UnknownSecrecy = "unknown_secrecy";
    public const string DuplicateKey = "duplicate_key";
    public const string Malformed = "malformed_row";
}

/// <summary>Why a row is not accepted.</summary>
/// <param name="RuleCode">One of <see cref="Rule"/>.</param>
/// <param name="Column">The received column, or empty where the whole row is at fault.</param>
/// <param name="Reason">A clause that follows the received text: "is not a date (dd/MM/yyyy)".</param>
/// <param name="Received">The text at fault, as it came.</param>
public sealed record Rejection(string RuleCode, string Column, string Reason, string Received)
{
    /// <summary>With coordinates, for people.</summary>
    public string At(string part, long row) =>
        $"{part} › row {row}{(Column.Length > 0 ? $" › {Column}" : "")}: {(Received.Length > 0 ? $"'{Shortened}' " : "")}{Reason}";

    string Shortened => Received.Length > 120 ? Received[..120] + "…" : Received;
}
