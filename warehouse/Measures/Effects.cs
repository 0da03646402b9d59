namespace Warehouse.Measures;

/// <summary>A group of tasks on a day: how many there are, and how many of them count.</summary>
public readonly record struct Group(long Base, long Count);

/// <summary>
/// Why a count changed between two days: because there are more tasks (volume), because they are of other groups (mix), or
/// because more of the same groups' tasks count (rate). The three add to the change, without rest.
/// </summary>
/// <param name="Volume">(N1 − N0) · R0, R being the share of all groups together.</param>
/// <param name="Mix">N1 · Σ (s1 − s0) · r0, s being a group's share of all tasks, r the share of the group's tasks that count.</param>
/// <param name="Rate">Σ n1 · (r1 − r0). A group that had no task before is held against the share of all groups.</param>
public sealed record Effects(long Before, long After, double Volume, double Mix, double Rate)
{
    public long Change => After - Before;

    /// <param name="before">By any name of the group; a group that is missing on one day had none.</param>
    public static Effects Of(IReadOnlyDictionary<string, Group> before, IReadOnlyDictionary<string, Group> after)
    {
        var (n0, n1) = (before.Values.Sum(group => group.Base), after.Values.Sum(group => group.Base));
        var (c0, c1) = (before.Values.Sum(group => group.Count), after.Values.Sum(group => group.Count));
        // Where there was nothing to hold against, all that is there now is volume.
        if (n0 == 0) return new(c0, c1, c1 - c0, 0, 0);
        var all = (double)c0 / n0;
        double Earlier(string name) => before.GetValueOrDefault(name) is { Base: > 0 } group ? (double)group.Count / group.Base : all;
        var expected = after.Sum(group => group.Value.Base * Earlier(group.Key));
        return new(c0, c1, (n1 - n0) * all, expected - n1 * all, c1 - expected);
    }

    /// <summary>The three effects rounded to so many decimals, so that what is shown adds to the change as well.</summary>
    public (double Volume, double Mix, double Rate) Rounded(int decimals = 1)
    {
        var (unit, change) = (Math.Pow(10, decimals), Change);
        double[] exact = [Volume * unit, Mix * unit, Rate * unit];
        var rounded = exact.Select(Math.Floor).ToArray();
        var missing = (int)Math.Round(change * unit - rounded.Sum());
        // What was cut off most is rounded up first.
        foreach (var i in Enumerable.Range(0, 3).OrderByDescending(i => exact[i] - rounded[i]).Take(missing)) rounded[i]++;
        return (rounded[0] / unit, rounded[1] / unit, rounded[2] / unit);
    }
}
