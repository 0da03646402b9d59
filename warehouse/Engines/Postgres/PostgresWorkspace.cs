using Dapper;
using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>The slot of a PostgreSQL warehouse that is not published.</summary>
sealed class PostgresWorkspace(NpgsqlConnection connection, Publication publication)
    : Workspace(connection, sql => PostgresEngine.InSlot(sql, publication.Slot), publication)
{
    public override IBulkWriter OpenBulkWriter(TableShape table) => new PostgresBulkWriter(connection, table);

    // Autovacuum comes too late for a table that is read in the next moment.
    public override Task RefreshStatisticsAsync(string table, CancellationToken cancel) => this.RunAsync($"analyze {table}", cancel: cancel);

    public override Task PrepareForSlicesAsync(string table, string column, CancellationToken cancel) =>
        this.RunAsync($"create index on {table} ({column})", cancel: cancel);

    public override async Task<Publication> PublishAsync(CancellationToken cancel)
    {
        var insert = new CommandDefinition("insert into raw.publication (publication_no, slot) values (@Number, @Slot)", Publication, cancellationToken: cancel);
        await connection.ExecuteAsync(insert);
        return Publication;
    }
}
