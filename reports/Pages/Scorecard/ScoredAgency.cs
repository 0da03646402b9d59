using System.Globalization;
using Warehouse.Measures;
using Warehouse.Reports;

namespace Reports.Pages.Scorecard;

/// <summary>A row of the report <c>scorecard</c>.</summary>
sealed class ScoredAgency(ReportTable table, object?[] row)
{
    public string Province => (string)Value("province_name")!;

    public string Agency => (string)Value("agency_name")!;

    public long Assigned => (long)Value("assigned")!;

    public MeasureValue Completed => (MeasureValue)Value("completion_rate")!;

    public MeasureValue OnTime => (MeasureValue)Value("on_time_rate")!;

    public MeasureValue Overdue => (MeasureValue)Value("overdue_rate")!;

    public bool IsEnough => Flag("is_enough");

    public bool IsCompletedHigh => Flag("is_completed_high");

    public bool IsOnTimeHigh => Flag("is_on_time_high");

    public bool IsOverdueLow => Flag("is_overdue_low");

    public bool IsCommended => Flag("is_commended");

    /// <summary>Shares of 1 that the three rates are held against.</summary>
    public double CompletedOver => Threshold("completed_over");

    /// <inheritdoc cref="CompletedOver"/>
    public double OnTimeOver => Threshold("on_time_over");

    /// <inheritdoc cref="CompletedOver"/>
    public double OverdueAtMost => Threshold("overdue_at_most");

    /// <summary>How many of the three rates do not reach their threshold.</summary>
    public int Failed => (IsCompletedHigh ? 0 : 1) + (IsOnTimeHigh ? 0 : 1) + (IsOverdueLow ? 0 : 1);

    object? Value(string column) => row[table.Columns.ToList().FindIndex(each => each.Name == column)];

    double Threshold(string name) => Convert.ToDouble(table.Parameters.Single(each => each.Parameter.Name == name).Value, CultureInfo.InvariantCulture) / 100;

    bool Flag(string column) => Value(column) is 1L;
}
