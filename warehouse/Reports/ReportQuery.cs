using System.Data.Common;
using System.Globalization;
using Dapper;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Warehouse.Reports;

/// <summary>Answers reports: one parameterised SELECT each, over one publication.</summary>
/// <param name="dueSoonDays">Working days within which a task counts as due soon.</param>
public sealed class ReportQuery(MeasureCatalog catalog, Reference.Calendar calendar, int dueSoonDays = 3)
{
    /// <param name="given">Values by the name of the parameter; those left out have their defaults.</param>
    /// <param name="view">Whose province and agency are asked for; the rows keep the names of the time.</param>
    /// <exception cref="CatalogException">A parameter or value does not exist; the message names the nearest one.</exception>
    public async Task<ReportTable> AskAsync(Session session, Report report, IReadOnlyDictionary<string, string> given, CancellationToken cancel, UnitView view = UnitView.AsWas)
    {
        foreach (var name in given.Keys)
            if (!report.Parameters.Any(parameter => parameter.Name == name))
                throw new CatalogException($"report {report.Name} has no parameter '{name}'; {Nearest.Hint(name, report.Parameters.Select(parameter => parameter.Name))}");
        var values = new Dictionary<string, object>();
        foreach (var parameter in report.Parameters) values[parameter.Name] = await ValueAsync(session, parameter, given, values, cancel);
        if (values.GetValueOrDefault("from") is DateOnly from && values.GetValueOrDefault("to") is DateOnly to && from > to)
            throw new CatalogException($"the window ends before it begins: {from:yyyy-MM-dd} to {to:yyyy-MM-dd}");
        var (columns, rows) = await ReadAsync(session, ReportSql.Expand(report, catalog, name => "@" + name, view), Bound(values), cancel);
        return new(report, [.. report.Parameters.Select(parameter => (parameter, values[parameter.Name]))], columns, Sorted(report, columns, rows));
    }

    async Task<object> ValueAsync(Session session, ReportParameter parameter, IReadOnlyDictionary<string, string> given, Dictionary<string, object> before, CancellationToken cancel)
    {
        var text = given.GetValueOrDefault(parameter.Name) ?? parameter.Default;
        if (!given.ContainsKey(parameter.Name) && before.TryGetValue(text, out var same)) return same;
        if (text == ReportParameter.Newest && parameter.Type == ParameterType.Day) return await DefaultSources.NewestExtractAsync(session, DefaultSources.Rows, null, cancel);
        if (parameter.Type is ParameterType.Province or ParameterType.Agency && text.Length > 0)
            await MemberCheck.CheckAsync(session, catalog.Dimension(parameter.Type == ParameterType.Province ? "province" : "agency"), text, UnitView.AsWas, knownAt: null, cancel);
        return parameter.Read(text);
    }

    DynamicParameters Bound(Dictionary<string, object> values)
    {
        var bound = new DynamicParameters();
        foreach (var (name, value) in values)
            if (value is DateOnly day) bound.Add(name, day.ToDateTime(TimeOnly.MinValue), System.Data.DbType.Date);
            else bound.Add(name, value);
        if (values.GetValueOrDefault("as_of") is DateOnly asOf)
            bound.Add("due_soon_until", calendar.LastDayWithin(asOf, dueSoonDays).ToDateTime(TimeOnly.MinValue), System.Data.DbType.Date);
        return bound;
    }

    static async Task<(IReadOnlyList<ReportColumn>, List<object?[]>)> ReadAsync(Session session, string sql, DynamicParameters parameters, CancellationToken cancel)
    {
        await using var reader = (DbDataReader)await session.Connection.ExecuteReaderAsync(
            new CommandDefinition(session.Physical(sql), parameters, commandTimeout: 0, cancellationToken: cancel));
        var columns = ReportColumn.Of([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(cancel)) rows.Add([.. columns.Select(column => Value(reader, column))]);
        return (columns, rows);
    }

    static object? Value(DbDataReader reader, ReportColumn column)
    {
        if (column.IsRate)
            return new MeasureValue(Whole(reader, column.ResultNames[0]) ?? 0, Whole(reader, column.ResultNames[1]) ?? 0);
        var ordinal = reader.GetOrdinal(column.Name);
        return reader.IsDBNull(ordinal) ? null : reader.GetValue(ordinal) switch
        {
            DateTime day when column.Name.EndsWith("_date", StringComparison.Ordinal) => DateOnly.FromDateTime(day),
            short or int or long => Whole(reader, column.Name),
            var value => value,
        };
    }

    static long? Whole(DbDataReader reader, string name) =>
        reader.GetOrdinal(name) is var at && reader.IsDBNull(at) ? null : Convert.ToInt64(reader.GetValue(at), CultureInfo.InvariantCulture);

    static List<object?[]> Sorted(Report report, IReadOnlyList<ReportColumn> columns, List<object?[]> rows)
    {
        IOrderedEnumerable<object?[]> sorted = rows.OrderBy(_ => 0);
        foreach (var name in report.Order)
        {
            var at = columns.ToList().FindIndex(column => column.Name == name.TrimStart('-'));
            if (at < 0) throw new ReportException($"{report.Path}: rows are ordered by {name.TrimStart('-')}, which is no column");
            sorted = name[0] == '-' ? sorted.ThenByDescending(row => row[at], Values) : sorted.ThenBy(row => row[at], Values);
        }
        return [.. sorted];
    }

    /// <summary>Texts in Vietnamese order, other values in their own; nothing comes first.</summary>
    static readonly Comparer<object?> Values = Comparer<object?>.Create((one, other) => (one, other) switch
    {
        (string a, string b) => Alphabet.Vietnamese.Compare(a, b),
        (MeasureValue a, MeasureValue b) => Nullable.Compare(a.Value, b.Value),
        _ => System.Collections.Comparer.Default.Compare(one, other),
    });
}
