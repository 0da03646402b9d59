namespace Etl.Normalise;

/// <summary>The parts of a date while it is being read.</summary>
struct DateParts()
{
    public int Year = -1, Month = -1, Day = -1, Hour = -1, Minute, Second, Microsecond;
    public int? Offset;
    public bool TwelveHours, Afternoon;

    /// <summary>Puts the parts together; false where the calendar or the clock has no such moment.</summary>
    public readonly bool TryMoment(out Moment moment)
    {
        moment = default;
        if (!Moment.TryDay(Year, Month < 0 ? 1 : Month, Day < 0 ? 1 : Day, out var day)) return false;
        if (Hour < 0)
        {
            moment = new(day, Day >= 0 ? Granularity.Day : Month >= 0 ? Granularity.Month : Granularity.Year, null, Offset);
            return true;
        }
        if (TwelveHours && Hour is < 1 or > 12) return false;
        var hour = TwelveHours ? Hour % 12 + (Afternoon ? 12 : 0) : Hour;
        if (hour > 23 || Minute > 59 || Second > 59) return false;
        moment = new(day, Granularity.Hour, ((hour * 60L + Minute) * 60 + Second) * 1_000_000 + Microsecond, Offset);
        return true;
    }
}
