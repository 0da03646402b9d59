using Warehouse.Engines;
using Warehouse.Models;
using Warehouse.Risk;

namespace Warehouse.Forecast;

/// <summary>
/// How many tasks will be open and overdue at the next three month ends and at the next conference, for each agency, province
/// and the whole: from what was known at the end of a day, added to raw.backlog_forecast.
/// </summary>
public sealed class BacklogPrediction(ModelFolder folder, ForecastPlan plan)
{
    /// <returns>How many numbers were added; 0 where the day had been told of before, for what was said of it stays.</returns>
    public async Task<int> RunAsync(Workspace workspace, CancellationToken cancel) =>
        await ForecastWriter.HasToldAsync(workspace, plan.AsOf, cancel) ? 0 : await ForecastWriter.WriteAsync(workspace, await TellAsync(workspace, cancel), plan.AsOf, cancel);

    async Task<IReadOnlyList<Told>> TellAsync(Workspace workspace, CancellationToken cancel)
    {
        var tables = new FeatureTables(folder, BacklogHistory.Parts);
        try
        {
            await tables.BuildAsync(workspace, plan.Days.Select(day => day.AddDays(1)), cancel);
            var history = await BacklogHistory.ReadAsync(workspace, tables, cancel);
            return new BacklogForecaster(history, plan, await ConferencesAsync(workspace, cancel)).Tell();
        }
        finally
        {
            await FeatureTables.DropAsync(workspace, cancel);
        }
    }

    /// <summary>The next conference of each province that has a calendar of them.</summary>
    async Task<List<ForecastTarget>> ConferencesAsync(Workspace workspace, CancellationToken cancel)
    {
        var next = await workspace.ReadAsync<Conference>("""
            select province_key as "ProvinceKey", min(conference_date) as "Date"
            from warehouse.dim_conference
            where conference_date > @day
            group by province_key
            order by province_key
            """, new { day = plan.AsOf.ToDateTime(TimeOnly.MinValue) }, cancel);
        return [.. next.Select(each => new ForecastTarget(each.Date, ForecastTarget.Conference, ForecastPlan.StepOf(plan.AsOf, each.Date), each.ProvinceKey))];
    }

    sealed class Conference
    {
        public int ProvinceKey { get; init; }
        public DateOnly Date { get; init; }
    }
}
