namespace Etl.Demo;

/// <summary>All tasks of one place from the first year to the world's last day.</summary>
public sealed class PlaceWorld
{
    readonly DemoOptions options;
    readonly DemoCalendar calendar;

    PlaceWorld(PlaceProfile place, DemoOptions options, DemoCalendar calendar)
    {
        this.options = options;
        this.calendar = calendar;
        Place = place;
        Agencies = new AgencyRoster(place, options.Seed);
    }

    public PlaceProfile Place { get; }
    public AgencyRoster Agencies { get; }

    /// <summary>In the order of their assignment.</summary>
    public IReadOnlyList<DemoTask> Tasks { get; private set; } = [];

    public static PlaceWorld Of(PlaceProfile place, DemoOptions options, DemoCalendar calendar)
    {
        var world = new PlaceWorld(place, options, calendar);
        var arrivals = new Arrivals(place, world.Agencies, options, calendar).All();
        Letters.Prepare(world, arrivals, options.Seed, calendar);
        world.Tasks = arrivals;
        world.TellAll();
        Letters.Complete(world, (task, salt) => world.Tell(task, 0, salt));
        return world;
    }

    /// <summary>What the place's system would show at the end of a day; tasks of later days are not there yet.</summary>
    public IEnumerable<(DemoTask Task, TaskState State)> StateAt(DateOnly day)
    {
        foreach (var task in Tasks)
            if (TaskState.Of(task, day) is { } state) yield return (task, state);
    }

    void TellAll()
    {
        var months = Tasks.GroupBy(Month).ToDictionary(month => month.Key, month => month.Count());
        var usual = months.GroupBy(month => month.Key.Agency).ToDictionary(agency => agency.Key, agency => agency.Average(month => month.Value));
        foreach (var task in Tasks) Tell(task, months[Month(task)] / usual[task.Agency] - 1, "");
        BringBackWithdrawn();
    }

    /// <summary>Some tasks withdrawn from a programme stand in the next year's again, which the letter of Hải Phòng forbids.</summary>
    void BringBackWithdrawn()
    {
        var programmes = Tasks.Where(task => task.ProgrammeYear is not null).ToLookup(task => task.ProgrammeYear!.Value);
        foreach (var programme in programmes)
        {
            var withdrawn = programme.Where(task => task.Events[^1].What == Happening.Withdrawn && task.Events[^1].Day.Year == programme.Key).Take(3);
            foreach (var (before, after) in withdrawn.Zip(programmes[programme.Key + 1])) after.Title = before.Title;
        }
    }

    /// <param name="salt">Another salt tells another story.</param>
    void Tell(DemoTask task, double crowd, string salt)
    {
        task.Events.Clear();
        new TaskStory(task, Chance.For(options.Seed, "story", task.Id, salt), calendar, Agencies, options.Today).Tell(crowd);
        if (Place.DeadlineReportShare > 0) new DeadlineReports(task, Chance.For(options.Seed, "deadline", task.Id, salt), calendar, options.Today).Tell();
    }

    static (DemoAgency Agency, int Year, int Month) Month(DemoTask task) => (task.Agency, task.AssignedDay.Year, task.AssignedDay.Month);
}
