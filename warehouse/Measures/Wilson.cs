namespace Warehouse.Measures;

/// <summary>Wilson's 95 % interval of a share: it stays between 0 and 1 and holds for few tasks and for shares near the ends.</summary>
public static class Wilson
{
    /// <summary>Below so many tasks a place is not ranked.</summary>
    public const long FewestToRank = 30;

    const double Z = 1.959963984540054;

    /// <returns>Null where there is no base.</returns>
    public static (double Low, double High)? Interval(long count, long of)
    {
        if (of <= 0) return null;
        var (share, z2) = ((double)count / of, Z * Z);
        var middle = (share + z2 / (2 * of)) / (1 + z2 / of);
        var half = Z / (1 + z2 / of) * Math.Sqrt(share * (1 - share) / of + z2 / (4.0 * of * of));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
