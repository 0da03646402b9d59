using Dapper;

namespace Warehouse.Engines.DuckDb;

/// <summary>The warehouse file that is not published.</summary>
sealed class DuckDbWorkspace(DuckDbConnection connection, Publication publication, string pointer)
    : Workspace(connection, sql => sql, publication)
{
    public override IBulkWriter OpenBulkWriter(TableShape table) => new DuckDbBulkWriter(connection, table);

    public override async Task<Publication> PublishAsync(CancellationToken cancel)
    {
        await connection.ExecuteAsync("delete from raw.slot_content; insert into raw.slot_content values ($Number)", new { Publication.Number });
        // The file must be whole without its log before anybody is sent to it.
        await connection.ExecuteAsync(new CommandDefinition("force checkpoint", cancellationToken: cancel));
        await connection.CloseAsync();
        WritePointer();
        return Publication;
    }

    void WritePointer()
    {
        var next = pointer + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Publication.Number} {Publication.Slot}\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(next, pointer, overwrite: true);
    }
}
