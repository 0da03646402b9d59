using System.Globalization;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;

namespace Warehouse.Exports;

/// <summary>A file that was written.</summary>
/// <param name="Path">Absolute.</param>
public sealed record ParquetFile(string Path, long Rows, long Bytes);

/// <summary>Rows of a DuckDB database as Parquet files, by DuckDB's own COPY.</summary>
static class ParquetFiles
{
    /// <summary>Folder of rows without a value, as Hive, Spark and Trino name it.</summary>
    const string NoValue = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>Writes the rows of a SELECT into a folder that is there and empty; at least one file, so that the columns can be read of a table without rows.</summary>
    public static async Task<IReadOnlyList<ParquetFile>> WriteAsync(DuckDbConnection connection, string select, IReadOnlyList<string> partedBy, string folder, CancellationToken cancel)
    {
        var parts = partedBy.Count == 0 ? "" : $", partition_by ({string.Join(", ", partedBy)}), filename_pattern 'part_{{i}}'";
        var files = await CopyAsync(connection, select, partedBy.Count == 0 ? Path.Combine(folder, "part_0.parquet") : folder, parts, cancel);
        if (files.Count > 0) return files;
        var empty = Directory.CreateDirectory(Path.Combine([folder, .. partedBy.Select(part => $"{part}={NoValue}")])).FullName;
        var columns = partedBy.Count == 0 ? "*" : $"* exclude ({string.Join(", ", partedBy)})";
        return await CopyAsync(connection, $"select {columns} from ({select}) as none", Path.Combine(empty, "part_0.parquet"), "", cancel);
    }

    static async Task<List<ParquetFile>> CopyAsync(DuckDbConnection connection, string select, string to, string options, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"copy ({select}) to '{to.Replace("'", "''", StringComparison.Ordinal)}' (format parquet, compression snappy, return_stats true{options})";
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (path, rows, bytes) = (reader.GetOrdinal("filename"), reader.GetOrdinal("count"), reader.GetOrdinal("file_size_bytes"));
        var files = new List<ParquetFile>();
        while (await reader.ReadAsync(cancel))
            files.Add(new(Path.GetFullPath(reader.GetString(path)), Convert.ToInt64(reader.GetValue(rows), CultureInfo.InvariantCulture), Convert.ToInt64(reader.GetValue(bytes), CultureInfo.InvariantCulture)));
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }
}
