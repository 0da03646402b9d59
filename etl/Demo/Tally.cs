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

    /// <summary>The same counts for an earlier day, as far as the dates in a list of today tell them.</summary>
    public static Tally FromDates(IEnumerable<(DemoTask Task, TaskState State)> today, DateOnly asOf) =>
        Of(today.Select(at => (at.Task, Back(at.State, asOf))));

    static TaskState Back(TaskState state, DateOnly asOf)
    {
        bool By(DateTime? at) => at is { } time && DateOnly.FromDateTime(time) <= asOf;
        if (By(state.Completed)) return state;
        // A list of today gives no day of withdrawal: by its deadline at the latest. A report that was refused since proves nothing.
        if (state.Lifecycle == Lifecycle.Withdrawn && state.Due is { } due && due <= asOf) return state;
        var before = state.Lifecycle is Lifecycle.Completed or Lifecycle.AwaitingConfirmation
            ? By(state.Reported) ? Lifecycle.AwaitingConfirmation : Lifecycle.InProgress
            : state.Lifecycle == Lifecycle.Withdrawn ? Lifecycle.InProgress : state.Lifecycle;
        return state with { Day = asOf, Completed = null, Lifecycle = before };
    }

    /// <summary>The tasks assigned in a period as they stood at the end of a day.</summary>
    public static Tally Of(PlaceWorld world, DateOnly from, DateOnly to, DateOnly asOf, Func<TaskState, bool>? where = null) =>
        Of(world.StateAt(asOf).Where(at => at.Task.AssignedDay >= from && at.Task.AssignedDay <= to && (where is null || where(at.State))));
}
