namespace Warehouse.Engines.DuckDb;

/// <summary>A copy of a warehouse file, deleted when it is closed. One that a crash left behind is written over by the next.</summary>
sealed class DuckDbTrial(DuckDbConnection connection, PassingDatabase passing, Publication publication, string file) : Workspace(connection, passing.Physical, publication)
{
    /// <param name="from">The file to copy, its log of changes included; it may not be there yet.</param>
    public static async Task<DuckDbTrial> OpenAsync(string from, string file, Publication publication, Func<string, Task<DuckDbConnection>> open, CancellationToken cancel)
    {
        Remove(file);
        foreach (var part in (string[])["", ".wal"])
            if (File.Exists(from + part)) File.Copy(from + part, file + part);
        try
        {
            var connection = await open(file);
            return new(connection, await PassingDatabase.AttachAsync(connection, cancel), publication, file);
        }
        catch
        {
            Remove(file);
            throw;
        }
    }

    public override IBulkWriter OpenBulkWriter(TableShape table) => new DuckDbBulkWriter(connection, table);

    public override Task<Publication> PublishAsync(CancellationToken cancel) => throw new InvalidOperationException("a trial is never published");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Remove(file);
    }

    static void Remove(string file)
    {
        foreach (var part in (string[])["", ".wal"]) File.Delete(file + part);
    }
}
