namespace Etl.Demo;

/// <summary>Working days of public servants, the lunar new year and the monthly conferences, as the world sees them.</summary>
public sealed class DemoCalendar
{
    static readonly DateOnly First = new(2018, 1, 1);
    const int Days = 366 * 12;

    readonly bool[] works = new bool[Days];
    readonly int[] number = new int[Days];
    readonly List<DateOnly> workingDays = [];

    public DemoCalendar(string referenceFolder)
    {
        for (var i = 0; i < Days; i++) works[i] = First.AddDays(i).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        foreach (var row in ReferenceCsv.Read(Path.Combine(referenceFolder, "holidays.csv")))
        {
            if (row["verified"] == "unverified") continue;
            var day = DateOnly.ParseExact(row["date"], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            works[day.DayNumber - First.DayNumber] = row["kind"] == "swap_working_day";
        }
        for (var i = 0; i < Days; i++)
        {
            if (works[i]) workingDays.Add(First.AddDays(i));
            number[i] = workingDays.Count;
        }
    }

    public bool IsWorkingDay(DateOnly day) => works[day.DayNumber - First.DayNumber];

    /// <summary>The working day this many after (or, if negative, before) a day.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int count) => workingDays[Math.Clamp(Number(day) - 1 + count, 0, workingDays.Count - 1)];

    public int WorkingDaysBetween(DateOnly from, DateOnly to) => Number(to) - Number(from);

    /// <summary>The day itself or the next working day.</summary>
    public DateOnly OnOrAfter(DateOnly day) => IsWorkingDay(day) ? day : AddWorkingDays(day, 1);

    /// <summary>In the three weeks around the lunar new year, when little gets done.</summary>
    public static bool NearTet(DateOnly day)
    {
        var tet = Tet(day.Year);
        return day >= tet.AddDays(-7) && day <= tet.AddDays(14);
    }

    /// <summary>The monthly briefing conference: the first Wednesday after the 3rd; in 2025 two days are known from the press.</summary>
    public static DateOnly ConferenceOf(int year, int month)
    {
        if (year == 2025 && month == 1) return new DateOnly(2025, 1, 21);
        if (year == 2025 && month == 4) return new DateOnly(2025, 4, 2);
        var day = new DateOnly(year, month, 4);
        while (day.DayOfWeek != DayOfWeek.Wednesday) day = day.AddDays(1);
        return day;
    }

    public static DateOnly ConferenceOnOrAfter(DateOnly day)
    {
        var conference = ConferenceOf(day.Year, day.Month);
        var next = day.AddMonths(1);
        return conference >= day ? conference : ConferenceOf(next.Year, next.Month);
    }

    static DateOnly Tet(int year) => year switch
    {
        2018 => new(2018, 2, 16), 2019 => new(2019, 2, 5), 2020 => new(2020, 1, 25), 2021 => new(2021, 2, 12),
        2022 => new(2022, 2, 1), 2023 => new(2023, 1, 22), 2024 => new(2024, 2, 10), 2025 => new(2025, 1, 29),
        2026 => new(2026, 2, 17), 2027 => new(2027, 2, 6), 2028 => new(2028, 1, 26), _ => new(year, 2, 5),
    };

    int Number(DateOnly day) => number[day.DayNumber - First.DayNumber];
}
