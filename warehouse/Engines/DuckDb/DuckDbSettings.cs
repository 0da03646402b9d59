using System.Globalization;

namespace Warehouse.Engines.DuckDb;

/// <summary>How much of the machine DuckDB may use.</summary>
/// <param name="MemoryLimit">As DuckDB writes it: "500MB".</param>
/// <param name="Threads">0 = one per core.</param>
public sealed record DuckDbSettings(string MemoryLimit = "500MB", int Threads = 0)
{
    /// <summary>How long a published file stays open after a question, for the next one; not at all by default.</summary>
    public TimeSpan KeepsOpen { get; init; }

    /// <summary>By which that while is measured.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The limit in bytes; a gigabyte where it is written in another way than a number with MB, GB, MiB or GiB.</summary>
    internal double MemoryBytes
    {
        get
        {
            (string Unit, double Bytes)[] units = [("KIB", 1 << 10), ("MIB", 1 << 20), ("GIB", 1 << 30), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9)];
            var text = MemoryLimit.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
            var (unit, bytes) = Array.Find(units, each => text.EndsWith(each.Unit, StringComparison.Ordinal));
            return unit is not null && double.TryParse(text[..^unit.Length], CultureInfo.InvariantCulture, out var number) ? number * bytes : 1e9;
        }
    }

    // What DuckDB has freed its allocator gives back to the system soon: it counts for nothing in the limit, but for all others on the machine.
    internal string ConnectionString(string file, bool readOnly, string spillFolder) =>
        $"Data Source={file};Access Mode={(readOnly ? "READ_ONLY" : "READ_WRITE")};Memory Limit={MemoryLimit};Temp Directory={spillFolder};"
        + "Allocator Background Threads=true;Allocator Flush Threshold=16MB;Allocator Bulk Deallocation Flush Threshold=32MB"
        + (Threads > 0 ? $";Threads={Threads}" : "");
}
