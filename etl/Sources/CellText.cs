using System.Globalization;

namespace Etl.Sources;

/// <summary>The invariant text of typed values, the same for cells of a workbook and columns of a database.</summary>
static class CellText
{
    /// <summary>
    /// Dates as ISO text (a day alone where the time is midnight and <paramref name="dayAtMidnight"/> says so), numbers with
    /// all their digits, truth as 1 or 0, bytes as hex, nothing as empty text.
    /// </summary>
    public static string Of(object? value, bool dayAtMidnight = false) => value switch
    {
        null or DBNull => "",
        string text => text,
        double number => Of(number),
        float number => Of(double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        bool truth => truth ? "1" : "0",
        DateTime { TimeOfDay.Ticks: 0 } day when dayAtMidnight => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + (instant.Kind == DateTimeKind.Utc ? "Z" : ""),
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        Array items => System.Text.Json.JsonSerializer.Serialize(items, items.GetType()),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    static string Of(double number)
    {
        // Identifiers of 16 digits and more are stored as numbers too: "1E+16" would no longer be one.
        if (double.IsInteger(number) && Math.Abs(number) is >= 1e15 and < 1e28) return number.ToString("F0", CultureInfo.InvariantCulture);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E') && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact != 0
            ? exact.ToString(CultureInfo.InvariantCulture) : text;
    }
}
