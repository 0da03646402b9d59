using System.Runtime.CompilerServices;

namespace Etl.Normalise;

/// <summary>Reads the parts of a date from the front of UTF-8 text. Each step says whether it found its part.</summary>
ref struct DateScan(ReadOnlySpan<byte> text)
{
    ReadOnlySpan<byte> rest = text;

    public readonly bool AtEnd => rest.IsEmpty;

    /// <summary>A number of <paramref name="fewest"/> to <paramref name="most"/> digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Number(int fewest, int most, out int value)
    {
        var digits = 0;
        var number = 0;
        while (digits < most && digits < rest.Length)
        {
            var digit = (uint)(rest[digits] - '0');
            if (digit > 9) break;
            number = number * 10 + (int)digit;
            digits++;
        }
        value = number;
        rest = rest[digits..];
        return digits >= fewest;
    }

    /// <summary>A byte; a blank stands for one or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Literal(byte literal)
    {
        if (rest.IsEmpty || rest[0] != literal) return false;
        rest = rest[1..];
        if (literal == ' ') Blanks();
        return true;
    }

    public void Blanks() => rest = rest.TrimStart((byte)' ');

    /// <summary>One to nine digits after the point, as microseconds; finer digits are cut off.</summary>
    public bool Fraction(out int microseconds)
    {
        microseconds = 0;
        var digits = 0;
        for (; digits < rest.Length && digits < 9 && (uint)(rest[digits] - '0') <= 9; digits++)
            if (digits < 6) microseconds = microseconds * 10 + rest[digits] - '0';
        for (var i = digits; i < 6; i++) microseconds *= 10;
        rest = rest[digits..];
        return digits > 0;
    }

    /// <summary>Z, +07, +0700, +07:00, also after a blank; in minutes east of UTC.</summary>
    public bool Offset(out int minutes)
    {
        minutes = 0;
        Blanks();
        if (Literal((byte)'Z') || Literal((byte)'z')) return true;
        var west = Literal((byte)'-');
        if (!west && !Literal((byte)'+') || !Number(1, 2, out var hours)) return false;
        var past = 0;
        if (Literal((byte)':') ? !Number(2, 2, out past) : !rest.IsEmpty && !Number(2, 2, out past)) return false;
        minutes = (hours * 60 + past) * (west ? -1 : 1);
        return hours <= 14 && past <= 59;
    }

    /// <summary>AM or PM, as English and Vietnamese (SA, CH) programs write it.</summary>
    public bool HalfOfDay(out bool afternoon)
    {
        afternoon = false;
        if (rest.Length < 2) return false;
        var (first, second) = (rest[0] & 0xDF, rest[1] & 0xDF);
        afternoon = (first, second) is ('P', 'M') or ('C', 'H');
        rest = rest[2..];
        return afternoon || (first, second) is ('A', 'M') or ('S', 'A');
    }
}
