using Dapper;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Measures;
using Xunit;

namespace Tests.Measures;

/// <summary>Which sources a question is about, as a condition on the rows that it reads.</summary>
public sealed class LookedUpTests
{
    const string OfVietnam = "scope_code = 'vietnam'";

    [EngineTheory(TestEngine.DuckDb)]
    [InlineData(3, 0, "")]
    [InlineData(3, 1, "source_key not in (4)")]
    [InlineData(1, 3, "source_key in (1)")]
    [InlineData(0, 2, "1 = 0")]
    [InlineData(0, 0, "1 = 0")]
    [InlineData(90, 2, "source_key not in (91, 92)")]
    [InlineData(60, 70, $"source_key in (select source_key from warehouse.dim_source where {OfVietnam})")]
    public async Task Sources_are_named_by_the_fewer_keys(int asked, int others, string condition)
    {
        await using var engine = await TestEngine.CreateAsync(TestEngine.DuckDb);
        await using var workspace = await SourcesAsync(engine, asked, others);

        Assert.Equal(condition, await new LookedUp().SourcesAsync(workspace, OfVietnam, "vietnam", new(), default));
    }

    [EngineFact(TestEngine.DuckDb)]
    public async Task What_was_looked_up_for_other_values_is_not_taken()
    {
        await using var engine = await TestEngine.CreateAsync(TestEngine.DuckDb);
        await using var workspace = await SourcesAsync(engine, asked: 1, others: 3);
        var lookedUp = new LookedUp();
        Task<string> Of(string scope) => lookedUp.SourcesAsync(workspace, "scope_code = @scope", $"scope={scope}", new DynamicParameters(new { scope }), default);

        Assert.Equal("source_key in (1)", await Of("vietnam"));
        Assert.Equal("source_key not in (1)", await Of("example"));
        Assert.Equal("1 = 0", await Of("nowhere"));
        await workspace.RunAsync("delete from warehouse.dim_source");
        Assert.Equal("source_key in (1)", await Of("vietnam"));
    }

    [EngineFact(TestEngine.DuckDb)]
    public async Task Many_sources_are_joined_by_the_parameters_of_the_question_itself()
    {
        await using var engine = await TestEngine.CreateAsync(TestEngine.DuckDb);
        await using var workspace = await SourcesAsync(engine, asked: 60, others: 70);
        var lookedUp = new LookedUp();
        foreach (var parameter in (string[])["q0_p0", "q1_p0"])
        {
            var parameters = new DynamicParameters();
            parameters.Add(parameter, "vietnam");

            Assert.Contains($"scope_code = @{parameter}", await lookedUp.SourcesAsync(workspace, $"scope_code = @{parameter}", "scope=vietnam", parameters, default));
        }
    }

    static async Task<Workspace> SourcesAsync(TestEngine engine, int asked, int others)
    {
        var workspace = await engine.Engine.OpenWorkspaceAsync(default);
        await workspace.EmptyAsync(default);
        await workspace.RunAsync("create table warehouse.dim_source (source_key bigint, scope_code varchar(60))");
        for (var key = 1; key <= asked + others; key++)
            await workspace.RunAsync("insert into warehouse.dim_source values (@key, @scope)", new { key, scope = key <= asked ? "vietnam" : "example" });
        return workspace;
    }
}
