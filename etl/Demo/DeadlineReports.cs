namespace Etl.Demo;

/// <summary>
/// What agencies report when a deadline falls and the task is not done, with a plan and the date they ask for, as letter
/// 4651/UBND-KSTT wants it: most on the day, some late, some never, some without a plan. Told after all else, by a chance of its own.
/// </summary>
sealed class DeadlineReports(DemoTask task, Chance chance, DemoCalendar calendar, DateOnly today)
{
    public void Tell()
    {
        foreach (var due in Deadlines())
        {
            var (reports, late, days, asks) = (chance.Happens(task.Place.DeadlineReportShare), chance.Happens(0.15), chance.Between(1, 6), chance.Between(10, 45));
            var (objective, planned) = (chance.Happens(0.65), chance.Happens(0.85));
            var reason = Words.Obstacle(chance, objective);
            if (!reports || !IsUnfinished(due)) continue;
            var day = late ? calendar.AddWorkingDays(due, days) : due;
            if (day > today || !IsUnfinished(day)) continue;
            var until = calendar.AddWorkingDays(day, asks);
            Add(new TaskEvent(Happening.DeadlineReported, day.ToDateTime(new TimeOnly(17, 0)), task.Agency, $"Chưa hoàn thành: {reason}", due, planned ? until : null,
                objective ? "objective" : "subjective", Plan: planned ? Words.Plan(until) : null));
        }
    }

    /// <summary>Every deadline that the task had, each once.</summary>
    List<DateOnly> Deadlines() =>
        [.. task.Events.Where(e => e.What == Happening.Extended).Select(e => e.Due).Prepend(task.FirstDue).OfType<DateOnly>().Distinct().Order()];

    /// <summary>Open at the end of a day, with nothing reported that awaits its answer, under the deadline that has fallen.</summary>
    bool IsUnfinished(DateOnly day) =>
        day <= today && TaskState.Of(task, day) is { IsOpen: true, Lifecycle: not Lifecycle.AwaitingConfirmation } state && state.Due <= day;

    /// <summary>At its place in the order, by whoever has the task then.</summary>
    void Add(TaskEvent report)
    {
        var before = task.Events.FindLastIndex(e => e.At <= report.At);
        task.Events.Insert(before + 1, report with { Agency = task.Events[before].Agency });
    }
}
