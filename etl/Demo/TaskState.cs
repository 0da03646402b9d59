namespace Etl.Demo;

/// <summary>Where a task stands; the names are those of a feed's lifecycles.</summary>
public enum Lifecycle
{
    NotStarted, InProgress, AwaitingConfirmation, Returned, Redo, AssignmentRefused, Suspended, Completed, Withdrawn,
}

/// <summary>What a system would show of a task at the end of a day.</summary>
/// <param name="Day">The day at whose end this is the state.</param>
/// <param name="Reported">The last report; of a completed task, the one that was confirmed.</param>
public sealed record TaskState(
    DateOnly Day, Lifecycle Lifecycle, DemoAgency Agency, DateOnly? Due, DateTime? Started, DateTime? Reported, DateTime? Completed,
    DateTime? Withdrawn, DateTime Updated, int Percent, string? LastText)
{
    public bool IsOpen => Lifecycle is not (Lifecycle.Completed or Lifecycle.Withdrawn);

    /// <summary>Completed by a report that came after the deadline.</summary>
    public bool IsLate => Lifecycle == Lifecycle.Completed && Due < ReportedDay;

    /// <summary>
    /// Open after the end of its last day. What awaits confirmation is judged by the day of its report; a report that
    /// was refused does not count, the task is then returned and judged by the day like any other.
    /// </summary>
    public bool IsOverdue => IsOpen && Due < (Lifecycle == Lifecycle.AwaitingConfirmation ? ReportedDay : Day);

    DateOnly? ReportedDay => Reported is { } reported ? DateOnly.FromDateTime(reported) : null;

    /// <summary>Null where the task was not assigned yet.</summary>
    public static TaskState? Of(DemoTask task, DateOnly day)
    {
        if (task.AssignedDay > day) return null;
        var state = new TaskState(day, Lifecycle.NotStarted, task.Agency, task.FirstDue, null, null, null, null, task.Assigned, 0, null);
        foreach (var happened in task.Events)
        {
            if (happened.Day > day) break;
            state = After(state, happened, task.RequiresConfirmation);
        }
        return state;
    }

    static TaskState After(TaskState state, TaskEvent e, bool requiresConfirmation)
    {
        state = state with
        {
            Agency = e.Agency, Updated = e.At, Percent = e.Percent >= 0 ? e.Percent : state.Percent,
            LastText = e.What is Happening.Progress or Happening.Reported or Happening.Obstacle ? e.Text : state.LastText,
        };
        return e.What switch
        {
            Happening.Started => state with { Lifecycle = Lifecycle.InProgress, Started = state.Started ?? e.At },
            Happening.Progress or Happening.Obstacle when state.Lifecycle == Lifecycle.NotStarted => state with { Lifecycle = Lifecycle.InProgress, Started = e.At },
            Happening.Reported when !requiresConfirmation => state with { Lifecycle = Lifecycle.Completed, Reported = e.At, Completed = e.At },
            Happening.Reported => state with { Lifecycle = Lifecycle.AwaitingConfirmation, Reported = e.At },
            Happening.Confirmed => state with { Lifecycle = Lifecycle.Completed, Completed = e.At },
            Happening.ConfirmationRefused => state with { Lifecycle = Lifecycle.Returned },
            Happening.Redo => state with { Lifecycle = Lifecycle.Redo },
            Happening.AssignmentRefused => state with { Lifecycle = Lifecycle.AssignmentRefused },
            Happening.Reassigned => state with { Lifecycle = Lifecycle.NotStarted },
            Happening.Extended => state with { Due = e.Due },
            Happening.Suspended => state with { Lifecycle = Lifecycle.Suspended },
            Happening.Resumed => state with { Lifecycle = Lifecycle.InProgress },
            Happening.Withdrawn => state with { Lifecycle = Lifecycle.Withdrawn, Withdrawn = e.At },
            _ => state,
        };
    }
}
