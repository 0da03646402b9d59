namespace Etl.Demo;

/// <summary>
/// The counts that the letters print: roots only, without what was deleted or withdrawn; judged by the report that
/// was confirmed, against the deadline in force.
/// </summary>
public sealed record Tally(int Assigned, int Completed, int OnTime, int Late, int NoDeadline, int Open, int Overdue)
{
    public static Tally Of(IEnumerable<(DemoTask Task, TaskState State)> tasks)
    {
        int completed = 0, onTime = 0, late = 0, open = 0, overdue = 0;
        foreach (var (task, state) in tasks)
        {
            if (task.Parent is not null || task.Deleted || task.Secrecy != "" || state.Lifecycle == Lifecycle.Withdrawn) continue;
            if (state.IsOpen)
            {
                open++;
                if (state.IsOverdue) overdue++;
            }
            else
            {
                completed++;
                if (state.IsLate) late++;
                else if (state.Due is not null) onTime++;
            }
        }
        return new Tally(completed + open, completed, onTime, late, completed - onTime - late, open, overdue);
    }

    /// <summary>The tasks assigned in a period as they stood at the end of a day.</summary>
    public static Tally Of(PlaceWorld world, DateOnly from, DateOnly to, DateOnly asOf, Func<TaskState, bool>? where = null) =>
        Of(world.StateAt(asOf).Where(at => at.Task.AssignedDay >= from && at.Task.AssignedDay <= to && (where is null || where(at.State))));
}
