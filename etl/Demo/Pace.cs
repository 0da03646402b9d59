namespace Etl.Demo;

/// <summary>When a task would be finished if nobody interfered: what makes agencies, seasons and tasks differ.</summary>
static class Pace
{
    /// <summary>The day of the first report.</summary>
    /// <param name="crowd">Tasks that the agency was given in this month against its usual number; 0 is usual, 1 twice as many.</param>
    public static DateOnly Finish(DemoTask task, DemoAgency holder, DateOnly start, Chance chance, DemoCalendar calendar, double crowd)
    {
        var due = task.FirstDue ?? calendar.AddWorkingDays(task.AssignedDay, chance.Between(15, 90));
        var lead = Math.Max(1, calendar.WorkingDaysBetween(task.AssignedDay, due));
        var share = 0.73 * Chance.Grow(Difficulty(task, holder, due, lead, crowd) + 0.36 * chance.Bell());
        // Most of what would be a little late is pushed through on the last days.
        if (share is > 1 and < 1.15 && chance.Happens(task.Kind == "key" ? 0.75 : 0.5)) share = 0.97;
        var days = (int)(share * lead + 0.5);
        if (share > 1.1) days += chance.Between(1, 14) + Stuck(holder, chance);
        var finish = calendar.AddWorkingDays(task.AssignedDay, Math.Max(days, 0));
        finish = finish < start ? start : finish;
        return ClearedAtYearEnd(finish, due, chance, calendar);
    }

    /// <summary>Some late tasks stop moving for months, a few for years.</summary>
    static int Stuck(DemoAgency holder, Chance chance) =>
        !chance.Happens(holder.Habits.StuckShare) ? 0 : chance.Happens(0.06) ? chance.Between(300, 1100) : chance.Between(30, 320);

    static double Difficulty(DemoTask task, DemoAgency holder, DateOnly due, int lead, double crowd)
    {
        var x = holder.Habits.Slowness + 0.22 * Math.Clamp(crowd, -0.8, 2) + 0.05 * task.CoAgencies.Count;
        x += task.Kind switch { "key" => -0.18, "ad_hoc" => 0.06, "programme" => 0.05, _ => 0 };
        x += task.Level == "central" ? -0.12 : 0;
        x += lead <= 5 ? 0.18 : lead > 60 ? -0.08 : 0;
        if (DemoCalendar.NearTet(due) || DemoCalendar.NearTet(task.AssignedDay)) x += 0.16;
        if (due.Month == 12) x -= 0.10;
        if (task.Urgency != "Thường") x -= 0.08;
        x -= 0.015 * (task.AssignedDay.Year - 2021);
        var year2025 = due.DayNumber - Mergers.Departments.DayNumber;
        return x + (year2025 is > -30 and < 240 ? 0.14 : 0);
    }

    /// <summary>Old arrears are often cleared in the last days before the year's review.</summary>
    static DateOnly ClearedAtYearEnd(DateOnly finish, DateOnly due, Chance chance, DemoCalendar calendar)
    {
        var yearEnd = new DateOnly(due.Year, 12, 31);
        return finish > yearEnd && finish.DayNumber - due.DayNumber > 40 && due < yearEnd.AddDays(-20) && chance.Happens(0.35)
            ? calendar.AddWorkingDays(yearEnd, -chance.Between(0, 6)) : finish;
    }
}
