using Dapper;
using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>
/// The slots of a database: which one is published, in which one to work, and who reads them. A slot is a letter at the end of
/// the built layers' names. Who reads a slot holds a shared advisory lock of it; only what nobody holds is dropped.
/// </summary>
static class PostgresSlots
{
    /// <summary>The tables behind it; a row of the second stands while its slot holds, untouched, what was published under the number.</summary>
    public const string Tables = """
        create table if not exists raw.publication (publication_no integer primary key, slot text not null);
        create table if not exists raw.slot_state (slot text primary key, publication_no integer not null)
        """;

    /// <summary>First number of the advisory locks, so that they are nobody else's.</summary>
    const int LockClass = 0x534c4f54;

    /// <summary>More readers of more states than this at one time there are not.</summary>
    const string Letters = "abcdefghijklmnop";

    /// <summary>Number 0 where nothing was published yet.</summary>
    public static async Task<Publication> PublishedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var exists = await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select cast(to_regclass('raw.publication') as text)", cancellationToken: cancel));
        if (exists is null) return new Publication(0, "b");
        var newest = new CommandDefinition("select publication_no as Number, slot as Slot from raw.publication order by publication_no desc limit 1", cancellationToken: cancel);
        return await connection.QueryFirstOrDefaultAsync<Publication>(newest) ?? new Publication(0, "b");
    }

    /// <summary>What was published before and stands untouched in a slot of its own; null where nothing does.</summary>
    public static async Task<Publication?> PreviousAsync(NpgsqlConnection connection, Publication published, CancellationToken cancel)
    {
        // Written by an older program, or by none yet.
        if (await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select cast(to_regclass('raw.slot_state') as text)", cancellationToken: cancel)) is null) return null;
        var other = new CommandDefinition("select publication_no as Number, slot as Slot from raw.slot_state where slot <> @Slot order by publication_no desc limit 1", new { published.Slot }, cancellationToken: cancel);
        return await connection.QueryFirstOrDefaultAsync<Publication>(other);
    }

    /// <summary>The slot to work in: the one that was published before the one that is.</summary>
    public static async Task<string> IdleAsync(NpgsqlConnection connection, Publication published, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select slot from raw.publication where slot <> @Slot order by publication_no desc limit 1", new { published.Slot }, cancellationToken: cancel))
        ?? (published.Slot == "a" ? "b" : "a");

    /// <summary>Drops slots that are neither published nor worked in, as far as nobody reads them.</summary>
    public static async Task DropOthersAsync(NpgsqlConnection connection, string published, string idle, CancellationToken cancel)
    {
        var slots = await connection.QueryAsync<string>(new CommandDefinition("select right(nspname, 1) from pg_namespace where nspname like 'staging\\__' and right(nspname, 1) not in (@published, @idle)", new { published, idle }, cancellationToken: cancel));
        foreach (var slot in slots.ToList()) await TryDropAsync(connection, slot, cancel);
    }

    /// <summary>Makes the layers of a slot anew: of the one asked for, else, where somebody reads that, of another letter.</summary>
    /// <returns>The slot.</returns>
    public static async Task<string> EmptyAsync(NpgsqlConnection connection, string wanted, string published, CancellationToken cancel)
    {
        foreach (var slot in Letters.Select(letter => letter.ToString()).Where(slot => slot != wanted && slot != published).Prepend(wanted))
        {
            if (!await TryDropAsync(connection, slot, cancel)) continue;
            foreach (var layer in Schema.BuiltLayers) await RunAsync(connection, $"create schema {layer}_{slot}", cancel);
            return slot;
        }
        throw new EngineException($"all {Letters.Length} slots are being read; end the sessions that do not end themselves");
    }

    /// <summary>Tells readers of another state, inside the connection's open transaction.</summary>
    public static async Task PublishAsync(NpgsqlConnection connection, Publication publication, CancellationToken cancel)
    {
        var before = await PublishedAsync(connection, cancel);
        await PublishedNames.SwitchAsync(connection, before.Number > 0 ? before.Slot : "", publication.Slot, cancel);
        await connection.ExecuteAsync(new CommandDefinition("insert into raw.publication (publication_no, slot) values (@Number, @Slot)", publication, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition("delete from raw.slot_state where slot = @Slot", publication, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition("insert into raw.slot_state (slot, publication_no) values (@Slot, @Number)", publication, cancellationToken: cancel));
    }

    /// <summary>Waits for nobody but whoever drops the slot right now.</summary>
    public static Task ReadAsync(NpgsqlConnection connection, string slot, CancellationToken cancel) =>
        RunAsync(connection, $"select pg_advisory_lock_shared({LockClass}, {(int)slot[0]})", cancel);

    public static Task LeaveAsync(NpgsqlConnection connection, string slot, CancellationToken cancel) =>
        RunAsync(connection, $"select pg_advisory_unlock_shared({LockClass}, {(int)slot[0]})", cancel);

    static async Task<bool> TryDropAsync(NpgsqlConnection connection, string slot, CancellationToken cancel)
    {
        var taken = await connection.ExecuteScalarAsync<bool>(new CommandDefinition($"select pg_try_advisory_lock({LockClass}, {(int)slot[0]})", cancellationToken: cancel));
        if (!taken) return false;
        try
        {
            foreach (var schema in Schema.BuiltLayers.Select(layer => $"{layer}_{slot}").Append(PublishedNames.Of(slot)).Reverse()) await RunAsync(connection, $"drop schema if exists {schema} cascade", cancel);
            return true;
        }
        finally
        {
            // A connection that broke holds no lock any more.
            if (connection.State == System.Data.ConnectionState.Open) await RunAsync(connection, $"select pg_advisory_unlock({LockClass}, {(int)slot[0]})", CancellationToken.None);
        }
    }

    static Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: cancel));
}
