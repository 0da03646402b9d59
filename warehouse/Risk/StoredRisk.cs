namespace Warehouse.Risk;

/// <summary>A row of <c>warehouse.fact_task_risk</c> as it is read again: what one model said of an open task at the end of one day.</summary>
public abstract class StoredRisk
{
    /// <summary>The deadline that the prediction was made for.</summary>
    public DateOnly Due { get; set; }

    /// <summary>One of <see cref="RiskBand"/>.</summary>
    public string Band { get; set; } = "";

    /// <summary>Of missing the deadline.</summary>
    public double Probability { get; set; }

    /// <summary>Of missing the first deadline that the task had.</summary>
    public double ProbabilityFirst { get; set; }

    /// <summary>Null for a task that is overdue already.</summary>
    public DateOnly? Finish { get; set; }

    public DateOnly? Low50 { get; set; }
    public DateOnly? High50 { get; set; }
    public DateOnly? Low90 { get; set; }
    public DateOnly? High90 { get; set; }
    public string? Reason { get; set; }
    public string? ReasonEn { get; set; }

    /// <summary>The columns of a SELECT that fill it.</summary>
    /// <param name="of">The table, or what stands for it.</param>
    public static string Columns(string of) => $"""
        {of}.due_date as "Due", {of}.band_code as "Band", {of}.probability as "Probability", {of}.probability_first as "ProbabilityFirst",
            {of}.finish_date as "Finish", {of}.finish_low_50_date as "Low50", {of}.finish_high_50_date as "High50",
            {of}.finish_low_90_date as "Low90", {of}.finish_high_90_date as "High90", {of}.reason_text as "Reason", {of}.reason_text_en as "ReasonEn"
        """;
}
