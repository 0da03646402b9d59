using System.Globalization;

namespace Warehouse.Engines;

/// <summary>Values written into SQL where no parameter can stand: inside <c>create table … as</c>.</summary>
public static class SqlLiteral
{
    /// <summary>A day in the one form that DuckDB, PostgreSQL and SQL Server take alike.</summary>
    public static string Of(DateOnly day) => $"cast('{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}' as date)";
}
