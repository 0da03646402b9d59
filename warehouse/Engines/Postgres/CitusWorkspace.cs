using Dapper;
using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>
/// The workspace on a PostgreSQL server that is the coordinator of a Citus cluster: what a build finishes is spread over the workers
/// by task, dimensions stand on every worker, and what a build needs only on its way stays on the coordinator.
/// </summary>
sealed class CitusWorkspace(NpgsqlConnection connection, Publication published, string slot) : PostgresWorkspace(connection, published, slot)
{
    readonly NpgsqlConnection connection = connection;
    readonly LostResults lost = new(connection);

    /// <summary>Whether the server has the extension, and workers to spread tables over.</summary>
    public static async Task<bool> IsClusterAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from pg_extension where extname = 'citus'", cancellationToken: cancel)) > 0
        && await connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from citus_get_active_worker_nodes()", cancellationToken: cancel)) > 0;

    public override async Task PrepareForSlicesAsync(string table, string column, CancellationToken cancel)
    {
        await base.PrepareForSlicesAsync(table, column, cancel);
        if (IsFinished(table)) await SpreadAsync(table, $"create_distributed_table('{Physical(table)}', '{column}')", cancel);
    }

    public override async Task RefreshStatisticsAsync(string table, CancellationToken cancel)
    {
        if (table.StartsWith("warehouse.dim_", StringComparison.Ordinal) || table.StartsWith("warehouse.bridge_agency_", StringComparison.Ordinal) || table.StartsWith("warehouse.bridge_province_", StringComparison.Ordinal))
            await SpreadAsync(table, $"create_reference_table('{Physical(table)}')", cancel);
        await base.RefreshStatisticsAsync(table, cancel);
    }

    /// <remarks>Citus strikes out of a table on its workers what a list names that is no part of the row's own question; it refuses the other way round.</remarks>
    public override Task StrikeOutAsync(string table, IReadOnlyCollection<string> columns, string named, CancellationToken cancel) =>
        this.RunAsync($"delete from {table} where ({string.Join(", ", columns)}) in (select {string.Join(", ", columns)} from {named})", cancel: cancel);

    /// <exception cref="EngineException">A table that was built, or a check of it, lacks rows.</exception>
    public override Task<Publication> PublishAsync(CancellationToken cancel)
    {
        lost.ThrowIfAny();
        return base.PublishAsync(cancel);
    }

    /// <summary>Tables of the built layers; those of slices have other names.</summary>
    static bool IsFinished(string table) => Schema.BuiltLayers.Any(layer => table.StartsWith(layer + ".", StringComparison.Ordinal));

    /// <summary>Spreads a table and what it holds; its rows on the coordinator are of no use then.</summary>
    async Task SpreadAsync(string table, string call, CancellationToken cancel)
    {
        var name = Physical(table);
        var isSpread = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"select count(*) from pg_dist_partition where logicalrelid = '{name}'::regclass", cancellationToken: cancel)) > 0;
        if (isSpread) return;
        await connection.ExecuteAsync(new CommandDefinition($"select {call}", commandTimeout: 0, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition($"select truncate_local_data_after_distributing_table('{name}')", commandTimeout: 0, cancellationToken: cancel));
    }
}
