using System.Globalization;

namespace Warehouse.Reference;

/// <summary>
/// The working calendar of Vietnamese public servants: Monday to Friday, less the days off, plus make-up Saturdays.
/// Days outside the years of the holiday table are marked estimated: weekends are right, holidays are missing.
/// </summary>
public sealed class Calendar
{
    public static readonly DateOnly First = new(1990, 1, 1);
    public static readonly DateOnly Last = new(2099, 12, 31);

    readonly Dictionary<DateOnly, string> daysOff = [];
    readonly Dictionary<DateOnly, string> makeUpDays = [];
    readonly HashSet<DateOnly> swaps = [];
    readonly int[] workingDayNumbers;

    /// <param name="includeUnverified">Also take days off that are announced but not enacted (24 November 2026, Vietnam Culture Day).</param>
    public static Calendar Load(bool includeUnverified = false) => new(ReferenceCsv.Read("holidays.csv"), includeUnverified);

    Calendar(IEnumerable<IReadOnlyDictionary<string, string>> rows, bool includeUnverified)
    {
        foreach (var row in rows)
        {
            if (row["verified"] == "unverified" && !includeUnverified) continue;
            var day = DateOnly.ParseExact(row["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (row["kind"] != "holiday") swaps.Add(day);
            (row["kind"] == "swap_working_day" ? makeUpDays : daysOff)[day] = row["name_vi"];
        }
        FirstKnownYear = daysOff.Keys.Where(day => !swaps.Contains(day)).Min().Year;
        LastKnownYear = daysOff.Keys.Max().Year;
        workingDayNumbers = Number();
    }

    /// <summary>The years that the holiday table covers.</summary>
    public int FirstKnownYear { get; }

    /// <inheritdoc cref="FirstKnownYear"/>
    public int LastKnownYear { get; }

    public bool IsEstimated(DateOnly day) => day.Year < FirstKnownYear || day.Year > LastKnownYear;

    public bool IsHoliday(DateOnly day) => daysOff.ContainsKey(day);

    /// <summary>A day off or a make-up day that was swapped with another by decision.</summary>
    public bool IsSwapDay(DateOnly day) => swaps.Contains(day);

    public string? NameOf(DateOnly day) => daysOff.GetValueOrDefault(day) ?? makeUpDays.GetValueOrDefault(day);

    public bool IsWorkingDay(DateOnly day) =>
        makeUpDays.ContainsKey(day)
        || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !daysOff.ContainsKey(day));

    /// <summary>Working days from <see cref="First"/> up to and including the day; the difference of two is the working days between them, the first not counted (Civil Code 2015, art. 147).</summary>
    public int WorkingDayNumber(DateOnly day) => workingDayNumbers[Math.Clamp(day.DayNumber - First.DayNumber, 0, workingDayNumbers.Length - 1)];

    /// <summary>The last day that is at most <paramref name="workingDays"/> working days after <paramref name="day"/>.</summary>
    public DateOnly LastDayWithin(DateOnly day, int workingDays)
    {
        var limit = WorkingDayNumber(day) + workingDays;
        var last = day;
        while (last < Last && WorkingDayNumber(last.AddDays(1)) <= limit) last = last.AddDays(1);
        return last;
    }

    int[] Number()
    {
        var numbers = new int[Last.DayNumber - First.DayNumber + 1];
        var count = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (IsWorkingDay(First.AddDays(i))) count++;
            numbers[i] = count;
        }
        return numbers;
    }
}
