namespace Etl.Demo;

/// <summary>What can happen to a task; the names are those of a feed's events.</summary>
public enum Happening
{
    Assigned, Started, Progress, Obstacle, Reminder, Reported, Confirmed, ConfirmationRefused, Redo, AssignmentRefused,
    Reassigned, ExtensionRequested, Extended, Suspended, Resumed, Withdrawn, HandedOver, Rated,
    DeadlineReported,
}

/// <summary>One thing that happened, at local time (UTC+7).</summary>
/// <param name="Agency">Who has the task from then on.</param>
/// <param name="Due">The new deadline of an extension, or the one that is asked for.</param>
/// <param name="Cause">"objective" or "subjective" where a reason was given.</param>
/// <param name="Percent">How far the work is said to be; -1 where nothing is said.</param>
/// <param name="Plan">How the agency means to get done, where it says so.</param>
/// <param name="Stars">The rating, 1 to 5; 0 where the work was not rated.</param>
public sealed record TaskEvent(
    Happening What, DateTime At, DemoAgency Agency, string? Text = null, DateOnly? OldDue = null, DateOnly? Due = null,
    string? Cause = null, string? Decision = null, int Percent = -1,
    string? Plan = null, int Stars = 0)
{
    public DateOnly Day => DateOnly.FromDateTime(At);
}

/// <summary>A document that assigns tasks.</summary>
/// <param name="Number">As an office writes it, quirks included.</param>
public sealed record DemoDocument(string Id, string Number, DateOnly Date, string Issuer, string Subject);

/// <summary>How exact the deadline was given.</summary>
public enum Granularity { Day, Month, Quarter }

/// <summary>What a letter says of a task, whatever the seed.</summary>
/// <param name="Reports">The day of its only report.</param>
/// <param name="ConfirmedBy">The last day on which the report may be confirmed.</param>
public sealed record Fate(DateOnly Reports, DateOnly ConfirmedBy);

/// <summary>A task with everything that ever happens to it up to the world's last day.</summary>
public sealed class DemoTask
{
    public required string Id { get; init; }
    public required PlaceProfile Place { get; init; }
    public required DemoDocument Document { get; set; }

    /// <summary>Who was given the task first.</summary>
    public required DemoAgency Agency { get; set; }
    public required DateTime Assigned { get; set; }

    /// <summary>The first deadline; null means none.</summary>
    public DateOnly? FirstDue { get; set; }
    public Granularity Granularity { get; set; }

    /// <summary>key, routine, ad_hoc or programme.</summary>
    public required string Kind { get; init; }

    /// <summary>central, party or province.</summary>
    public required string Level { get; init; }
    public required string Assigner { get; init; }
    public required string Title { get; set; }
    public required string Urgency { get; init; }

    /// <summary>Empty, "Mật" or "Tối mật"; what is secret has no business in a shared system, yet some is found there.</summary>
    public string Secrecy { get; set; } = "";
    public bool RequiresConfirmation { get; init; } = true;
    public IReadOnlyList<DemoAgency> CoAgencies { get; init; } = [];
    public DemoTask? Parent { get; init; }
    public int? ProgrammeYear { get; init; }

    /// <summary>Entered by mistake and removed; counts nowhere.</summary>
    public bool Deleted { get; init; }

    /// <summary>Entered again each month while it is open.</summary>
    public bool CarriedMonthly { get; init; }

    /// <summary>Nobody refuses it, so that it stays where it was assigned.</summary>
    public bool NeverRefused { get; set; }

    /// <summary>Where the letters fix what happens to it; null leaves it to chance.</summary>
    public Fate? Fate { get; set; }

    /// <summary>Oldest first.</summary>
    public List<TaskEvent> Events { get; } = new(8);

    public DateOnly AssignedDay => DateOnly.FromDateTime(Assigned);
}
