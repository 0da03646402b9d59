namespace Etl.Normalise;

/// <summary>ISO 8601 as systems write it: 2023-03-24, 2023-03, with T or a blank 17:35, 17:35:46.123456, and Z or an offset.</summary>
sealed class IsoDate : IDateFormat
{
    public bool TryParse(ReadOnlySpan<byte> utf8, out Moment moment)
    {
        moment = default;
        var scan = new DateScan(utf8);
        var parts = new DateParts();
        return scan.Number(4, 4, out parts.Year) && scan.Literal((byte)'-') && scan.Number(2, 2, out parts.Month)
            && (scan.AtEnd || scan.Literal((byte)'-') && scan.Number(2, 2, out parts.Day) && (scan.AtEnd || TryTime(ref scan, ref parts)))
            && scan.AtEnd && parts.TryMoment(out moment);
    }

    static bool TryTime(ref DateScan scan, ref DateParts parts)
    {
        if (!scan.Literal((byte)'T') && !scan.Literal((byte)' ')) return false;
        if (!scan.Number(2, 2, out parts.Hour) || !scan.Literal((byte)':') || !scan.Number(2, 2, out parts.Minute)) return false;
        if (scan.Literal((byte)':'))
        {
            if (!scan.Number(2, 2, out parts.Second)) return false;
            if ((scan.Literal((byte)'.') || scan.Literal((byte)',')) && !scan.Fraction(out parts.Microsecond)) return false;
        }
        if (scan.AtEnd) return true;
        if (!scan.Offset(out var minutes)) return false;
        parts.Offset = minutes;
        return true;
    }
}

/// <summary>
/// A serial date of Excel's 1900 system: 45009 is 2023-03-24, a fraction is the time of day (to the millisecond). Excel takes 1900
/// for a leap year: serials below 60 count from 31 December 1899, those above from 30 December, and 60 is a day that never was.
/// </summary>
sealed class ExcelDate : IDateFormat
{
    const int Greatest = 2_958_100; // in 9998
    static readonly int Zero = Moment.DaysOf(new DateOnly(1899, 12, 30));

    public bool TryParse(ReadOnlySpan<byte> utf8, out Moment moment)
    {
        moment = default;
        var scan = new DateScan(utf8);
        if (!scan.Number(1, 7, out var serial) || serial is 0 or 60 or > Greatest) return false;
        var day = Zero + serial + (serial < 60 ? 1 : 0);
        if (scan.AtEnd)
        {
            moment = new(day, Granularity.Day);
            return true;
        }
        if (!scan.Literal((byte)'.') || !TryFraction(utf8[(utf8.IndexOf((byte)'.') + 1)..], out var milliseconds)) return false;
        if (milliseconds == 86_400_000) (day, milliseconds) = (day + 1, 0);
        moment = milliseconds == 0 ? new(day, Granularity.Day) : new(day, Granularity.Hour, milliseconds * 1000);
        return true;
    }

    static bool TryFraction(ReadOnlySpan<byte> digits, out long milliseconds)
    {
        milliseconds = 0;
        if (digits.Length is 0 or > 30) return false;
        double value = 0, unit = 0.1;
        foreach (var digit in digits)
        {
            if ((uint)(digit - '0') > 9) return false;
            value += (digit - '0') * unit;
            unit /= 10;
        }
        milliseconds = (long)Math.Round(value * 86_400_000);
        return true;
    }
}

/// <summary>
/// An instant counted from 1970-01-01T00:00Z; a fraction of the unit may follow. 0 is an instant too: a feed where it
/// means "none" says <c>empty: ["0"]</c>.
/// </summary>
/// <param name="unit">Microseconds of one unit.</param>
sealed class EpochDate(long unit) : IDateFormat
{
    static readonly long Greatest = Moment.DaysOf(new DateOnly(9998, 12, 31)) * Moment.DayLength;
    static readonly long Least = Moment.DaysOf(new DateOnly(1, 1, 2)) * Moment.DayLength;

    public bool TryParse(ReadOnlySpan<byte> utf8, out Moment moment)
    {
        moment = default;
        var negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        if (negative) utf8 = utf8[1..];
        var point = utf8.IndexOf((byte)'.');
        var whole = point < 0 ? utf8 : utf8[..point];
        if (whole.Length is 0 or > 15) return false;
        long value = 0;
        foreach (var digit in whole)
        {
            if ((uint)(digit - '0') > 9) return false;
            value = value * 10 + digit - '0';
        }
        if (value > Greatest / unit) return false;
        value *= unit;
        if (point >= 0)
        {
            var scan = new DateScan(utf8[(point + 1)..]);
            if (!scan.Fraction(out var millionths) || !scan.AtEnd) return false;
            value += millionths * (unit / 1000) / 1000;
        }
        if (negative) value = -value;
        if (value < Least) return false;
        var day = (int)(value >= 0 ? value / Moment.DayLength : (value + 1) / Moment.DayLength - 1);
        moment = new(day, Granularity.Hour, value - day * Moment.DayLength, 0);
        return true;
    }
}
