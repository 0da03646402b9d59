using Warehouse.Engines;

namespace Warehouse.Models;

/// <summary>Builds a model of kind <c>snapshot month</c>: the same SELECT for each month end from the first task to the newest extract.</summary>
sealed class MonthSnapshot(Workspace workspace, Model model)
{
    /// <summary>The month ends to build.</summary>
    public const string MonthEnds =
        """
        select dim_date.calendar_date
        from warehouse.dim_date
        where dim_date.is_month_end = 1
            and dim_date.calendar_date >= (select min(task.assigned_date) from staging.task)
            and dim_date.calendar_date <= (select max(dim_load.extract_date) from warehouse.dim_load where dim_load.record_code like 'task%')
        order by dim_date.calendar_date
        """;

    public async Task BuildAsync(CancellationToken cancel)
    {
        await workspace.RunAsync($"create table {model.FullName} as\n{At(new DateOnly(1900, 1, 31))}", cancel: cancel);
        foreach (var monthEnd in await MonthEndsAsync(cancel))
            await workspace.RunAsync($"insert into {model.FullName}\n{At(monthEnd)}", cancel: cancel);
    }

    string At(DateOnly monthEnd) => model.Sql.Replace("{month_end}", SqlLiteral.Of(monthEnd), StringComparison.Ordinal);

    async Task<IEnumerable<DateOnly>> MonthEndsAsync(CancellationToken cancel) =>
        await workspace.ReadAsync<DateOnly>(MonthEnds, cancel: cancel);
}
