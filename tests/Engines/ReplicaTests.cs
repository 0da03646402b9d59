using Dapper;
using Npgsql;
using Warehouse.Engines;
using Warehouse.Engines.Postgres;
using Xunit;

namespace Tests.Engines;

/// <summary>Readers read a replica where there is one, one whole publication at a time; tools read names that do not change.</summary>
public sealed class ReplicaTests
{
    [EngineFact(TestEngine.Postgres)]
    public async Task A_replica_is_read_and_while_it_is_away_the_server_itself()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        await using var replica = await server.StartReplicaAsync();
        await using var engine = new PostgresEngine(database, replica: replica.Here(database));
        Assert.Null(await engine.OpenPublishedAsync(default));

        await PublishAsync(engine, 1);
        await FollowedAsync(replica.Here(database), 1);
        Assert.Equal((1, true), await ReadAsync(engine));

        await replica.StopAsync();
        NpgsqlConnection.ClearAllPools();
        await PublishAsync(engine, 2);
        Assert.Equal((2, false), await ReadAsync(engine));

        await replica.StartAsync();
        NpgsqlConnection.ClearAllPools();
        await using var again = new PostgresEngine(database, replica: replica.Here(database));
        await FollowedAsync(replica.Here(database), 2);
        Assert.Equal((2, true), await ReadAsync(again));
    }

    [EngineFact(TestEngine.Postgres)]
    public async Task Names_for_tools_lead_to_the_published_state_and_to_nothing_else()
    {
        // Roles are of a whole server, so this one is the test's own.
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        await using var engine = new PostgresEngine(database);
        await using var owner = new NpgsqlConnection(database);
        await owner.OpenAsync();
        await owner.ExecuteAsync("create role analytics_readers; create role power_bi login in role analytics_readers");
        await PublishAsync(engine, 1);

        await using var tool = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Username = "power_bi" }.ConnectionString);
        await tool.OpenAsync();
        await using (var reading = await tool.BeginTransactionAsync())
        {
            Assert.Equal(1, await tool.ExecuteScalarAsync<int>("select number from published.fact_probe"));
            // Whoever reads keeps no publication waiting, and is kept from none.
            await PublishAsync(engine, 2);
            Assert.Equal(2, await owner.ExecuteScalarAsync<int>("select number from published.fact_probe"));
        }
        Assert.Equal(2, await tool.ExecuteScalarAsync<int>("select number from published.fact_probe"));
        await PublishAsync(engine, 3);
        Assert.Equal(3, await tool.ExecuteScalarAsync<int>("select number from published.fact_probe"));
        await engine.RestoreAsync(default);
        Assert.Equal(2, await tool.ExecuteScalarAsync<int>("select number from published.fact_probe"));
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => tool.ExecuteScalarAsync<long>("select count(*) from raw.task"))).SqlState);
    }

    /// <summary>A state that holds one table, with the number of its publication.</summary>
    static async Task PublishAsync(PostgresEngine engine, int number)
    {
        await using var workspace = await engine.OpenWorkspaceAsync(default);
        await workspace.EmptyAsync(default);
        await workspace.RunAsync($"create table warehouse.fact_probe as select {number} as number");
        await workspace.PublishAsync(default);
    }

    static async Task<(int Number, bool IsReplica)> ReadAsync(PostgresEngine engine)
    {
        await using var session = (await engine.OpenPublishedAsync(default))!;
        return (await session.ReadValueAsync<int>("select number from warehouse.fact_probe"), await session.ReadValueAsync<bool>("select pg_is_in_recovery()"));
    }

    /// <summary>Waits until a replica has received a publication.</summary>
    static async Task FollowedAsync(string replica, int number)
    {
        for (var attempt = 0; ; attempt++)
        {
            await using var connection = new NpgsqlConnection(replica);
            await connection.OpenAsync();
            if (await connection.ExecuteScalarAsync<string?>("select cast(to_regclass('raw.publication') as text)") is not null
                && await connection.ExecuteScalarAsync<int?>("select max(publication_no) from raw.publication") == number) return;
            Assert.True(attempt < 300, "the replica does not follow");
            await Task.Delay(100);
        }
    }
}
