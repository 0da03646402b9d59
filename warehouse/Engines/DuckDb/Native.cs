using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// The part of DuckDB's C interface that is used here, under its own names without the prefix. "duckdb" is found as
/// libduckdb.so, libduckdb.dylib or duckdb.dll beside this assembly. Text is UTF-8. A function that returns a state
/// returns 0 for success; its reason is asked for separately.
/// </summary>
static unsafe partial class Native
{
    const string Library = "duckdb";

    /// <summary>Rows that a vector holds; fixed when DuckDB is compiled.</summary>
    public const int VectorSize = 2048;

    // Database and connection
    [LibraryImport(Library, EntryPoint = "duckdb_create_config")]
    public static partial int CreateConfig(out ConfigHandle config);
    [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetConfig(ConfigHandle config, string name, string option);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_config")]
    public static partial void DestroyConfig(ref nint config);
    [LibraryImport(Library, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, out DatabaseHandle database, ConfigHandle config, out nint error);
    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);
    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    public static partial int Connect(DatabaseHandle database, out ConnectionHandle connection);
    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);
    [LibraryImport(Library, EntryPoint = "duckdb_interrupt")]
    public static partial void Interrupt(ConnectionHandle connection);
    [LibraryImport(Library, EntryPoint = "duckdb_query_progress")]
    public static partial Progress QueryProgress(ConnectionHandle connection);
    [LibraryImport(Library, EntryPoint = "duckdb_library_version")]
    public static partial nint LibraryVersion();
    [LibraryImport(Library, EntryPoint = "duckdb_free")]
    public static partial void Free(nint memory);

    // Statements
    [LibraryImport(Library, EntryPoint = "duckdb_extract_statements", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong ExtractStatements(ConnectionHandle connection, string sql, out ExtractedHandle statements);
    [LibraryImport(Library, EntryPoint = "duckdb_extract_statements_error")]
    public static partial nint ExtractStatementsError(ExtractedHandle statements);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_extracted")]
    public static partial void DestroyExtracted(ref nint statements);
    [LibraryImport(Library, EntryPoint = "duckdb_prepare_extracted_statement")]
    public static partial int PrepareExtracted(ConnectionHandle connection, ExtractedHandle statements, ulong index, out PreparedHandle prepared);
    [LibraryImport(Library, EntryPoint = "duckdb_prepare_error")]
    public static partial nint PrepareError(PreparedHandle prepared);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_prepare")]
    public static partial void DestroyPrepare(ref nint prepared);
    [LibraryImport(Library, EntryPoint = "duckdb_nparams")]
    public static partial ulong ParameterCount(PreparedHandle prepared);
    [LibraryImport(Library, EntryPoint = "duckdb_parameter_name")]
    public static partial nint ParameterName(PreparedHandle prepared, ulong index);
    [LibraryImport(Library, EntryPoint = "duckdb_pending_prepared_streaming")]
    public static partial int PendingStreaming(PreparedHandle prepared, out PendingHandle pending);
    [LibraryImport(Library, EntryPoint = "duckdb_pending_error")]
    public static partial nint PendingError(PendingHandle pending);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_pending")]
    public static partial void DestroyPending(ref nint pending);
    [LibraryImport(Library, EntryPoint = "duckdb_execute_pending")]
    public static partial int ExecutePending(PendingHandle pending, ResultHandle result);

    // Values bound to parameters, which count from 1
    [LibraryImport(Library, EntryPoint = "duckdb_bind_null")]
    public static partial int BindNull(PreparedHandle prepared, ulong index);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_boolean")]
    public static partial int Bind(PreparedHandle prepared, ulong index, [MarshalAs(UnmanagedType.U1)] bool value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_int8")]
    public static partial int Bind(PreparedHandle prepared, ulong index, sbyte value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_int16")]
    public static partial int Bind(PreparedHandle prepared, ulong index, short value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_int32")]
    public static partial int Bind(PreparedHandle prepared, ulong index, int value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_int64")]
    public static partial int Bind(PreparedHandle prepared, ulong index, long value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_uint8")]
    public static partial int Bind(PreparedHandle prepared, ulong index, byte value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_uint16")]
    public static partial int Bind(PreparedHandle prepared, ulong index, ushort value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_uint32")]
    public static partial int Bind(PreparedHandle prepared, ulong index, uint value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_uint64")]
    public static partial int Bind(PreparedHandle prepared, ulong index, ulong value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_float")]
    public static partial int Bind(PreparedHandle prepared, ulong index, float value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_double")]
    public static partial int Bind(PreparedHandle prepared, ulong index, double value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_hugeint")]
    public static partial int Bind(PreparedHandle prepared, ulong index, HugeInt value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_decimal")]
    public static partial int Bind(PreparedHandle prepared, ulong index, WideDecimal value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_interval")]
    public static partial int Bind(PreparedHandle prepared, ulong index, DuckDbInterval value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_date")]
    public static partial int BindDate(PreparedHandle prepared, ulong index, int days);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_time")]
    public static partial int BindTime(PreparedHandle prepared, ulong index, long micros);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_timestamp")]
    public static partial int BindTimestamp(PreparedHandle prepared, ulong index, long micros);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_timestamp_tz")]
    public static partial int BindTimestampTz(PreparedHandle prepared, ulong index, long micros);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_varchar_length")]
    public static partial int BindText(PreparedHandle prepared, ulong index, byte* utf8, ulong length);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_blob")]
    public static partial int BindBlob(PreparedHandle prepared, ulong index, byte* bytes, ulong length);
    [LibraryImport(Library, EntryPoint = "duckdb_create_uuid")]
    public static partial nint CreateUuid(HugeInt value);
    [LibraryImport(Library, EntryPoint = "duckdb_bind_value")]
    public static partial int BindValue(PreparedHandle prepared, ulong index, nint value);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_value")]
    public static partial void DestroyValue(ref nint value);
}

[StructLayout(LayoutKind.Sequential)]
struct Progress
{
    public double Percentage;
    public ulong RowsProcessed;
    public ulong RowsInAll;
}

/// <summary>A 128-bit integer as DuckDB lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
struct HugeInt
{
    public ulong Lower;
    public long Upper;

    public static HugeInt From(Int128 value) => new() { Lower = (ulong)value, Upper = (long)(value >> 64) };

    public readonly Int128 ToInt128() => new((ulong)Upper, Lower);
}

[StructLayout(LayoutKind.Sequential)]
struct WideDecimal
{
    public byte Width;
    public byte Scale;
    public HugeInt Value;
}
