namespace Etl.Demo;

/// <summary>Which columns of a list a bad row is bad in.</summary>
sealed record ListColumns(int Key, int Status, int Assigned);

/// <summary>Rows that no loader may accept, made from good ones; a known number of each kind.</summary>
static class BadRows
{
    public const string UnknownStatus = "unknown_status", BadDate = "bad_date", MissingKey = "missing_key", Garbage = "garbage";

    static readonly (string Rule, int Count)[] Kinds = [(UnknownStatus, 5), (BadDate, 4), (MissingKey, 3), (Garbage, 2)];

    /// <param name="good">Rows to copy; they stay as they are.</param>
    /// <param name="badStatus">A status that the system does not have.</param>
    public static IEnumerable<(string Rule, object?[] Row)> From(IReadOnlyList<object?[]> good, ListColumns columns, object badStatus)
    {
        var at = 0;
        foreach (var (rule, count) in Kinds)
            for (var i = 0; i < count; i++)
            {
                var row = (object?[])good[at++ % good.Count].Clone();
                row[columns.Key] = $"LOI-{at:000}";
                switch (rule)
                {
                    case UnknownStatus: row[columns.Status] = badStatus; break;
                    case BadDate: row[columns.Assigned] = "31/02/2026"; break;
                    case MissingKey: row[columns.Key] = null; break;
                    default: row[columns.Assigned] = i == 0 ? "#REF!" : "hôm qua"; break;
                }
                yield return (rule, row);
            }
    }
}
