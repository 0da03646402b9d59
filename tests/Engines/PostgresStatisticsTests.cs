using Warehouse.Engines;
using Warehouse.Engines.Postgres;
using Xunit;

namespace Tests.Engines;

/// <summary>How closely the server's planner looks at tables.</summary>
public sealed class PostgresStatisticsTests
{
    [EngineFact(TestEngine.Postgres)]
    public async Task What_is_dropped_soon_is_looked_at_briefly()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.Postgres);
        await using var engine = new PostgresEngine(database.Connection!);
        await using var workspace = await engine.OpenWorkspaceAsync(default);
        await workspace.RunAsync("create schema slice_raw");
        // As many different values as rows: the bounds of the histogram are one more than the target.
        foreach (var table in (string[])["slice_raw.some", "raw.some"])
        {
            await workspace.RunAsync($"create table {table} as select n as of_row from generate_series(1, 5000) as n");
            await workspace.RefreshStatisticsAsync(table, default);
        }
        Task<int> BoundsAsync(string schema) => workspace.ReadValueAsync<int>($"select array_length(cast(cast(histogram_bounds as text) as integer[]), 1) from pg_stats where schemaname = '{schema}' and tablename = 'some'");
        Assert.Equal((26, 101), (await BoundsAsync("slice_raw"), await BoundsAsync("raw")));
    }
}
