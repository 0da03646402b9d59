namespace Etl.Sources;

/// <summary>Column names as a header gives them: blanks around them gone, none twice.</summary>
static class ColumnNames
{
    /// <param name="place">Of the header, for coordinates: "tasks.csv › line 1".</param>
    /// <param name="names">As found; one without a name stays empty (a feed cannot ask for it), however often.</param>
    /// <exception cref="SourceException">Two columns have one name, so that a feed could not say which it means.</exception>
    public static string[] Of(string place, IEnumerable<string> names)
    {
        var columns = names.Select(name => name.Trim()).ToArray();
        var twice = columns.Where(name => name.Length > 0).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        if (twice is null) return columns;
        var places = columns.Index().Where(column => column.Item == twice.Key).Select(column => column.Index + 1);
        throw new SourceException(SourceFault.Data, $"{place}: columns {string.Join(" and ", places)} have one name, '{twice.Key}'");
    }
}
