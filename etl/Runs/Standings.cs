using Etl.Commands;
using Etl.Schedule;
using Warehouse.Engines;
using Warehouse.Runs;

namespace Etl.Runs;

/// <summary>How the sources of a home stand, and the run log that a publication takes along.</summary>
sealed class Standings(Home home, TimeProvider time)
{
    /// <summary>Notes how each source stands now, and fills the workspace's run log from the home's own record.</summary>
    public async Task WriteAsync(Workspace workspace, RunLog log, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        foreach (var standing in await OfAsync(workspace, RunLog.Join(await RunTable.ReadAsync(workspace, cancel), RunLog.Read(home)), cancel))
            log.Add(RunSteps.Source, standing.Outcome, now, TimeSpan.Zero, step => step with { Feed = standing.Feed, Part = standing.CutOff, Message = standing.Reason });
        await RunTable.FillAsync(workspace, RunLog.Read(home), cancel);
    }

    /// <summary>How each source that a state knows stands after these steps.</summary>
    public async Task<IReadOnlyList<Standing>> OfAsync(Session session, IReadOnlyList<RunStep> steps, CancellationToken cancel)
    {
        var plan = Plan();
        var sources = await session.ReadAsync<Source>("select feed_code as Feed, kind_code as Kind from raw.source order by feed_code", cancel: cancel);
        return [.. sources.Select(source => Lateness.Of(source.Feed, steps, plan, time.GetUtcNow(), source.Kind is "rest" or "sql"))];
    }

    /// <summary>The schedule that the home was last started with, else the one that would hold; null where it cannot be read any more: that is the schedule's own complaint.</summary>
    public SchedulePlan? Plan()
    {
        try
        {
            return ScheduleFile.Read(ScheduleFile.PathFor(home, ScheduleState.Read(home).File));
        }
        catch (Exception error) when (error is Feeds.FeedException or WrongUseException)
        {
            return null;
        }
    }

    sealed record Source(string Feed, string Kind);
}
