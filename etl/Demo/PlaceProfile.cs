namespace Etl.Demo;

/// <summary>What is typical of a province's task system.</summary>
/// <param name="Key">Short name of feeds and identifiers: "da-nang".</param>
/// <param name="Prefix">Start of its task identifiers.</param>
/// <param name="City">Whether it is a city, whose committee is called "thành phố".</param>
public sealed record PlaceProfile(string Key, string Prefix, string Name, bool City)
{
    /// <summary>Root tasks a year.</summary>
    public required Func<int, int> TasksOf { get; init; }
    public DateOnly From { get; init; } = new(2019, 1, 1);
    public DateOnly To { get; init; } = DateOnly.MaxValue;

    /// <summary>The name from 1 July 2025 on, where another province took it in.</summary>
    public string NameAfterMerger { get; init; } = Name;

    /// <summary>Whether its departments were founded anew, with colleagues of the merged provinces, on 1 July 2025.</summary>
    public bool RefoundedIn2025 { get; init; }
    public double NoDeadlineShare { get; init; } = 0.15;
    public double ConfirmationShare { get; init; } = 1;
    public double WithdrawalShare { get; init; } = 0.012;
    public double SubTaskShare { get; init; }
    public double CarriedShare { get; init; }
    public double SecretShare { get; init; } = 0.001;
    public double DeletedShare { get; init; }
    public double ReminderShare { get; init; } = 0.6;

    /// <summary>Share of fallen deadlines of open tasks that agencies report on; 0 where the system keeps no such record.</summary>
    public double DeadlineReportShare { get; init; }

    /// <summary>Entries are made in the days before the monthly conference up to 2024, and kept out of the lock from February 2025.</summary>
    public bool BunchedEntries { get; init; }

    /// <summary>Whether single events are of interest; a plain case list shows only dates.</summary>
    public bool HasHistory { get; init; } = true;

    public string NameOn(DateOnly day) => day >= Mergers.Provinces ? NameAfterMerger : Name;

    public string Committee => City ? "UBND thành phố" : "UBND tỉnh";
}

/// <summary>The days on which the organisation changed.</summary>
public static class Mergers
{
    public static readonly DateOnly Departments = new(2025, 3, 1);
    public static readonly DateOnly Provinces = new(2025, 7, 1);
}
