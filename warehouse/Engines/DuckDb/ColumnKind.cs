namespace Warehouse.Engines.DuckDb;

/// <summary>How a DuckDB type is called in SQL and which .NET type its values have.</summary>
/// <remarks>
/// DATE is DateOnly and TIME is TimeOnly, as with PostgreSQL's driver; every TIMESTAMP is a DateTime in UTC. The
/// 128-bit integers are decimal, because sums of BIGINT have that type and readers want an ordinary number. Lists,
/// arrays, maps and structs are text in DuckDB's notation.
/// </remarks>
sealed record ColumnKind(string SqlName, Type ClrType)
{
    /// <exception cref="DuckDbException">The type cannot be read.</exception>
    public static ColumnKind Of(ResultColumn column) => column.Type switch
    {
        DuckDbType.Boolean => new("BOOLEAN", typeof(bool)),
        DuckDbType.TinyInt => new("TINYINT", typeof(sbyte)),
        DuckDbType.SmallInt => new("SMALLINT", typeof(short)),
        DuckDbType.Integer => new("INTEGER", typeof(int)),
        DuckDbType.BigInt => new("BIGINT", typeof(long)),
        DuckDbType.UTinyInt => new("UTINYINT", typeof(byte)),
        DuckDbType.USmallInt => new("USMALLINT", typeof(ushort)),
        DuckDbType.UInteger => new("UINTEGER", typeof(uint)),
        DuckDbType.UBigInt => new("UBIGINT", typeof(ulong)),
        DuckDbType.HugeInt => new("HUGEINT", typeof(decimal)),
        DuckDbType.UHugeInt => new("UHUGEINT", typeof(decimal)),
        DuckDbType.Float => new("FLOAT", typeof(float)),
        DuckDbType.Double => new("DOUBLE", typeof(double)),
        DuckDbType.Decimal => new($"DECIMAL({column.Precision},{column.Scale})", typeof(decimal)),
        DuckDbType.Varchar => new("VARCHAR", typeof(string)),
        DuckDbType.Enum => new("ENUM", typeof(string)),
        DuckDbType.Blob => new("BLOB", typeof(byte[])),
        DuckDbType.Date => new("DATE", typeof(DateOnly)),
        DuckDbType.Time => new("TIME", typeof(TimeOnly)),
        DuckDbType.TimeNs => new("TIME_NS", typeof(TimeOnly)),
        DuckDbType.Timestamp => new("TIMESTAMP", typeof(DateTime)),
        DuckDbType.TimestampS => new("TIMESTAMP_S", typeof(DateTime)),
        DuckDbType.TimestampMs => new("TIMESTAMP_MS", typeof(DateTime)),
        DuckDbType.TimestampNs => new("TIMESTAMP_NS", typeof(DateTime)),
        DuckDbType.TimestampTz => new("TIMESTAMP WITH TIME ZONE", typeof(DateTime)),
        DuckDbType.Interval => new("INTERVAL", typeof(TimeSpan)),
        DuckDbType.Uuid => new("UUID", typeof(Guid)),
        DuckDbType.List => new(column.Parts[0].Kind.SqlName + "[]", typeof(string)),
        DuckDbType.Array => new($"{column.Parts[0].Kind.SqlName}[{column.ArraySize}]", typeof(string)),
        DuckDbType.Map => new($"MAP({column.Parts[0].Kind.SqlName}, {column.Parts[1].Kind.SqlName})", typeof(string)),
        DuckDbType.Struct => new($"STRUCT({string.Join(", ", column.Parts.Select(p => $"{p.Name} {p.Kind.SqlName}"))})", typeof(string)),
        DuckDbType.SqlNull => new("\"NULL\"", typeof(object)),
        _ => throw new DuckDbException($"column '{column.Name}' has a DuckDB type that is not read here (number {(int)column.Type}): cast it to varchar in the query"),
    };
}
