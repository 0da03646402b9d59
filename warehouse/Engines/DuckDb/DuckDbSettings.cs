namespace Warehouse.Engines.DuckDb;

/// <summary>How much of the machine DuckDB may use.</summary>
/// <param name="MemoryLimit">As DuckDB writes it: "700MB".</param>
/// <param name="Threads">0 = one per core.</param>
public sealed record DuckDbSettings(string MemoryLimit = "700MB", int Threads = 0)
{
    internal string ConnectionString(string file, bool readOnly, string spillFolder) =>
        $"Data Source={file};Access Mode={(readOnly ? "READ_ONLY" : "READ_WRITE")};Memory Limit={MemoryLimit};Temp Directory={spillFolder}"
        + (Threads > 0 ? $";Threads={Threads}" : "");
}
