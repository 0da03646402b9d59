using Dapper;
using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>
/// The published state under names that do not change: schema <c>published</c> holds a view for each table of warehouse and
/// analytics, for Power BI, Excel and psql. Each slot has such views of its own; a publication renames their schemas, which waits
/// for no reader, where views replaced would wait for all of them.
/// </summary>
static class PublishedNames
{
    /// <summary>Holds the views over the published slot.</summary>
    public const string Schema = "published";

    /// <summary>A role that may read them, and nothing else: where there is one, it is granted that.</summary>
    public const string Readers = "analytics_readers";

    /// <summary>The schema of a slot that is not published.</summary>
    public static string Of(string slot) => $"{Schema}_{slot}";

    /// <summary>Lets the names lead to another slot, inside the connection's open transaction.</summary>
    /// <param name="from">The slot that was published; empty where none was.</param>
    public static async Task SwitchAsync(NpgsqlConnection connection, string from, string to, CancellationToken cancel)
    {
        await CompleteAsync(connection, to, cancel);
        var script = $"""
            do $$ begin
                if to_regnamespace('{Schema}') is not null then
                    execute 'alter schema {Schema} rename to {(from.Length > 0 && from != to ? Of(from) : Schema + "_before")}';
                end if;
                execute 'alter schema {Of(to)} rename to {Schema}';
            end $$
            """;
        await connection.ExecuteAsync(new CommandDefinition(script, cancellationToken: cancel));
    }

    /// <summary>Makes the views of a slot that are not there: all after it was built as a whole, none after an increment.</summary>
    static Task CompleteAsync(NpgsqlConnection connection, string slot, CancellationToken cancel)
    {
        var script = $"""
            create schema if not exists {Of(slot)};
            do $$ declare found record; begin
                for found in
                    select relation.relname as name, layer.nspname as layer
                    from pg_class as relation
                    join pg_namespace as layer on relation.relnamespace = layer.oid
                    where layer.nspname in ('warehouse_{slot}', 'analytics_{slot}') and relation.relkind in ('r', 'v', 'p')
                        and to_regclass('{Of(slot)}.' || quote_ident(relation.relname)) is null
                loop
                    execute format('create view {Of(slot)}.%I as select * from %I.%I', found.name, found.layer, found.name);
                end loop;
                if to_regrole('{Readers}') is not null then
                    execute 'grant usage on schema {Of(slot)} to {Readers}';
                    execute 'grant select on all tables in schema {Of(slot)} to {Readers}';
                end if;
            end $$
            """;
        return connection.ExecuteAsync(new CommandDefinition(script, commandTimeout: 0, cancellationToken: cancel));
    }
}
