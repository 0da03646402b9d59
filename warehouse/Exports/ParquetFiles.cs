using System.Globalization;
using Dapper;
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

    /// <summary>
    /// Columns of open parts that DuckDB may have at one time: it keeps a vector of each, some 16 KB. What is more is written in several
    /// COPYs, so that memory does not grow with the provinces and years there are.
    /// </summary>
    const int MostOpenColumns = 3_200;

    /// <summary>Half of what DuckDB gathers by itself before it writes: most files are smaller than either, and with twice as many it spills sooner than it gains.</summary>
    const int RowsOfAGroup = 61_440;

    /// <summary>Writes the rows of a SELECT into a folder that is there and empty; at least one file, so that the columns can be read of a table without rows.</summary>
    /// <param name="parts">A SELECT that is read quickly and gives at least as many rows as the other one has parts.</param>
    public static async Task<IReadOnlyList<ParquetFile>> WriteAsync(DuckDbConnection connection, string select, string parts, int columns, IReadOnlyList<string> partedBy, string folder, CancellationToken cancel)
    {
        if (partedBy.Count == 0) return await CopyAsync(connection, select, Path.Combine(folder, "part_0.parquet"), "", cancel);
        var files = new List<ParquetFile>();
        foreach (var rows in await InTurnsAsync(connection, select, parts, Math.Max(1, MostOpenColumns / columns), partedBy, cancel))
            files.AddRange(await CopyAsync(connection, rows, folder, $", partition_by ({string.Join(", ", partedBy)}), filename_pattern 'part_{{i}}', overwrite_or_ignore true", cancel));
        if (files.Count > 0) return files;
        var empty = Directory.CreateDirectory(Path.Combine([folder, .. partedBy.Select(part => $"{part}={NoValue}")])).FullName;
        return await CopyAsync(connection, $"select * exclude ({string.Join(", ", partedBy)}) from ({select}) as none", Path.Combine(empty, "part_0.parquet"), "", cancel);
    }

    /// <summary>The SELECT, or several that give so many parts each.</summary>
    static async Task<IReadOnlyList<string>> InTurnsAsync(DuckDbConnection connection, string select, string parts, int most, IReadOnlyList<string> partedBy, CancellationToken cancel)
    {
        var atMost = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"select count(*) from ({parts}) as parts", cancellationToken: cancel));
        if (atMost <= most) return [select];
        var place = string.Join(" || '/' || ", partedBy.Select(part => $"coalesce(cast({part} as varchar), '')"));
        var places = (await connection.QueryAsync<string>(new CommandDefinition($"select distinct {place} as place from ({select}) as parts order by place", cancellationToken: cancel))).ToList();
        return places.Count <= most ? [select] : [.. places.Chunk(most).Select(turn => $"select * from ({select}) as parts where {place} >= {Quoted(turn[0])} and {place} <= {Quoted(turn[^1])}")];
    }

    static async Task<List<ParquetFile>> CopyAsync(DuckDbConnection connection, string select, string to, string options, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"copy ({select}) to {Quoted(to)} (format parquet, compression snappy, row_group_size {RowsOfAGroup}, return_stats true{options})";
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (path, rows, bytes) = (reader.GetOrdinal("filename"), reader.GetOrdinal("count"), reader.GetOrdinal("file_size_bytes"));
        var files = new List<ParquetFile>();
        while (await reader.ReadAsync(cancel))
            files.Add(new(Path.GetFullPath(reader.GetString(path)), Convert.ToInt64(reader.GetValue(rows), CultureInfo.InvariantCulture), Convert.ToInt64(reader.GetValue(bytes), CultureInfo.InvariantCulture)));
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
