using Warehouse.Engines;
using Xunit;

namespace Tests.Engines;

/// <summary>What a build needs only while it runs, on each engine.</summary>
public sealed class PassingLayersTests
{
    const string Kept = "staging.kept", Told = $"{PassingLayers.Slice}raw.told", Seen = $"{PassingLayers.Slice}staging.seen";

    [EngineTheory(TestEngine.DuckDb)]
    [InlineData(TestEngine.DuckDb)]
    [InlineData(TestEngine.Postgres)]
    [InlineData(TestEngine.SqlServer)]
    public async Task Tables_and_views_there_see_the_warehouse_and_each_other(string name)
    {
        if (TestEngine.AbsentBecause(name) is not null) return;
        await using var engine = await TestEngine.CreateAsync(name);
        await using var workspace = await WorkspaceAsync(engine);

        Assert.Equal([new(2026, 11, 30)], await workspace.ReadAsync<DateOnly>($"select month_end_date from {Seen}"));
        Assert.True(await workspace.ExistsAsync(Told, default));
        Assert.Equal(["day", "note"], await workspace.ColumnsAsync(Told, default));
        await workspace.RunAsync($"insert into {Kept} select * from {Told}");
        await workspace.RunAsync($"drop schema if exists {PassingLayers.Slice}staging cascade");
        await workspace.RunAsync($"drop schema if exists {PassingLayers.Slice}raw cascade");
        Assert.False(await workspace.ExistsAsync(Told, default));
        Assert.Equal(2, await workspace.ReadValueAsync<long>($"select count(*) from {Kept}"));
    }

    [EngineFact(TestEngine.DuckDb)]
    public async Task A_file_is_left_without_them()
    {
        await using var engine = await TestEngine.CreateAsync(TestEngine.DuckDb);
        var workspace = await WorkspaceAsync(engine);
        await workspace.PublishAsync(default);
        await workspace.DisposeAsync();
        await using var session = (await engine.Engine.OpenPublishedAsync(default))!;

        Assert.True(await session.ExistsAsync(Kept, default));
        Assert.False(await session.ExistsAsync(Told, default));
        Assert.Equal(0, await session.ReadValueAsync<long>($"select count(*) from information_schema.schemata where schema_name like '{PassingLayers.Slice}%'"));
    }

    [EngineFact(TestEngine.Postgres)]
    public async Task A_server_does_not_log_them()
    {
        await using var engine = await TestEngine.CreateAsync(TestEngine.Postgres);
        await using var workspace = await WorkspaceAsync(engine);

        Assert.Equal("u", await PersistenceAsync(Told));
        Assert.Equal("p", await PersistenceAsync(Kept));

        Task<string?> PersistenceAsync(string table) => workspace.ReadValueAsync<string>($"select cast(relpersistence as text) from pg_class where oid = to_regclass('{workspace.Physical(table)}')");
    }

    static async Task<Workspace> WorkspaceAsync(TestEngine engine)
    {
        var workspace = await engine.Engine.OpenWorkspaceAsync(default);
        await workspace.EmptyAsync(default);
        foreach (var layer in Schema.Layers) await workspace.RunAsync($"create schema {PassingLayers.Slice}{layer}");
        await workspace.RunAsync($"create table {Kept} as select cast('2026-11-23' as date) as day, cast('một' as varchar(60)) as note");
        await workspace.RunAsync($"create table {Told} as select day, note from {Kept}");
        await workspace.RunAsync($"create view {Seen} as select fn.month_end(told.day) as month_end_date from {Told} as told join {Kept} as kept on told.day = kept.day");
        return workspace;
    }
}
