using Dapper;

namespace Warehouse.Engines.SqlServer;

/// <summary>
/// The slots of a database: which one is published, in which one to work, and who reads them. A slot is a letter at the end of
/// the built layers' names. Who reads a slot holds a shared application lock of it; only what nobody holds is dropped.
/// </summary>
static class SqlServerSlots
{
    /// <summary>The tables behind it; a row of the second stands while its slot holds, untouched, what was published under the number.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        $"if object_id(N'raw.publication') is null create table raw.publication (publication_no integer not null primary key, slot nvarchar(1) collate {Translation.Collation} not null)",
        $"if object_id(N'raw.slot_state') is null create table raw.slot_state (slot nvarchar(1) collate {Translation.Collation} not null primary key, publication_no integer not null)",
    ];

    /// <summary>More readers of more states than this at one time there are not.</summary>
    const string Letters = "abcdefghijklmnop";

    /// <summary>Number 0 where nothing was published yet.</summary>
    public static async Task<Publication> PublishedAsync(SqlServerConnection connection, CancellationToken cancel)
    {
        if (!await ExistsAsync(connection, "raw.publication", cancel)) return new(0, "b");
        var newest = new CommandDefinition("select top (1) publication_no as Number, slot as Slot from raw.publication order by publication_no desc", cancellationToken: cancel);
        return await connection.QueryFirstOrDefaultAsync<Publication>(newest) ?? new(0, "b");
    }

    /// <summary>The state that stands, untouched, beside the published one.</summary>
    public static async Task<Publication?> PreviousAsync(SqlServerConnection connection, Publication published, CancellationToken cancel)
    {
        // Written by no program yet.
        if (!await ExistsAsync(connection, "raw.slot_state", cancel)) return null;
        var other = new CommandDefinition("select top (1) publication_no as Number, slot as Slot from raw.slot_state where slot <> @Slot order by publication_no desc", new { published.Slot }, cancellationToken: cancel);
        return await connection.QueryFirstOrDefaultAsync<Publication>(other);
    }

    /// <summary>The slot to work in: the one that was published before the one that is.</summary>
    public static async Task<string> IdleAsync(SqlServerConnection connection, Publication published, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select top (1) slot from raw.publication where slot <> @Slot order by publication_no desc", new { published.Slot }, cancellationToken: cancel))
        ?? (published.Slot == "a" ? "b" : "a");

    /// <summary>Drops slots that are neither published nor worked in, as far as nobody reads them.</summary>
    public static async Task DropOthersAsync(SqlServerConnection connection, string published, string idle, CancellationToken cancel)
    {
        var schemas = await connection.QueryAsync<string>(new CommandDefinition("select name from sys.schemas where name like N'staging[_]_'", cancellationToken: cancel));
        foreach (var slot in schemas.Select(name => name[^1..]).Where(slot => slot != published && slot != idle).ToList()) await TryDropAsync(connection, slot, cancel);
    }

    /// <summary>Makes the layers of a slot anew: of the one asked for, else, where somebody reads that, of another letter.</summary>
    /// <returns>The slot.</returns>
    public static async Task<string> EmptyAsync(SqlServerConnection connection, string wanted, string published, CancellationToken cancel)
    {
        foreach (var slot in Candidates(wanted, published))
        {
            if (!await TryDropAsync(connection, slot, cancel)) continue;
            foreach (var layer in Schema.BuiltLayers) await RunAsync(connection, $"create schema {layer}_{slot}", cancel);
            return slot;
        }
        throw AllAreRead();
    }

    /// <summary>The slot asked for where nobody reads it, else another one.</summary>
    public static async Task<string> UnreadAsync(SqlServerConnection connection, string wanted, string published, CancellationToken cancel)
    {
        foreach (var slot in Candidates(wanted, published))
        {
            if (!await TryTakeAsync(connection, slot, cancel)) continue;
            await LeaveAsync(connection, slot, cancel);
            return slot;
        }
        throw AllAreRead();
    }

    /// <summary>Tells readers of another state, inside the connection's open transaction.</summary>
    public static async Task PublishAsync(SqlServerConnection connection, Publication publication, CancellationToken cancel)
    {
        await connection.ExecuteAsync(new CommandDefinition("insert into raw.publication (publication_no, slot) values (@Number, @Slot)", publication, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition("delete from raw.slot_state where slot = @Slot", publication, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition("insert into raw.slot_state (slot, publication_no) values (@Slot, @Number)", publication, cancellationToken: cancel));
    }

    /// <summary>Waits for nobody but whoever drops the slot right now.</summary>
    public static async Task ReadAsync(SqlServerConnection connection, string slot, CancellationToken cancel)
    {
        if (!await TakeAsync(connection, slot, "Shared", wait: true, cancel)) throw new EngineException($"{connection.Place}: the lock of slot {slot} was not granted");
    }

    public static Task LeaveAsync(SqlServerConnection connection, string slot, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition("exec sys.sp_releaseapplock @Resource = @resource, @LockOwner = N'Session'", new { resource = Resource(connection, slot) }, cancellationToken: cancel));

    static async Task<bool> TryDropAsync(SqlServerConnection connection, string slot, CancellationToken cancel)
    {
        if (!await TryTakeAsync(connection, slot, cancel)) return false;
        try
        {
            foreach (var layer in Schema.BuiltLayers.Reverse()) await RunAsync(connection, Translation.DropSchema($"{layer}_{slot}"), cancel);
            return true;
        }
        finally
        {
            // A connection that broke holds no lock any more.
            if (connection.State == System.Data.ConnectionState.Open) await LeaveAsync(connection, slot, CancellationToken.None);
        }
    }

    static Task<bool> TryTakeAsync(SqlServerConnection connection, string slot, CancellationToken cancel) => TakeAsync(connection, slot, "Exclusive", wait: false, cancel);

    static async Task<bool> TakeAsync(SqlServerConnection connection, string slot, string mode, bool wait, CancellationToken cancel)
    {
        // Babelfish 4.3 calls what is named sp_… only as the login itself, and goes on as it after a lock that was not granted: what is made then is not dbo's, and others of the same login are refused it. Seen 2026-11-22; not so by the full name.
        // Babelfish 4.3 keeps what it says of a lock that it does not grant, and ends all its processes at the sixth such on a connection; an error that is caught lets it forget.
        const string Forget = "if @taken < 0 begin begin try raiserror(N'not granted', 16, 1) end try begin catch set @taken = -1 end catch end;";
        var sql = $"declare @taken int = -1; exec @taken = sys.sp_getapplock @Resource = @resource, @LockMode = N'{mode}', @LockOwner = N'Session', @LockTimeout = {(wait ? -1 : 0)}; {Forget} select @taken";
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(sql, new { resource = Resource(connection, slot) }, cancellationToken: cancel)) >= 0;
    }

    static async Task<bool> ExistsAsync(SqlServerConnection connection, string table, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<int>(new CommandDefinition($"select case when object_id(N'{table}') is null then 0 else 1 end", cancellationToken: cancel)) == 1;

    static IEnumerable<string> Candidates(string wanted, string published) =>
        Letters.Select(letter => letter.ToString()).Where(slot => slot != wanted && slot != published).Prepend(wanted);

    /// <summary>With the database in it: on SQL Server application locks are the database's, on Babelfish all databases share them.</summary>
    static string Resource(SqlServerConnection connection, string slot) => $"analytics {connection.Database} slot {slot}";

    static EngineException AllAreRead() => new($"all {Letters.Length} slots are being read; end the sessions that do not end themselves");

    static Task RunAsync(SqlServerConnection connection, string sql, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancel));
}
