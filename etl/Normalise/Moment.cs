namespace Etl.Normalise;

/// <summary>How exactly a text tells when.</summary>
public enum Granularity { Hour, Day, Month, Quarter, Year }

/// <summary>Which side of the moment a deadline's wording allows.</summary>
public enum DueOperator
{
    /// <summary>The text only names the moment.</summary>
    None,
    /// <summary>"trước ngày": strictly before; the last day is the day before.</summary>
    Before,
    /// <summary>"chậm nhất", "đến hết": up to and including it.</summary>
    OnOrBefore,
}

/// <summary>
/// A point or period of local time as a text gives it: nothing is added that the text does not say. A local date is no
/// instant; <see cref="ToUtc"/> and <see cref="EndUtc"/> make one, given a zone.
/// </summary>
public readonly record struct Moment
{
    /// <summary>Microseconds of a day.</summary>
    public const long DayLength = 86_400_000_000;

    static readonly int EpochDayNumber = new DateOnly(1970, 1, 1).DayNumber;

    readonly long time; // microseconds + 1, so that default(Moment) has none
    readonly short offset; // minutes + 10,000, 0 = none

    internal Moment(int day, Granularity granularity, long? timeOfDay = null, int? offsetMinutes = null)
    {
        Day = day;
        Granularity = granularity;
        time = timeOfDay + 1 ?? 0;
        offset = (short)(offsetMinutes + 10_000 ?? 0);
    }

    /// <summary>The day, or the first day of the period, in days since 1970-01-01; as the text has it, whatever its zone.</summary>
    public int Day { get; }

    public DateOnly Date => DateOnly.FromDayNumber(Day + EpochDayNumber);

    /// <summary>Microseconds since midnight; null where the text has no time.</summary>
    public long? TimeOfDay => time == 0 ? null : time - 1;

    /// <summary>Minutes east of UTC; null where the text has no zone.</summary>
    public int? OffsetMinutes => offset == 0 ? null : offset - 10_000;

    public Granularity Granularity { get; }

    /// <summary>A feed that knows better than the text sets it: <c>moment with { Operator = DueOperator.Before }</c>.</summary>
    public DueOperator Operator { get; init; }

    /// <summary>
    /// The last day on which a deadline worded so is kept: of a month or quarter its last day; with
    /// <see cref="DueOperator.Before"/> and no time the day before <see cref="Day"/>. Days since 1970-01-01.
    /// </summary>
    public int LastDay => Operator == DueOperator.Before && TimeOfDay is null ? Day - 1 : Granularity switch
    {
        Granularity.Month => DaysOf(Date.AddMonths(1)) - 1,
        Granularity.Quarter => DaysOf(Date.AddMonths(3)) - 1,
        Granularity.Year => DaysOf(Date.AddYears(1)) - 1,
        _ => Day,
    };

    /// <summary>The instant in microseconds since 1970-01-01T00:00Z: the time, or the start of the day.</summary>
    /// <param name="zone">Of texts without a zone of their own.</param>
    public long ToUtc(LocalZone zone) => Utc(Day, TimeOfDay ?? 0, zone);

    /// <summary>
    /// The instant at which a deadline worded so has passed: the time where there is one, else 24:00 of
    /// <see cref="LastDay"/>, which is the start of the next day. Microseconds since 1970-01-01T00:00Z.
    /// </summary>
    public long EndUtc(LocalZone zone) => TimeOfDay is { } at ? Utc(Day, at, zone) : Utc(LastDay + 1, 0, zone);

    internal static int DaysOf(DateOnly date) => date.DayNumber - EpochDayNumber;

    /// <summary>Days since 1970-01-01 of a date of the calendar; false where there is no such date.</summary>
    internal static bool TryDay(int year, int month, int day, out int days)
    {
        days = 0;
        // 9999 is left out: the end of its last period lies beyond what dates can hold.
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > 28 && day > DateTime.DaysInMonth(year, month)) return false;
        // Counted from 1 March, so that a leap day is the last of its year: the table of months needs no second version.
        var y = month > 2 ? year : year - 1;
        var m = month > 2 ? month - 3 : month + 9;
        days = y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719_469;
        return true;
    }

    long Utc(int day, long at, LocalZone zone) =>
        OffsetMinutes is { } minutes ? day * DayLength + at - minutes * 60_000_000L : zone.ToUtc(day, at);
}
