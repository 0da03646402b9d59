using System.Text.RegularExpressions;
using Warehouse.Measures;

namespace Warehouse.Reports;

/// <summary>
/// Writes out what stands in braces in a report, so that a report quotes the measures instead of defining numbers again:
/// <c>{as_of}</c> is the parameter of that name, <c>{state}</c> the rows of the measures' table that stand at the end of
/// <c>{as_of}</c>, <c>{count completed}</c> the number of a group's rows that a measure counts, <c>{rate …}</c> the two columns of a
/// rate, <c>{is open_overdue}</c> whether a measure counts a row, <c>{in province}</c> and <c>{in agency}</c> whether a row is of the one asked for, <c>{in scope}</c>
/// whether its source counts where no scope is named.
/// </summary>
public static partial class ReportSql
{
    /// <param name="parameter">How a parameter stands in SQL, by its name.</param>
    /// <param name="view">Whose province and agency are asked for: a successor of today stands for those that became it.</param>
    /// <exception cref="ReportException">A placeholder is none of these.</exception>
    /// <exception cref="CatalogException">There is no such measure.</exception>
    public static string Expand(Report report, MeasureCatalog catalog, Func<string, string> parameter, UnitView view = UnitView.AsWas)
    {
        var known = report.Parameters.Select(each => each.Name).Append("due_soon_until").ToHashSet();
        string Bound(string sql) => Placeholder().Replace(sql, match => (match.Groups["word"].Value, match.Groups["of"].Value) switch
        {
            ("state", "") => Bound(catalog.Filter),
            ("count", { Length: > 0 } name) => Bound($"cast({Count(catalog, name)} as bigint)"),
            ("rate", { Length: > 0 } name) => Bound(Rate(catalog.Measure(name))),
            ("is", { Length: > 0 } name) => Bound($"({Condition(catalog, name)})"),
            ("in", "scope") => DefaultSources.Rows,
            ("in", "province" or "agency") => Bound(Member(catalog.Dimension(match.Groups["of"].Value), view)),
            (var name, "") when known.Contains(name) => parameter(name),
            _ => throw new ReportException($"{report.Path}: {match.Value} is neither a parameter nor one of {{state}}, {{count …}}, {{rate …}}, {{is …}}, {{in …}}"),
        });
        return Bound(report.Sql);
    }

    static string Count(MeasureCatalog catalog, string name) =>
        string.Join(" + ", Conditions(catalog, name).Select(condition => $"coalesce(sum(case when {condition} then 1 else 0 end), 0)"));

    static string Rate(Measure rate) =>
        $"{Sum(rate.Parts)} as {rate.Name}_numerator, {Sum(rate.Base)} as {rate.Name}_denominator";

    static string Sum(IReadOnlyList<string> names) => string.Join(" + ", names.Select(name => $"{{count {name}}}"));

    static string Condition(MeasureCatalog catalog, string name) => string.Join(" or ", Conditions(catalog, name));

    static IEnumerable<string> Conditions(MeasureCatalog catalog, string name) => catalog.Terms(name).Select(catalog.Measure).Select(term =>
        term is { Kind: MeasureKind.Count, Fact: MeasureFact.State } ? term.Condition : throw new CatalogException($"a report counts tasks as they stood; {term.Name} is not such a count"));

    static string Member(Dimension of, UnitView view)
    {
        var named = $"select {of.Sql} from {of.Table} where {MemberCheck.Match(of, $"{{{of.Name}}}")}";
        return view == UnitView.AsWas || !of.HasViews
            ? $"({{{of.Name}}} = '' or {of.Sql} in ({named}))"
            : $"({{{of.Name}}} = '' or {of.Sql} in (select {of.Sql} from {of.ViewTable} where view_code = '{view.Code()}' and {of.ShownKey} in ({named})))";
    }

    [GeneratedRegex(@"\{(?<word>\w+)(?: (?<of>\w+))?\}")]
    private static partial Regex Placeholder();
}
