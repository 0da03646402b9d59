using System.Runtime.InteropServices;

namespace Warehouse.Engines.DuckDb;

/// <summary>Results, chunks, vectors, types and the appender.</summary>
static unsafe partial class Native
{
    // Results
    [LibraryImport(Library, EntryPoint = "duckdb_result_error")]
    public static partial nint ResultError(ResultHandle result);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")]
    public static partial void DestroyResult(nint result);
    [LibraryImport(Library, EntryPoint = "duckdb_result_return_type")]
    public static partial int ReturnType(ResultFields result);
    [LibraryImport(Library, EntryPoint = "duckdb_column_count")]
    public static partial ulong ColumnCount(ResultHandle result);
    [LibraryImport(Library, EntryPoint = "duckdb_column_name")]
    public static partial nint ColumnName(ResultHandle result, ulong column);
    [LibraryImport(Library, EntryPoint = "duckdb_column_logical_type")]
    public static partial TypeHandle ColumnType(ResultHandle result, ulong column);
    [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk")]
    public static partial ChunkHandle FetchChunk(ResultFields result);

    // Types
    [LibraryImport(Library, EntryPoint = "duckdb_create_logical_type")]
    public static partial TypeHandle CreateType(DuckDbType type);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_logical_type")]
    public static partial void DestroyType(ref nint type);
    [LibraryImport(Library, EntryPoint = "duckdb_get_type_id")]
    public static partial DuckDbType TypeId(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_decimal_width")]
    public static partial byte DecimalWidth(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_decimal_scale")]
    public static partial byte DecimalScale(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_decimal_internal_type")]
    public static partial DuckDbType DecimalStorage(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_enum_internal_type")]
    public static partial DuckDbType EnumStorage(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_enum_dictionary_size")]
    public static partial uint EnumSize(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_enum_dictionary_value")]
    public static partial nint EnumValue(TypeHandle type, ulong index);
    [LibraryImport(Library, EntryPoint = "duckdb_list_type_child_type")]
    public static partial TypeHandle ListItemType(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_array_type_child_type")]
    public static partial TypeHandle ArrayItemType(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_array_type_array_size")]
    public static partial ulong ArraySize(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_map_type_key_type")]
    public static partial TypeHandle MapKeyType(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_map_type_value_type")]
    public static partial TypeHandle MapValueType(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_count")]
    public static partial ulong StructSize(TypeHandle type);
    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_name")]
    public static partial nint StructFieldName(TypeHandle type, ulong index);
    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_type")]
    public static partial TypeHandle StructFieldType(TypeHandle type, ulong index);

    // Chunks and vectors; a vector belongs to its chunk
    [LibraryImport(Library, EntryPoint = "duckdb_create_data_chunk")]
    public static partial ChunkHandle CreateChunk(nint* types, ulong count);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk")]
    public static partial void DestroyChunk(ref nint chunk);
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_reset")]
    public static partial void ResetChunk(ChunkHandle chunk);
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size")]
    public static partial ulong ChunkSize(ChunkHandle chunk);
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_set_size")]
    public static partial void SetChunkSize(ChunkHandle chunk, ulong rows);
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")]
    public static partial nint ChunkVector(ChunkHandle chunk, ulong column);
    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data")]
    public static partial byte* VectorData(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity")]
    public static partial ulong* VectorValidity(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_vector_ensure_validity_writable")]
    public static partial void EnsureValidityWritable(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_get_child")]
    public static partial nint ListItems(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_array_vector_get_child")]
    public static partial nint ArrayItems(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_struct_vector_get_child")]
    public static partial nint StructField(nint vector, ulong index);

    // Appender
    [LibraryImport(Library, EntryPoint = "duckdb_appender_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateAppender(ConnectionHandle connection, string schema, string table, out AppenderHandle appender);
    [LibraryImport(Library, EntryPoint = "duckdb_appender_add_column", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddAppenderColumn(AppenderHandle appender, string name);
    [LibraryImport(Library, EntryPoint = "duckdb_appender_error")]
    public static partial nint AppenderError(AppenderHandle appender);
    [LibraryImport(Library, EntryPoint = "duckdb_append_data_chunk")]
    public static partial int AppendChunk(AppenderHandle appender, ChunkHandle chunk);
    [LibraryImport(Library, EntryPoint = "duckdb_appender_close")]
    public static partial int CloseAppender(AppenderHandle appender);
    [LibraryImport(Library, EntryPoint = "duckdb_appender_clear")]
    public static partial int ClearAppender(nint appender);
    [LibraryImport(Library, EntryPoint = "duckdb_appender_destroy")]
    public static partial int DestroyAppender(ref nint appender);

    /// <summary>A text that DuckDB keeps.</summary>
    public static string? Text(nint utf8) => Marshal.PtrToStringUTF8(utf8);

    /// <summary>A text that the caller has to free, freed.</summary>
    public static string? TakeText(nint utf8)
    {
        var text = Marshal.PtrToStringUTF8(utf8);
        if (utf8 != 0) Free(utf8);
        return text;
    }
}

/// <summary>duckdb_result, which some functions take by value; only its last field is in use.</summary>
[StructLayout(LayoutKind.Sequential)]
struct ResultFields
{
    public ulong ColumnCount, RowCount, RowsChanged;
    public nint Columns, ErrorMessage, Data;
}

/// <summary>A text or blob in a vector: up to 12 bytes in place, else a pointer after the first four bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
unsafe struct StringEntry
{
    [FieldOffset(0)] public int Length;
    [FieldOffset(4)] public fixed byte Inlined[12];
    [FieldOffset(8)] public byte* Pointer;

    public const int MostInlined = 12;
}

/// <summary>Where the items of a list are among its vector's items.</summary>
[StructLayout(LayoutKind.Sequential)]
struct ListEntry
{
    public ulong Offset;
    public ulong Length;
}
