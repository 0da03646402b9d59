namespace Etl.Demo;

/// <summary>
/// A small generator of chance (SplitMix64) whose results are the same on every machine and .NET version: only integer
/// and basic floating-point operations, no library functions.
/// </summary>
public sealed class Chance(ulong state)
{
    ulong state = state;

    /// <summary>An independent stream for a purpose, so that a change in one place does not move all others.</summary>
    public static Chance For(ulong seed, params ReadOnlySpan<string> purpose)
    {
        var hash = 14695981039346656037UL ^ seed;
        foreach (var part in purpose)
        {
            foreach (var letter in part) hash = (hash ^ letter) * 1099511628211UL;
            hash = (hash ^ 0x1F) * 1099511628211UL;
        }
        return new Chance(hash);
    }

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True in this share of cases.</summary>
    public bool Happens(double share) => Share() < share;

    /// <summary>A whole number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Between(int from, int to) => from + (int)(Next() % (ulong)(to - from + 1));

    public T Pick<T>(IReadOnlyList<T> among) => among[(int)(Next() % (ulong)among.Count)];

    /// <summary>An index, by weights.</summary>
    public int Weighted(IReadOnlyList<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        var at = Share() * total;
        for (var i = 0; i < weights.Count; i++)
        {
            at -= weights[i];
            if (at < 0) return i;
        }
        return weights.Count - 1;
    }

    /// <summary>Bell-shaped with mean 0 and deviation 1: the sum of twelve shares less six.</summary>
    public double Bell()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += Share();
        return sum;
    }

    /// <summary>Close to e to the power of x for small x, from multiplications only.</summary>
    public static double Grow(double x)
    {
        var step = Math.Max(0.05, 1 + x / 16);
        var twice = step * step;
        var four = twice * twice;
        var eight = four * four;
        return eight * eight;
    }

    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var other = Between(0, i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
