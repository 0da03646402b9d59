namespace Etl.Demo;

/// <summary>Tells everything that happens to a task, and keeps of it what happened up to the world's last day.</summary>
sealed class TaskStory(DemoTask task, Chance chance, DemoCalendar calendar, AgencyRoster roster, DateOnly today)
{
    readonly List<TaskEvent> told = [];
    DemoAgency holder = task.Agency;
    DateOnly? due = task.FirstDue;

    /// <param name="crowd">How much more than usual the agency was given that month.</param>
    public void Tell(double crowd)
    {
        told.Add(new TaskEvent(Happening.Assigned, task.Assigned, holder));
        var start = Start();
        var finish = task.Fate?.Reports ?? Pace.Finish(task, holder, start, chance, calendar, crowd);
        if (start > finish) start = finish;
        Add(Happening.Started, start);
        if (task.Fate is null && Ends(start, finish) is { } withdrawn)
        {
            TellEntries(start, withdrawn);
            Withdraw(withdrawn);
        }
        else
        {
            if (task.Fate is null) finish = Extensions(start, Delays(start, finish));
            TellEntries(start, finish);
            TellReports(finish);
        }
        Keep();
    }

    DateOnly Start()
    {
        var start = calendar.AddWorkingDays(task.AssignedDay, chance.Between(0, holder.Habits.StartLag));
        if (task.Fate is not null || task.NeverRefused || !chance.Happens(0.012)) return start;
        var refused = calendar.AddWorkingDays(task.AssignedDay, chance.Between(1, 3));
        var given = calendar.AddWorkingDays(refused, chance.Between(1, 5));
        Add(Happening.AssignmentRefused, refused, "Không thuộc chức năng, nhiệm vụ của cơ quan");
        holder = roster.Draw(given, chance);
        Add(Happening.Reassigned, given);
        return calendar.AddWorkingDays(given, 1);
    }

    DateOnly? Ends(DateOnly start, DateOnly finish)
    {
        var share = task.Place.WithdrawalShare * (task.Kind == "programme" ? 4 : 1);
        return finish.DayNumber - start.DayNumber > 6 && chance.Happens(share)
            ? calendar.OnOrAfter(start.AddDays(chance.Between(3, finish.DayNumber - start.DayNumber - 2))) : null;
    }

    void Withdraw(DateOnly day)
    {
        var explained = chance.Happens(0.75);
        told.Add(new TaskEvent(Happening.Withdrawn, Hour(day), holder, explained ? Words.Obstacle(chance, true) : null,
            Cause: explained ? "objective" : null, Decision: explained ? $"{chance.Between(100, 4000)}/QĐ-UBND" : null));
    }

    /// <summary>A suspension, or a merger of the agency, puts the end off.</summary>
    DateOnly Delays(DateOnly start, DateOnly finish)
    {
        if (finish.DayNumber - start.DayNumber > 15 && chance.Happens(0.012))
        {
            var from = calendar.OnOrAfter(start.AddDays(chance.Between(4, finish.DayNumber - start.DayNumber - 4)));
            var to = calendar.AddWorkingDays(from, chance.Between(15, 60));
            told.Add(new TaskEvent(Happening.Suspended, Hour(from), holder, "Tạm dừng chờ ý kiến cấp có thẩm quyền",
                Decision: chance.Happens(0.8) ? $"{chance.Between(100, 4000)}/UBND-KSTT" : null));
            Add(Happening.Resumed, to);
            finish = calendar.AddWorkingDays(finish, calendar.WorkingDaysBetween(from, to) + 1);
        }
        if (start <= holder.To && holder.To < finish) finish = calendar.AddWorkingDays(finish, chance.Between(5, 25));
        return finish;
    }

    DateOnly Extensions(DateOnly start, DateOnly finish)
    {
        for (var round = 0; round < 3 && due is { } old; round++)
        {
            var asks = finish > old ? holder.Habits.ExtensionHabit / (round + 1) : round == 0 ? 0.02 : 0;
            if (!chance.Happens(asks)) break;
            // Some ask only when the deadline has passed; granting it then wipes the delay out.
            var asked = calendar.AddWorkingDays(old, chance.Happens(0.2) ? chance.Between(1, 8) : -chance.Between(1, 6));
            if (asked <= start) asked = calendar.AddWorkingDays(start, 1);
            var decided = calendar.AddWorkingDays(asked, chance.Between(0, 5));
            if (decided >= finish) break;
            Extend(asked, decided, old, calendar.OnOrAfter(old.AddDays(MoreDays(old, finish))));
        }
        return finish;
    }

