namespace Etl.Normalise;

/// <summary>Reads folded words from the front; a copy is a bookmark.</summary>
ref struct WordScan(ReadOnlySpan<byte> folded)
{
    ReadOnlySpan<byte> rest = folded;

    public readonly bool AtEnd => rest.IsEmpty;

    public readonly bool Peek(ReadOnlySpan<byte> word) => First.SequenceEqual(word);

    public bool Take(ReadOnlySpan<byte> word)
    {
        if (!Peek(word)) return false;
        Next();
        return true;
    }

    /// <summary>Passes over up to <paramref name="most"/> words without digits if the given word follows them, else over none.</summary>
    public void SkipTo(ReadOnlySpan<byte> word, int most)
    {
        var start = rest;
        for (; most >= 0 && !AtEnd && !First.ContainsAnyInRange((byte)'0', (byte)'9'); most--)
        {
            if (Peek(word)) return;
            Next();
        }
        rest = start;
    }

    /// <summary>A word of digits only.</summary>
    public bool TakeNumber(int fewest, int most, out int value)
    {
        value = -1;
        var scan = new DateScan(First);
        if (!scan.Number(fewest, most, out var number) || !scan.AtEnd) return false;
        value = number;
        Next();
        return true;
    }

    /// <summary>"17h" or "17h30"; minutes are -1 where there are none.</summary>
    public bool TakeHours(out int hours, out int minutes)
    {
        hours = minutes = -1;
        var scan = new DateScan(First);
        if (!scan.Number(1, 2, out var number) || !scan.Literal((byte)'h')) return false;
        var past = -1;
        if (!scan.AtEnd && (!scan.Number(2, 2, out past) || !scan.AtEnd)) return false;
        (hours, minutes) = (number, past);
        Next();
        return true;
    }

    /// <summary>1 to 4, or I to IV.</summary>
    public bool TakeQuarter(out int quarter)
    {
        quarter = Peek("i"u8) ? 1 : Peek("ii"u8) ? 2 : Peek("iii"u8) ? 3 : Peek("iv"u8) ? 4 : 0;
        if (quarter > 0) Next();
        else TakeNumber(1, 1, out quarter);
        return quarter is >= 1 and <= 4;
    }

    readonly ReadOnlySpan<byte> First => rest.IndexOf((byte)' ') is >= 0 and var end ? rest[..end] : rest;

    void Next()
    {
        var end = rest.IndexOf((byte)' ');
        rest = end < 0 ? default : rest[(end + 1)..];
    }
}
