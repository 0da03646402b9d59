namespace Warehouse.Measures;

/// <summary>The known name that is nearest to what somebody typed, by the number of single-letter edits.</summary>
public static class Nearest
{
    /// <returns>One of <paramref name="known"/>, or an empty text where there is none.</returns>
    public static string To(string typed, IEnumerable<string> known) =>
        known.OrderBy(name => Edits(typed.ToLowerInvariant(), name.ToLowerInvariant())).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault() ?? "";

    static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
