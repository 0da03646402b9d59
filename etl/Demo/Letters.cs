namespace Etl.Demo;

/// <summary>
/// Makes the world agree with what the official letters state, whatever the seed: Cần Thơ 2023 (1680/UBND-NC),
/// Đà Nẵng 2021 (4651/UBND-KSTT) and 2023 (1204/UBND-KSTT).
/// </summary>
static class Letters
{
    static readonly DateOnly CanThoFrom = new(2023, 1, 1), CanThoAsOf = new(2023, 4, 24);
    static readonly DateOnly DaNangFrom = new(2021, 1, 1), DaNangAsOf = new(2021, 7, 26);
    static readonly DateOnly ArrearsAsOf = new(2023, 3, 17);

    /// <summary>682 completed, 135 of them late, and 234 open, 57 of them overdue: 916.</summary>
    static readonly Quota CanTho = new(547, 135, 57, 177);

    /// <summary>The first three pass all four thresholds of the letter, whose bases are not stated; the last two fail by far. The counts are invented.</summary>
    static readonly (string Agency, Quota Quota)[] DaNang2021 =
    [
        ("Sở Giao thông vận tải", new Quota(225, 18, 1, 18)),
        ("Sở Nội vụ", new Quota(197, 18, 1, 15)),
        ("Sở Tài chính", new Quota(207, 23, 1, 13)),
        ("Sở Xây dựng", new Quota(108, 40, 34, 54)),
        ("Sở Tài nguyên và Môi trường", new Quota(105, 46, 41, 59)),
    ];

    static readonly (string Agency, int Tasks)[] ArrearsOf2021 =
        [("Sở Tài nguyên và Môi trường", 7), ("Sở Giáo dục và Đào tạo", 4), ("Ban Quản lý các dự án đầu tư cơ sở hạ tầng ưu tiên", 3)];

    public static void Prepare(PlaceWorld world, List<DemoTask> tasks, ulong seed, DemoCalendar calendar)
    {
        var chance = Chance.For(seed, "letters", world.Place.Key);
        if (world.Place == Places.CanTho) PrepareCanTho(tasks, chance, calendar);
        if (world.Place == Places.DaNang) PrepareDaNang(world, tasks, chance, calendar);
    }

    /// <summary>After all was told: nothing of 2021 or before is overdue and open on 17 March 2023 but at the three agencies.</summary>
    public static void Complete(PlaceWorld world, Action<DemoTask, string> tellAgain)
    {
        if (world.Place != Places.DaNang) return;
        foreach (var task in world.Tasks.Where(task => task.AssignedDay.Year <= 2021))
        {
            if (IsArrear(task)) AskForPlan(task);
            else if (TaskState.Of(task, ArrearsAsOf) is { IsOpen: true } state && (task.FirstDue < ArrearsAsOf || state.Due < ArrearsAsOf))
            {
                var latest = new DateOnly(2023, 2, 20).DayNumber - task.Id[^1] % 40;
                task.Fate = new Fate(DateOnly.FromDayNumber(Math.Max(latest - 200, Math.Min(latest, task.FirstDue!.Value.DayNumber + 90))), new DateOnly(2023, 2, 24));
                tellAgain(task, "cleared");
            }
        }
    }

    static void PrepareCanTho(List<DemoTask> tasks, Chance chance, DemoCalendar calendar)
    {
        bool Within(DemoTask task) => task.AssignedDay >= CanThoFrom && task.AssignedDay <= CanThoAsOf;
        var within = tasks.Where(Within).ToList();
        var surplus = within.Count - CanTho.Assigned;
        if (surplus > 0)
        {
            chance.Shuffle(within);
            var dropped = within.Take(surplus).ToHashSet();
            tasks.RemoveAll(dropped.Contains);
        }
        else
        {
            var last = within[^1];
            foreach (var later in tasks.Where(task => task.AssignedDay > CanThoAsOf).Take(-surplus))
                (later.Document, later.Assigned) = (last.Document, last.Assigned);
        }
        Quotas.Apply(CanTho, [.. tasks.Where(Within)], CanThoAsOf, chance, calendar);
    }

    static void PrepareDaNang(PlaceWorld world, List<DemoTask> tasks, Chance chance, DemoCalendar calendar)
    {
        var within = tasks.Where(task => task.AssignedDay >= DaNangFrom && task.AssignedDay <= DaNangAsOf).ToList();
        foreach (var task in within) task.NeverRefused = true;
        var roots = within.Where(Counts).ToList();
        chance.Shuffle(roots);
        var named = DaNang2021.Select(row => row.Agency).ToHashSet();
        foreach (var (name, quota) in DaNang2021)
        {
            var agency = world.Agencies.Find(name, DaNangFrom);
            var own = roots.Where(task => task.Agency == agency).ToList();
            foreach (var task in own.Skip(quota.Assigned)) task.Agency = Other(world, named, chance);
            var more = roots.Where(task => !named.Contains(task.Agency.Name)).Take(quota.Assigned - own.Count).ToList();
            foreach (var task in more) task.Agency = agency;
            Quotas.Apply(quota, [.. own.Take(quota.Assigned), .. more], DaNangAsOf, chance, calendar);
        }
        foreach (var (name, count) in ArrearsOf2021) PrepareArrears(world.Agencies.Find(name, DaNangAsOf), count, tasks, chance, calendar);
    }

    static void PrepareArrears(DemoAgency agency, int count, List<DemoTask> tasks, Chance chance, DemoCalendar calendar)
    {
        var candidates = tasks.Where(task => Counts(task) && !task.CarriedMonthly && task.Fate is null
            && task.AssignedDay >= new DateOnly(2021, 8, 1) && task.AssignedDay < new DateOnly(2021, 10, 20));
        foreach (var task in candidates.OrderBy(task => task.Agency == agency ? 0 : 1).Take(count).ToList())
        {
            task.Agency = agency;
            task.Granularity = Granularity.Day;
            task.FirstDue = calendar.AddWorkingDays(task.AssignedDay, chance.Between(15, 40));
            task.Fate = new Fate(calendar.AddWorkingDays(ArrearsAsOf, chance.Between(12, 150)), DateOnly.MaxValue);
        }
    }

    /// <summary>The letter asks for a plan before 24 March 2023; one of the three sends none.</summary>
    static void AskForPlan(DemoTask task)
    {
        var holder = task.Agency;
        task.Events.Add(new TaskEvent(Happening.Reminder, new DateTime(2023, 3, 17, 16, 0, 0), holder,
            "Yêu cầu báo cáo, đề xuất phương án giải quyết trước ngày 24/3/2023 (Công văn số 1204/UBND-KSTT)"));
        if (holder.Level == "department" && holder.Name.StartsWith("Sở", StringComparison.Ordinal))
            task.Events.Add(new TaskEvent(Happening.Progress, new DateTime(2023, 3, 22, 10, 0, 0), holder, "Phương án giải quyết: hoàn thiện hồ sơ, trình lại trong quý II/2023", Percent: 60));
        task.Events.Sort((one, other) => one.At.CompareTo(other.At));
    }

    static bool IsArrear(DemoTask task) => task.Fate is { } fate && fate.Reports > ArrearsAsOf;

    static bool Counts(DemoTask task) => task is { Parent: null, Deleted: false, Secrecy: "" };

    static DemoAgency Other(PlaceWorld world, HashSet<string> named, Chance chance)
    {
        while (true)
            if (world.Agencies.Draw(DaNangFrom, chance) is var agency && !named.Contains(agency.Name)) return agency;
    }
}
