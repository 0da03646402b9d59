using Dapper;

namespace Warehouse.Engines;

/// <summary>Statements that every engine takes alike.</summary>
public static class Schema
{
    /// <summary>The layers, in the order in which they read each other.</summary>
    public static readonly IReadOnlyList<string> Layers = ["raw", "staging", "warehouse", "analytics"];

    /// <summary>The layers that are built anew from raw.</summary>
    public static readonly IReadOnlyList<string> BuiltLayers = ["staging", "warehouse", "analytics"];

    /// <summary><c>create table if not exists</c> for a table that is filled in bulk.</summary>
    public static string CreateTable(this IEngine engine, TableShape table)
    {
        var columns = table.Columns.Select(column => $"    {column.Name} {engine.TypeName(column)}");
        return $"create table if not exists {table.FullName} (\n{string.Join(",\n", columns)}\n)";
    }

    /// <summary>Runs one statement with logical names.</summary>
    public static Task<int> RunAsync(this Session session, string sql, object? parameters = null, CancellationToken cancel = default) =>
        session.Connection.ExecuteAsync(new CommandDefinition(session.Physical(sql), parameters, commandTimeout: 0, cancellationToken: cancel));

    /// <summary>Reads rows of a query with logical names.</summary>
    public static Task<IEnumerable<T>> ReadAsync<T>(this Session session, string sql, object? parameters = null, CancellationToken cancel = default) =>
        session.Connection.QueryAsync<T>(new CommandDefinition(session.Physical(sql), parameters, commandTimeout: 0, cancellationToken: cancel));

    /// <summary>Reads one value of a query with logical names.</summary>
    public static Task<T?> ReadValueAsync<T>(this Session session, string sql, object? parameters = null, CancellationToken cancel = default) =>
        session.Connection.ExecuteScalarAsync<T>(new CommandDefinition(session.Physical(sql), parameters, commandTimeout: 0, cancellationToken: cancel));

    /// <summary>Whether the state has a table or view: one that was published by an older program may not have it.</summary>
    /// <param name="table">With its layer: <c>raw.task_risk</c>.</param>
    public static async Task<bool> ExistsAsync(this Session session, string table, CancellationToken cancel)
    {
        var words = table.Split('.');
        return await session.ReadValueAsync<long>("select count(*) from information_schema.tables where table_schema = @layer and table_name = @name",
            // An engine may keep a layer in another database beside this one.
            new { layer = session.PhysicalLayer(words[0]).Split('.')[^1], name = words[1] }, cancel) > 0;
    }

    /// <summary>The columns of a table or view, in their order.</summary>
    public static async Task<IReadOnlyList<string>> ColumnsAsync(this Session session, string table, CancellationToken cancel)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = session.Physical($"select * from {table} where 1 = 0");
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancel);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }
}