    int MoreDays(DateOnly old, DateOnly finish) =>
        Math.Clamp((int)((finish.DayNumber - old.DayNumber) * (0.6 + 0.9 * chance.Share())), 5, 180);

    void Extend(DateOnly asked, DateOnly decided, DateOnly old, DateOnly granted)
    {
        var reasoned = chance.Happens(0.7);
        var objective = chance.Happens(0.7);
        var reason = reasoned ? Words.Obstacle(chance, objective) : null;
        var cause = reasoned ? objective ? "objective" : "subjective" : null;
        var plan = chance.Happens(0.7) ? Words.Plan(granted) : null;
        told.Add(new TaskEvent(Happening.ExtensionRequested, Hour(asked), holder, reason, old, granted, cause, Plan: plan));
        told.Add(new TaskEvent(Happening.Extended, Hour(decided, 14), holder, reason, old, granted, cause, reasoned ? $"{chance.Between(100, 6000)}/UBND-KSTT" : null));
        due = granted;
    }

    void TellEntries(DateOnly start, DateOnly finish)
    {
        if (task.Place.HasHistory) new TaskEntries(task, chance, calendar, told).Tell(holder, due, start, finish < today ? finish : today);
    }

    /// <summary>Reported; then confirmed, or refused and done again until it is right.</summary>
    void TellReports(DateOnly reported)
    {
        told.Add(new TaskEvent(Happening.Reported, Hour(reported, 14), holder, "Báo cáo hoàn thành nhiệm vụ", Percent: 100));
        if (!task.RequiresConfirmation) return;
        var lag = chance.Between(0, 4);
        var answered = lag == 0 ? reported : calendar.AddWorkingDays(reported, lag);
        if (task.Fate is { } fate) answered = answered > fate.ConfirmedBy ? fate.ConfirmedBy : answered;
        else if (chance.Happens(holder.Habits.RefusalShare))
        {
            Add(Happening.ConfirmationRefused, answered, Words.Refusal(chance));
            var again = calendar.AddWorkingDays(answered, chance.Between(0, 1));
            told.Add(new TaskEvent(Happening.Redo, Hour(again, 14), holder, "Thực hiện lại theo ý kiến của Văn phòng UBND"));
            TellReports(calendar.AddWorkingDays(again, chance.Between(2, 12)));
            return;
        }
        // What is confirmed on the day of its report is confirmed in the evening.
        told.Add(new TaskEvent(Happening.Confirmed, answered == reported ? answered.ToDateTime(new TimeOnly(18, chance.Between(0, 59))) : Hour(answered), holder));
        if (task.Place.HasHistory && chance.Happens(0.2)) Rate(calendar.AddWorkingDays(answered, 1));
    }

    void Rate(DateOnly day)
    {
        var stars = chance.Between(3, 5);
        told.Add(new TaskEvent(Happening.Rated, Hour(day), holder, $"{stars} sao", Stars: stars));
    }

    /// <summary>Keeps what happened up to today, in order, and hands the task over where its agency ends.</summary>
    void Keep()
    {
        var current = task.Agency;
        var ended = false;
        foreach (var e in told.Where(e => e.Day <= today).OrderBy(e => e.At))
        {
            if (e.What is Happening.Reassigned or Happening.Assigned) current = e.Agency;
            if (!ended) current = HandOver(current, e.Day);
            ended |= e.What is Happening.Withdrawn or Happening.Confirmed || (e.What == Happening.Reported && !task.RequiresConfirmation);
            task.Events.Add(e.Agency == current ? e : e with { Agency = current });
        }
        if (!ended) HandOver(current, today);
    }

    DemoAgency HandOver(DemoAgency current, DateOnly day)
    {
        while (current.To < day && current.Successors.Count > 0)
        {
            var from = current;
            current = from.Successors[(int)((uint)task.Id[^1] % (uint)from.Successors.Count)];
            task.Events.Add(new TaskEvent(Happening.HandedOver, from.To.AddDays(1).ToDateTime(new TimeOnly(7, 0)), current,
                $"Bàn giao từ {from.Name} do sắp xếp tổ chức bộ máy"));
        }
        return current;
    }

    void Add(Happening what, DateOnly day, string? text = null) => told.Add(new TaskEvent(what, Hour(day), holder, text));

    /// <summary>Some minute of three hours of the day: what ends or decides something comes after noon, so that a day reads in order.</summary>
    DateTime Hour(DateOnly day, int from = 8)
    {
        var at = day.ToDateTime(new TimeOnly(from + chance.Between(0, 2), chance.Between(0, 59)));
        return told.Count > 0 && at < told[0].At ? told[0].At.AddMinutes(told.Count) : at;
    }
}
