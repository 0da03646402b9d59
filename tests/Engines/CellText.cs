using System.Data.Common;
using System.Globalization;

namespace Tests.Engines;

/// <summary>A value of a result as text, the same whichever engine it came from; empty for null.</summary>
static class CellText
{
    /// <param name="type">The column's type, as the engine calls it.</param>
    public static string Of(DbDataReader reader, int column, string type) => reader.IsDBNull(column) ? "" : reader.GetValue(column) switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime day when type.Equals("date", StringComparison.OrdinalIgnoreCase) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
