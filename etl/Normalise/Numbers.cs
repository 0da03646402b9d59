using System.Buffers.Text;

namespace Etl.Normalise;

/// <summary>What parts a number's whole from its fraction; the other sign then groups thousands.</summary>
public enum DecimalMark { Point, Comma }

/// <summary>Ways of writing yes and no that a column may use.</summary>
[Flags]
public enum FlagForms
{
    /// <summary>0 and 1.</summary>
    Digits = 1,
    /// <summary>true and false.</summary>
    TrueFalse = 2,
    /// <summary>có and không (any spelling that folds so), yes and no.</summary>
    YesNo = 4,
    /// <summary>An x means yes, an empty field no.</summary>
    Cross = 8,
    Any = Digits | TrueFalse | YesNo | Cross,
}

/// <summary>Numbers as people and systems write them, by an explicit decimal mark: "98,62" is 98.62 or no number, never 9862.</summary>
public static class Numbers
{
    const int Longest = 32; // characters

    /// <summary>A number, with thousands grouped or not: "3.619.433", "98,62" and "1.234,5" under a decimal comma.</summary>
    /// <param name="utf8">A percent sign may follow; the value stays as printed (98.62, not 0.9862).</param>
    public static Parsed<double> Decimal(ReadOnlySpan<byte> utf8, DecimalMark mark)
    {
        Span<byte> plain = stackalloc byte[Longest];
        var text = Blank.Trim(utf8);
        if (text.EndsWith("%"u8)) text = Blank.Trim(text[..^1]);
        if (TryPlain(text, mark, plain, out var length, out _)
            && Utf8Parser.TryParse(plain[..length], out double value, out var read) && read == length) return Parsed<double>.Of(value);
        return Parsed<double>.Bad(mark == DecimalMark.Comma ? "is not a number (1.234,5)" : "is not a number (1,234.5)");
    }

    /// <summary>A whole number; a fraction of zeros ("12,00"), as spreadsheets leave it, does no harm.</summary>
    public static Parsed<long> Integer(ReadOnlySpan<byte> utf8, DecimalMark mark = DecimalMark.Point)
    {
        Span<byte> plain = stackalloc byte[Longest];
        if (TryPlain(Blank.Trim(utf8), mark, plain, out var length, out var whole)
            && !plain[whole..length].ContainsAnyExcept((byte)'.', (byte)'0')
            && Utf8Parser.TryParse(plain[..whole], out long value, out var read) && read == whole) return Parsed<long>.Of(value);
        return Parsed<long>.Bad("is not a whole number");
    }

    /// <summary>Yes or no, in the forms that the column may use.</summary>
    public static Parsed<bool> Flag(ReadOnlySpan<byte> utf8, FlagForms forms = FlagForms.Digits)
    {
        var text = Blank.Trim(utf8);
        if (text.IsEmpty && forms.HasFlag(FlagForms.Cross)) return Parsed<bool>.Of(false);
        if (text.Length is 0 or > 16) return Parsed<bool>.Bad(FlagReason(forms));
        Span<byte> folded = stackalloc byte[64];
        folded = folded[..Folding.Fold(text, folded)];
        if (Is(folded, forms, FlagForms.Digits, "1"u8) || Is(folded, forms, FlagForms.TrueFalse, "true"u8)
            || Is(folded, forms, FlagForms.YesNo, "co"u8) || Is(folded, forms, FlagForms.YesNo, "yes"u8)
            || Is(folded, forms, FlagForms.Cross, "x"u8)) return Parsed<bool>.Of(true);
        if (Is(folded, forms, FlagForms.Digits, "0"u8) || Is(folded, forms, FlagForms.TrueFalse, "false"u8)
            || Is(folded, forms, FlagForms.YesNo, "khong"u8) || Is(folded, forms, FlagForms.YesNo, "no"u8)) return Parsed<bool>.Of(false);
        return Parsed<bool>.Bad(FlagReason(forms));
    }

    /// <summary>Rewrites as digits with a point: checks that groups have three digits. False where it is no number.</summary>
    /// <param name="whole">Length of the part before the point, sign included.</param>
    static bool TryPlain(ReadOnlySpan<byte> text, DecimalMark mark, Span<byte> plain, out int length, out int whole)
    {
        length = whole = 0;
        var (point, group) = mark == DecimalMark.Point ? ((byte)'.', (byte)',') : ((byte)',', (byte)'.');
        if (text.StartsWith("-"u8) || text.StartsWith("\u2212"u8))
        {
            plain[length++] = (byte)'-';
            text = text[(text[0] == '-' ? 1 : 3)..];
        }
        if (text.Length is 0 or > Longest - 2 || !IsDigit(text[0]) || !IsDigit(text[^1])) return false;
        var fraction = text.IndexOf(point);
        var digits = fraction < 0 ? text : text[..fraction];
        var grouped = digits.IndexOf(group);
        if (grouped > 3) return false;
        for (var i = 0; i < digits.Length; i++)
        {
            // A group sign stands before every third digit counted from the end, or there is none at all.
            if (grouped >= 0 && (digits.Length - i) % 4 == 0)
            {
                if (digits[i] != group) return false;
            }
            else if (!IsDigit(digits[i])) return false;
            else plain[length++] = digits[i];
        }
        whole = length;
        if (fraction < 0) return true;
        plain[length++] = (byte)'.';
        foreach (var digit in text[(fraction + 1)..])
        {
            if (!IsDigit(digit)) return false;
            plain[length++] = digit;
        }
        return true;
    }

    static bool Is(ReadOnlySpan<byte> folded, FlagForms allowed, FlagForms form, ReadOnlySpan<byte> word) =>
        (allowed & form) != 0 && folded.SequenceEqual(word);

    static bool IsDigit(byte code) => (uint)(code - '0') <= 9;

    static string FlagReason(FlagForms forms)
    {
        var ways = new List<string>();
        if (forms.HasFlag(FlagForms.Digits)) ways.Add("0/1");
        if (forms.HasFlag(FlagForms.TrueFalse)) ways.Add("true/false");
        if (forms.HasFlag(FlagForms.YesNo)) ways.Add("có/không");
        if (forms.HasFlag(FlagForms.Cross)) ways.Add("x");
        return $"is not a yes or no ({string.Join(", ", ways)})";
    }
}
