namespace Warehouse.Reports;

/// <summary>The answer of a report: the values that its parameters had, and its rows in order.</summary>
/// <param name="Rows">Texts, whole numbers, days, and of a rate a <see cref="Measures.MeasureValue"/>; null where there is none.</param>
public sealed record ReportTable(
    Report Report, IReadOnlyList<(ReportParameter Parameter, object Value)> Parameters, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<object?[]> Rows);

/// <summary>A column of a report. A rate stands for two columns of the SELECT: its numerator and its denominator.</summary>
public sealed record ReportColumn(string Name, bool IsRate)
{
    const string Numerator = "_numerator", Denominator = "_denominator";

    /// <summary>The columns shown for those of a result: <c>x_numerator</c> and <c>x_denominator</c> are the rate <c>x</c>.</summary>
    public static IReadOnlyList<ReportColumn> Of(IReadOnlyList<string> names) =>
        [.. names.Where(name => !name.EndsWith(Denominator, StringComparison.Ordinal)).Select(name =>
            name.EndsWith(Numerator, StringComparison.Ordinal) ? new ReportColumn(name[..^Numerator.Length], true) : new(name, false))];

    /// <summary>The names of the result's columns that this one stands for.</summary>
    public IReadOnlyList<string> ResultNames => IsRate ? [Name + Numerator, Name + Denominator] : [Name];
}
