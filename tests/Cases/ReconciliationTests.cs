using Tests.Engines;
using Warehouse.Checks;
using Warehouse.Engines;
using Warehouse.Models;
using Xunit;

namespace Tests.Cases;

/// <summary>The checks of the backlog fail when a flow is lost: a closing is counted and never computed from the flows.</summary>
public sealed class ReconciliationTests
{
    const string Reconciles = "opening + new + reopened + transferred in - completed - withdrawn - transferred out = closing";
    const string Counted = "flows counted in advance are as many as there are in their month";
    const string Listed = "the last closing before the newest extract is what fact_open_task_month lists";
    const string Page = "analytics/backlog_flow_month.cases.md";

    [Theory]
    [InlineData("delete from warehouse.fact_task_flow where flow_code = 'reopened'", Counted)]
    [InlineData("delete from warehouse.fact_task_flow where flow_code = 'withdrawn'", Counted)]
    [InlineData("delete from warehouse.fact_task_flow_count where flow_code = 'reopened'", Reconciles)]
    [InlineData("update warehouse.fact_task_flow_count set flow_count = 2 where flow_code = 'withdrawn'", Reconciles)]
    [InlineData("update warehouse.fact_task_flow set flow_date = cast('2023-02-01' as date) where task_key = 2 and flow_code = 'new'", Counted)]
    [InlineData("update warehouse.fact_task_count set valid_to = cast('2023-02-28' as date) where assigned_date < cast('2023-01-01' as date)", Reconciles)]
    [InlineData("delete from warehouse.fact_task_state where task_key = 1", Listed)]
    public async Task A_lost_row_fails_the_check(string damage, string check)
    {
        await using var runner = await CaseRunner.OpenAsync(TestEngine.DuckDb);
        await runner.RunAsync(CasePages.All.First(one => one.Page == Page));
        var model = ModelFolder.Load().Find("analytics.backlog_flow_month")!;

        await runner.Workspace.RunAsync(damage);
        await runner.Workspace.RunAsync($"drop table {model.FullName}");
        await runner.Workspace.RunAsync($"create table {model.FullName} as\n{model.Sql}");

        var results = await new Checker(ModelFolder.Load().For([model.FullName])).CheckAsync(runner.Workspace, full: true, null, default);
        Assert.Contains(results, result => result.Check.Name == check && !result.Passed);
    }
}
