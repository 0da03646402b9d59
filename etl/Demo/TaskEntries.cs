namespace Etl.Demo;

/// <summary>
/// What an agency enters while it works, and what the office says to it. Tasks in trouble fall silent before they are
/// late, name obstacles, and are reminded of once they are overdue.
/// </summary>
sealed class TaskEntries(DemoTask task, Chance chance, DemoCalendar calendar, List<TaskEvent> told)
{
    /// <param name="due">The deadline after all extensions.</param>
    public void Tell(DemoAgency holder, DateOnly? due, DateOnly start, DateOnly finish)
    {
        var first = task.FirstDue ?? due;
        var trouble = first < finish;
        Progress(holder, start, finish, trouble);
        if (finish.DayNumber - start.DayNumber > 4 && chance.Happens(trouble ? 0.35 : 0.06)) Obstacle(holder, first, start, finish);
        if (due is { } deadline) Reminders(holder, start, deadline, finish);
    }

    void Progress(DemoAgency holder, DateOnly start, DateOnly finish, bool trouble)
    {
        var span = Math.Max(1, calendar.WorkingDaysBetween(start, finish));
        var pause = holder.Habits.UpdateEvery * (trouble ? 1.8 : 1);
        var at = pause * (0.3 + 0.9 * chance.Share());
        for (var entries = 0; at < span && entries < 12; entries++)
        {
            var day = Entered(calendar.AddWorkingDays(start, Math.Max(1, (int)at)), start);
            if (day >= finish) return;
            var percent = Math.Clamp((int)(at / span * (trouble ? 80 : 95)) / 5 * 5, 0, 95);
            var vague = chance.Happens(holder.Habits.VagueShare * (trouble ? 1.8 : 0.8));
            told.Add(new TaskEvent(Happening.Progress, Hour(day), holder, Words.Step(chance, percent, vague), Percent: vague && chance.Happens(0.5) ? -1 : percent));
            pause *= 1.15;
            at += pause * (0.5 + chance.Share());
        }
    }

    /// <summary>In Bình Định entries of the years before 2025 were made once, just before the conference; since then the last three days are locked.</summary>
    DateOnly Entered(DateOnly day, DateOnly start)
    {
        if (!task.Place.BunchedEntries) return day;
        var conference = DemoCalendar.ConferenceOnOrAfter(day);
        if (day.Year < 2025)
        {
            var bunched = calendar.AddWorkingDays(conference, -chance.Between(1, 3));
            return bunched > start && chance.Happens(0.8) ? bunched : day;
        }
        return day >= new DateOnly(2025, 2, 1) && day > conference.AddDays(-3) ? calendar.AddWorkingDays(conference, 1) : day;
    }

    void Obstacle(DemoAgency holder, DateOnly? due, DateOnly start, DateOnly finish)
    {
        var last = due < finish && chance.Happens(0.7) ? due.Value : finish;
        var day = calendar.OnOrAfter(start.AddDays(chance.Between(1, Math.Max(1, last.DayNumber - start.DayNumber))));
        if (day >= finish) return;
        var objective = chance.Happens(0.65);
        told.Add(new TaskEvent(Happening.Obstacle, Hour(day), holder, Words.Obstacle(chance, objective), Cause: objective ? "objective" : "subjective"));
    }

    void Reminders(DemoAgency holder, DateOnly start, DateOnly due, DateOnly finish)
    {
        var before = calendar.AddWorkingDays(due, -chance.Between(3, 5));
        if (before > start && before < finish && chance.Happens(task.Kind == "key" ? 0.45 : 0.06)) Remind(holder, before, "Nhắc nhiệm vụ sắp đến hạn");
        var day = calendar.AddWorkingDays(due, chance.Between(2, 12));
        for (var round = 1; round <= 8 && day < finish; round++, day = calendar.AddWorkingDays(day, chance.Between(10, 30)))
            if (chance.Happens(task.Place.ReminderShare)) Remind(holder, day, round > 2 ? "Yêu cầu báo cáo phương án giải quyết nhiệm vụ quá hạn" : "Đôn đốc nhiệm vụ quá hạn");
    }

    void Remind(DemoAgency holder, DateOnly day, string text) => told.Add(new TaskEvent(Happening.Reminder, Hour(day), holder, text));

    DateTime Hour(DateOnly day) => day.ToDateTime(new TimeOnly(8 + chance.Between(0, 8), chance.Between(0, 59)));
}
