using Tests.Engines;
using Warehouse.Models;
using Xunit;

namespace Tests.Cases;

/// <summary>The pages of cases that ship with the models.</summary>
public static class CasePages
{
    static readonly Lazy<IReadOnlyList<Case>> Read = new(() =>
    [
        .. Directory.EnumerateFiles(ModelFolder.Shipped, "*.cases.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(path => CaseFile.Parse(Path.GetRelativePath(ModelFolder.Shipped, path).Replace('\\', '/'), File.ReadAllText(path))),
    ]);

    public static IReadOnlyList<Case> All => Read.Value;

    /// <summary>Page and sentence of each case, so that a run lists them.</summary>
    public static TheoryData<string, string> Sentences()
    {
        var data = new TheoryData<string, string>();
        foreach (var one in All) data.Add(one.Page, one.Sentence);
        return data;
    }

    public static Case Find(string page, string sentence) => All.Single(one => one.Page == page && one.Sentence == sentence);
}

/// <summary>A workspace that the cases of one engine share.</summary>
public abstract class CaseWorkspace(string engine) : IAsyncLifetime
{
    CaseRunner? runner;

    public Task RunAsync(string page, string sentence) => runner!.RunAsync(CasePages.Find(page, sentence));

    public async Task InitializeAsync()
    {
        if (TestEngine.AbsentBecause(engine) is null) runner = await CaseRunner.OpenAsync(engine);
    }

    public async Task DisposeAsync()
    {
        if (runner is not null) await runner.DisposeAsync();
    }
}

public sealed class DuckDbCaseTests(DuckDbCaseTests.Workspace workspace) : IClassFixture<DuckDbCaseTests.Workspace>
{
    [EngineTheory(TestEngine.DuckDb), MemberData(nameof(CasePages.Sentences), MemberType = typeof(CasePages))]
    public Task Holds(string page, string sentence) => workspace.RunAsync(page, sentence);

    public sealed class Workspace() : CaseWorkspace(TestEngine.DuckDb);
}

public sealed class PostgresCaseTests(PostgresCaseTests.Workspace workspace) : IClassFixture<PostgresCaseTests.Workspace>
{
    [EngineTheory(TestEngine.Postgres), MemberData(nameof(CasePages.Sentences), MemberType = typeof(CasePages))]
    public Task Holds(string page, string sentence) => workspace.RunAsync(page, sentence);

    public sealed class Workspace() : CaseWorkspace(TestEngine.Postgres);
}

public sealed class SqlServerCaseTests(SqlServerCaseTests.Workspace workspace) : IClassFixture<SqlServerCaseTests.Workspace>
{
    [EngineTheory(TestEngine.SqlServer), MemberData(nameof(CasePages.Sentences), MemberType = typeof(CasePages))]
    public Task Holds(string page, string sentence) => workspace.RunAsync(page, sentence);

    public sealed class Workspace() : CaseWorkspace(TestEngine.SqlServer);
}
