using System.Text;

namespace Etl.Normalise;

/// <summary>
/// A numeric pattern in .NET's letters, compiled: d M yyyy yy H h m s f F tt z K, 'T', 'Z', signs, quoted text.
/// Parsed without a culture and more exactly than .NET: a year has the digits the pattern says; more leniently where
/// people type so: one digit does for dd, MM and HH beside a separator, and a blank may be several.
/// </summary>
sealed class DatePattern : IDateFormat
{
    enum Part : byte { Literal, Day, Month, Year, ShortYear, Hour, Hour12, Minute, Second, Fraction, OptionalFraction, Half, Offset, OptionalOffset }

    readonly record struct Step(Part Part, byte Literal = 0, byte Fewest = 1);

    readonly Step[] steps;

    DatePattern(Step[] steps) => this.steps = steps;

    public static Parsed<DatePattern> Compile(string pattern)
    {
        var steps = new List<Step>();
        for (var i = 0; i < pattern.Length;)
        {
            var letter = pattern[i];
            var run = 1;
            while (i + run < pattern.Length && pattern[i + run] == letter) run++;
            if (letter is '\'' or '\\')
            {
                var end = letter == '\\' ? i + 2 : pattern.IndexOf('\'', i + 1) + 1;
                if (end <= i || end > pattern.Length) return Bad(pattern, "a quote is left open");
                AddLiterals(steps, pattern[(i + 1)..(letter == '\\' ? end : end - 1)]);
                i = end;
                continue;
            }
            if (letter is '+' or '-' && i + 1 < pattern.Length && char.IsAsciiDigit(pattern[i + 1]))
            {
                steps.Add(new(Part.Offset)); // "+00" as an example of an offset
                while (++i < pattern.Length && (char.IsAsciiDigit(pattern[i]) || pattern[i] == ':')) ;
                continue;
            }
            if (!TryStep(letter, run, steps)) return Bad(pattern, $"'{new string(letter, run)}' means nothing in it");
            i += run;
        }
        return Check(pattern, steps) is { } fault ? Bad(pattern, fault) : Parsed<DatePattern>.Of(new(Widen(steps)));
    }

    public bool TryParse(ReadOnlySpan<byte> utf8, out Moment moment)
    {
        moment = default;
        var scan = new DateScan(utf8);
        var parts = new DateParts();
        foreach (var step in steps)
            if (!(step.Part == Part.Literal ? scan.Literal(step.Literal) : TryRead(step, ref scan, ref parts))) return false;
        return scan.AtEnd && parts.TryMoment(out moment);
    }

    static bool TryRead(Step step, ref DateScan scan, ref DateParts parts)
    {
        switch (step.Part)
        {
            case Part.Day: return scan.Number(step.Fewest, 2, out parts.Day);
            case Part.Month: return scan.Number(step.Fewest, 2, out parts.Month);
            case Part.Year: return scan.Number(4, 4, out parts.Year);
            case Part.ShortYear:
                if (!scan.Number(2, 2, out parts.Year)) return false;
                parts.Year += parts.Year < 50 ? 2000 : 1900; // the ceiling of 2049 that .NET and Excel have
                return true;
            case Part.Hour12:
                parts.TwelveHours = true;
                return scan.Number(step.Fewest, 2, out parts.Hour);
            case Part.Hour: return scan.Number(step.Fewest, 2, out parts.Hour);
            case Part.Minute: return scan.Number(step.Fewest, 2, out parts.Minute);
            case Part.Second: return scan.Number(step.Fewest, 2, out parts.Second);
            case Part.Fraction: return scan.Fraction(out parts.Microsecond);
            case Part.OptionalFraction: return !scan.Literal((byte)'.') || scan.Fraction(out parts.Microsecond);
            case Part.Half: return scan.HalfOfDay(out parts.Afternoon);
            default:
                if (step.Part == Part.OptionalOffset && scan.AtEnd) return true;
                if (!scan.Offset(out var minutes)) return false;
                parts.Offset = minutes;
                return true;
        }
    }

    static bool TryStep(char letter, int run, List<Step> steps)
    {
        Part? part = (letter, run) switch
        {
            ('d', <= 2) => Part.Day,
            ('M', <= 2) => Part.Month,
            ('y', 4) => Part.Year,
            ('y', 2) => Part.ShortYear,
            ('H', <= 2) => Part.Hour,
            ('h', <= 2) => Part.Hour12,
            ('m', <= 2) => Part.Minute,
            ('s', <= 2) => Part.Second,
            ('f', <= 7) => Part.Fraction,
            ('F', <= 7) => Part.OptionalFraction,
            ('t', 2) => Part.Half,
            ('z', <= 3) or ('Z', 1) => Part.Offset,
            ('K', 1) => Part.OptionalOffset,
            _ => null,
        };
        if (part == Part.OptionalFraction && steps.Count > 0 && steps[^1] == new Step(Part.Literal, (byte)'.')) steps.RemoveAt(steps.Count - 1);
        if (part is { } known) steps.Add(new(known, 0, (byte)run));
        else if (char.IsAsciiLetter(letter) && letter != 'T') return false;
        else AddLiterals(steps, letter == ' ' ? " " : new string(letter, run));
        return true;
    }

    static void AddLiterals(List<Step> steps, string text)
    {
        foreach (var code in Encoding.UTF8.GetBytes(text)) steps.Add(new(Part.Literal, code));
    }

    static string? Check(string pattern, List<Step> steps)
    {
        int Count(params Part[] parts) => steps.Count(step => parts.Contains(step.Part));
        if (Count(Part.Year, Part.ShortYear) != 1) return "it needs one year (yyyy or yy)";
        if (Count(Part.Month) > 1 || Count(Part.Day) > 1 || Count(Part.Hour, Part.Hour12) > 1 || Count(Part.Minute) > 1 || Count(Part.Second) > 1)
            return "a part stands in it twice";
        if (Count(Part.Day) > Count(Part.Month)) return "it has a day but no month (months are M, minutes m)";
        if (Count(Part.Minute, Part.Second) > 0 && Count(Part.Hour, Part.Hour12) == 0) return "it has minutes but no hour (months are M, minutes m)";
        if (Count(Part.Hour, Part.Hour12) > Count(Part.Day)) return "it has an hour but no day";
        return Count(Part.Hour12) != Count(Part.Half) ? "h and tt go together" : null;
    }

    /// <summary>One digit does where a separator shows the end; in "yyyyMMdd" each part has its full width.</summary>
    static Step[] Widen(List<Step> steps)
    {
        bool IsNumber(int i) => i >= 0 && i < steps.Count && steps[i].Part is >= Part.Day and <= Part.Fraction;
        return [.. steps.Select((step, i) => step with { Fewest = (byte)(IsNumber(i - 1) || IsNumber(i + 1) ? 2 : 1) })];
    }

    static Parsed<DatePattern> Bad(string pattern, string why) => Parsed<DatePattern>.Bad($"'{pattern}' is not a date format: {why}");
}
