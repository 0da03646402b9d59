namespace Etl.Demo;

/// <summary>Which tasks are assigned when, to whom, by what document, and for when.</summary>
sealed class Arrivals(PlaceProfile place, AgencyRoster roster, DemoOptions options, DemoCalendar calendar)
{
    static readonly double[] MonthShares = [0.90, 0.65, 1.15, 1.05, 1.00, 1.00, 1.00, 1.00, 1.00, 1.05, 1.10, 1.15];
    static readonly double MonthSum = MonthShares.Sum();

    readonly Chance chance = Chance.For(options.Seed, "arrivals", place.Key);
    readonly DocumentBook book = new(place, Chance.For(options.Seed, "documents", place.Key));
    readonly List<DemoTask> tasks = [];
    readonly Dictionary<int, int> numbers = [];

    public List<DemoTask> All()
    {
        for (var year = Math.Max(options.FirstYear, place.From.Year); year <= options.Today.Year; year++) Year(year);
        tasks.RemoveAll(task => task.AssignedDay < place.From || task.AssignedDay > place.To || task.AssignedDay > options.Today);
        return [.. tasks.OrderBy(task => task.Assigned).ThenBy(task => task.Id, StringComparer.Ordinal)];
    }

    void Year(int year)
    {
        var programme = place.HasHistory || place.Key == "can-tho" ? place.TasksOf(year) / 24 : 0;
        if (programme > 0) Programme(year, programme);
        for (var month = 1; month <= 12; month++)
        {
            var first = new DateOnly(year, month, 1);
            if (first < place.From || first > place.To || first > options.Today) continue;
            var count = place.TasksOf(year) * MonthShares[month - 1] / MonthSum * (0.94 + 0.12 * chance.Share());
            Month(year, month, (int)count - (month == 1 ? programme : 0));
        }
    }

    void Programme(int year, int count)
    {
        var document = book.Programme(year);
        for (var i = 0; i < count; i++)
        {
            var assigned = calendar.AddWorkingDays(new DateOnly(year, 1, 1), chance.Between(1, 6));
            var quarterly = chance.Happens(0.6);
            var ends = quarterly ? 3 * chance.Between(1, 4) : chance.Between(2, 12);
            var due = new DateOnly(year, ends, 1).AddMonths(1).AddDays(-1);
            Add(document, assigned, "programme", "province", due, quarterly ? Granularity.Quarter : Granularity.Month, year);
        }
    }

    void Month(int year, int month, int count)
    {
        var sizes = new List<int>();
        for (var left = count; left > 0; left -= sizes[^1]) sizes.Add(Math.Min(left, DocumentSize()));
        var dates = sizes.Select(_ => Day(year, month)).Order().ToList();
        for (var i = 0; i < sizes.Count; i++)
        {
            var level = chance.Share() switch { < 0.08 => "central", < 0.15 => "party", _ => "province" };
            Issue(book.Issue(dates[i], level), level, sizes[i]);
        }
    }

    /// <summary>One document gives five tasks on average.</summary>
    int DocumentSize()
    {
        var size = 1;
        while (size < 30 && chance.Happens(0.8)) size++;
        return size;
    }

    DateOnly Day(int year, int month)
    {
        var day = new DateOnly(year, month, chance.Between(1, DateTime.DaysInMonth(year, month)));
        var next = calendar.OnOrAfter(day);
        return next.Month == month ? next : calendar.AddWorkingDays(day, 0);
    }

    void Issue(DemoDocument document, string level, int size)
    {
        var sharedDue = chance.Happens(0.5) ? calendar.AddWorkingDays(document.Date, Lead("routine")) : (DateOnly?)null;
        for (var i = 0; i < size; i++)
        {
            var kind = chance.Share() switch { < 0.18 => "key", < 0.60 => "routine", _ => "ad_hoc" };
            var assigned = calendar.AddWorkingDays(document.Date, chance.Between(0, 2));
            var granularity = chance.Happens(0.12) ? Granularity.Month : Granularity.Day;
            var due = sharedDue ?? calendar.AddWorkingDays(assigned, Lead(kind));
            if (granularity == Granularity.Month) due = new DateOnly(due.Year, due.Month, 1).AddMonths(1).AddDays(-1);
            Add(document, assigned, kind, level, HasDeadline(kind) ? due : null, granularity, null);
        }
    }

    int Lead(string kind) => kind switch { "ad_hoc" => chance.Between(3, 18), "key" => chance.Between(15, 110), _ => chance.Between(8, 45) };

    bool HasDeadline(string kind) => !chance.Happens(place.NoDeadlineShare * kind switch { "key" => 0.4, "routine" => 1.5, _ => 0.8 });

    void Add(DemoDocument document, DateOnly assigned, string kind, string level, DateOnly? due, Granularity granularity, int? programmeYear)
    {
        var task = New(NextId(assigned.Year), document, assigned, kind, level, due, granularity, programmeYear, null);
        tasks.Add(task);
        if (kind == "ad_hoc" || !chance.Happens(place.SubTaskShare)) return;
        var parts = chance.Between(2, 3);
        for (var part = 1; part <= parts; part++)
            tasks.Add(New($"{task.Id}.{part}", document, assigned, kind, level, due, granularity, programmeYear, task));
    }

    DemoTask New(string id, DemoDocument document, DateOnly assigned, string kind, string level, DateOnly? due, Granularity granularity, int? programmeYear, DemoTask? parent)
    {
        var lead = roster.Draw(assigned, chance);
        return new DemoTask
        {
            Id = id, Place = place, Document = document, Agency = lead, Parent = parent,
            Assigned = assigned.ToDateTime(new TimeOnly(chance.Between(8, 16), chance.Between(0, 59))),
            FirstDue = due, Granularity = due is null ? Granularity.Day : granularity, Kind = kind, Level = level, ProgrammeYear = programmeYear,
            Assigner = Assigner(level, document), Title = Words.Title(chance, assigned.Year),
            Urgency = chance.Share() switch { < 0.04 => "Hỏa tốc", < 0.15 => "Khẩn", _ => "Thường" },
            Secrecy = chance.Happens(place.SecretShare) ? chance.Pick(new[] { "Mật", "Tối mật" }) : "",
            RequiresConfirmation = chance.Happens(place.ConfirmationShare), CoAgencies = CoAgencies(assigned, lead),
            Deleted = parent is null && chance.Happens(place.DeletedShare),
            CarriedMonthly = parent is null && due is not null && chance.Happens(place.CarriedShare),
        };
    }

    string Assigner(string level, DemoDocument document) => level switch
    {
        "central" => document.Issuer,
        "party" => $"Ban Thường vụ {document.Issuer}",
        _ => chance.Pick(new[] { $"Chủ tịch {place.Committee}", $"Phó Chủ tịch {place.Committee}", place.Committee }),
    };

    IReadOnlyList<DemoAgency> CoAgencies(DateOnly day, DemoAgency lead)
    {
        var count = chance.Share() switch { < 0.45 => 0, < 0.75 => 1, < 0.92 => 2, _ => 3 };
        return count == 0 ? [] : [.. Enumerable.Range(0, count).Select(_ => roster.Draw(day, chance)).Distinct().Where(agency => agency != lead)];
    }

    string NextId(int year) => $"{place.Prefix}{year}-{numbers[year] = numbers.GetValueOrDefault(year) + 1:00000}";
}
