using Warehouse.Engines;
using Warehouse.Engines.Postgres;
using Xunit;

namespace Tests.Engines;

/// <summary>What connections to a server begin with.</summary>
public sealed class PostgresSettingsTests
{
    [EngineFact(TestEngine.Postgres)]
    public async Task Statements_are_not_compiled_and_sorts_have_room() => Assert.Equal(("off", "64MB"), await SettingsAsync(""));

    [EngineFact(TestEngine.Postgres)]
    public async Task Options_of_the_connection_string_stand() => Assert.Equal(("on", "8MB"), await SettingsAsync(";Options=-c jit=on -c work_mem=8MB"));

    static async Task<(string? Jit, string? WorkMem)> SettingsAsync(string more)
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.Postgres);
        await using var engine = new PostgresEngine(database.Connection + more);
        await using var workspace = await engine.OpenWorkspaceAsync(default);
        return (await workspace.ReadValueAsync<string>("select current_setting('jit')"), await workspace.ReadValueAsync<string>("select current_setting('work_mem')"));
    }
}
