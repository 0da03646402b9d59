namespace Warehouse.Engines;

/// <summary>The column types that every engine stores alike; each engine names them in its own dialect.</summary>
public enum ColumnType
{
    /// <summary>64-bit integer; also every surrogate key.</summary>
    BigInt,
    /// <summary>32-bit integer.</summary>
    Integer,
    /// <summary>16-bit integer; also every 0/1 flag, because SQL Server has no boolean.</summary>
    SmallInt,
    /// <summary>64-bit floating point.</summary>
    Double,
    /// <summary>A day; in a <see cref="RowChunk"/> the days since 1970-01-01.</summary>
    Date,
    /// <summary>An instant in UTC; in a <see cref="RowChunk"/> the microseconds since 1970-01-01T00:00Z.</summary>
    Timestamp,
    /// <summary>Unicode text; in a <see cref="RowChunk"/> UTF-8.</summary>
    Text,
}

/// <summary>A column. <paramref name="Length"/> bounds a text column in characters (0 = unbounded).</summary>
public sealed record Column(string Name, ColumnType Type, int Length = 0);

/// <summary>A table that is filled in bulk: its layer (schema), its name and its columns in order.</summary>
public sealed record TableShape(string Schema, string Name, IReadOnlyList<Column> Columns)
{
    /// <summary>As written in SQL, for example <c>raw.task</c>.</summary>
    public string FullName => $"{Schema}.{Name}";

    /// <summary>Position of a column.</summary>
    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public int this[string column]
    {
        get
        {
            for (var i = 0; i < Columns.Count; i++)
                if (Columns[i].Name == column) return i;
            throw new ArgumentException($"{FullName} has no column '{column}'");
        }
    }
}
