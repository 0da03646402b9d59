using Warehouse.Engines;
using Warehouse.Engines.Postgres;
using Xunit;

namespace Tests.Engines;

/// <summary>What connections to a server begin with.</summary>
public sealed class PostgresSettingsTests
{
    [EngineFact(TestEngine.Postgres)]
    public async Task Statements_are_not_compiled_sorts_have_room_and_indexes_are_used() => Assert.Equal(("off", "64MB", "1.1"), await SettingsAsync(""));

    [EngineFact(TestEngine.Postgres)]
    public async Task Options_of_the_connection_string_stand() => Assert.Equal(("on", "8MB", "4"), await SettingsAsync(";Options=-c jit=on -c work_mem=8MB"));

    static async Task<(string? Jit, string? WorkMem, string? PageCost)> SettingsAsync(string more)
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.Postgres);
        await using var engine = new PostgresEngine(database.Connection + more);
        await using var workspace = await engine.OpenWorkspaceAsync(default);
        Task<string?> Of(string setting) => workspace.ReadValueAsync<string>($"select current_setting('{setting}')");
        return (await Of("jit"), await Of("work_mem"), await Of("random_page_cost"));
    }
}
