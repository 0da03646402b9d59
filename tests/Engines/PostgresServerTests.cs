using Dapper;
using Npgsql;
using Warehouse.Engines;
using Warehouse.Engines.Postgres;
using Xunit;

namespace Tests.Engines;

public sealed class PostgresServerTests
{
    [EngineFact(TestEngine.Postgres)]
    public async Task A_server_that_goes_away_is_an_engine_error_and_its_data_are_there_again_afterwards()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.ExecuteAsync("create table t as select 7 as a");
            await connection.ExecuteAsync("checkpoint", commandType: System.Data.CommandType.Text);
        }
        await using var engine = new PostgresEngine(database);

        await server.StopAsync();
        var error = await Assert.ThrowsAsync<EngineException>(() => engine.OpenWorkspaceAsync(default));
        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);

        await server.StartAsync();
        NpgsqlConnection.ClearAllPools();
        await using var again = new NpgsqlConnection(database);
        Assert.Equal(7, await again.ExecuteScalarAsync<int>("select a from t"));
    }
}
