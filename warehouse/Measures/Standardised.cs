namespace Warehouse.Measures;

/// <summary>
/// A place's rate as it would be if its tasks were of the kinds that all places' tasks are (indirect standardisation): what
/// it reached, over what the average of all places would have reached with its tasks, times the average. It holds where a
/// place has few tasks of a kind, which a direct one would not.
/// </summary>
public static class Standardised
{
    /// <param name="rows">Place, stratum (task kind and assigning level) and its count over its base.</param>
    /// <returns>By place; no value where nothing could be expected.</returns>
    public static IReadOnlyDictionary<string, double?> Rates(IReadOnlyCollection<(string Place, string Stratum, long Count, long Base)> rows)
    {
        var average = rows.GroupBy(row => row.Stratum).ToDictionary(group => group.Key, group => group.Sum(row => row.Base) is > 0 and var of ? group.Sum(row => row.Count) / (double)of : 0);
        var (count, all) = (rows.Sum(row => row.Count), rows.Sum(row => row.Base));
        return rows.GroupBy(row => row.Place).ToDictionary(group => group.Key, group =>
        {
            var expected = group.Sum(row => row.Base * average[row.Stratum]);
            return expected > 0 && all > 0 ? group.Sum(row => row.Count) / expected * count / all : (double?)null;
        });
    }
}
