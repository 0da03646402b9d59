namespace Etl.Demo;

/// <summary>How many of the tasks of a period stand where at its end.</summary>
public sealed record Quota(int OnTime, int Late, int Overdue, int Within)
{
    public int Assigned => OnTime + Late + Overdue + Within;
}

/// <summary>Gives the tasks of a period deadlines and reports so that a quota holds at its end.</summary>
static class Quotas
{
    /// <param name="tasks">Exactly as many as the quota wants, all assigned by the day.</param>
    public static void Apply(Quota quota, List<DemoTask> tasks, DateOnly asOf, Chance chance, DemoCalendar calendar)
    {
        foreach (var task in tasks) (task.Secrecy, task.Granularity) = ("", Granularity.Day);
        // Being late takes time; slow agencies are late more often.
        var lateness = tasks.Where(task => task.AssignedDay <= asOf.AddDays(-18))
            .OrderByDescending(task => task.Agency.Habits.Slowness * 2.5 + chance.Bell()).ToList();
        var late = lateness.Take(quota.Late + quota.Overdue).ToList();
        chance.Shuffle(late);
        var rest = tasks.Except(late).OrderByDescending(task => task.AssignedDay.DayNumber + 35 * chance.Bell()).ToList();
        foreach (var task in late.Take(quota.Late)) CompleteLate(task, asOf, chance, calendar);
        foreach (var task in late.Skip(quota.Late)) LeaveOverdue(task, asOf, chance, calendar);
        foreach (var task in rest.Take(quota.Within)) LeaveOpen(task, asOf, chance, calendar);
        foreach (var task in rest.Skip(quota.Within)) CompleteOnTime(task, asOf, chance, calendar);
    }

    static void CompleteLate(DemoTask task, DateOnly asOf, Chance chance, DemoCalendar calendar)
    {
        var days = asOf.DayNumber - task.AssignedDay.DayNumber;
        task.FirstDue = Before(task.AssignedDay.AddDays(chance.Between(3, days * 6 / 10)), calendar);
        var reports = Before(task.FirstDue.Value.AddDays(chance.Between(5, Math.Max(5, asOf.DayNumber - task.FirstDue.Value.DayNumber))), calendar);
        if (reports <= task.FirstDue) reports = calendar.AddWorkingDays(task.FirstDue.Value, 1);
        task.Fate = new Fate(reports > asOf ? asOf : reports, asOf);
    }

    static void LeaveOverdue(DemoTask task, DateOnly asOf, Chance chance, DemoCalendar calendar)
    {
        var days = asOf.DayNumber - task.AssignedDay.DayNumber;
        task.FirstDue = Before(task.AssignedDay.AddDays(chance.Between(5, days - 4)), calendar);
        task.Fate = new Fate(calendar.AddWorkingDays(asOf, chance.Between(3, chance.Happens(0.3) ? 140 : 45)), DateOnly.MaxValue);
    }

    static void LeaveOpen(DemoTask task, DateOnly asOf, Chance chance, DemoCalendar calendar)
    {
        task.FirstDue = chance.Happens(0.22) ? null : calendar.OnOrAfter(asOf.AddDays(chance.Between(1, 60)));
        var latest = (task.FirstDue ?? asOf.AddDays(60)).DayNumber - asOf.DayNumber;
        var days = (int)(latest * (0.3 + 0.7 * chance.Share())) + (chance.Happens(0.15 + 0.3 * task.Agency.Habits.Slowness) ? chance.Between(3, 50) : 0);
        task.Fate = new Fate(calendar.OnOrAfter(asOf.AddDays(Math.Max(1, days))), DateOnly.MaxValue);
    }

    static void CompleteOnTime(DemoTask task, DateOnly asOf, Chance chance, DemoCalendar calendar)
    {
        var days = asOf.DayNumber - task.AssignedDay.DayNumber;
        var reports = Before(task.AssignedDay.AddDays(Math.Min(days, chance.Between(1, 10 + days * 7 / 10))), calendar);
        if (reports < task.AssignedDay) reports = task.AssignedDay;
        task.FirstDue = calendar.OnOrAfter(reports.AddDays(chance.Between(0, 12)));
        task.Fate = new Fate(reports, asOf);
    }

    /// <summary>The day itself or the working day before it.</summary>
    static DateOnly Before(DateOnly day, DemoCalendar calendar) => calendar.AddWorkingDays(day, 0);
}
