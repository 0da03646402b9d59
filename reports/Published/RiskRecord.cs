using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Risk;

namespace Reports.Published;

/// <summary>How predictions fared: one row per learner, agency and month of prediction, of what has come true.</summary>
public sealed class RiskRecord
{
    public string Learner { get; set; } = "";
    public string? Province { get; set; }
    public string? Agency { get; set; }
    public DateOnly Month { get; set; }

    /// <summary>Predictions whose outcome is known; those of tasks that were overdue already are not counted.</summary>
    public long Tasks { get; set; }

    public double PredictedLate { get; set; }
    public long ObservedLate { get; set; }

    /// <summary>What the observed number would vary by if every probability were right.</summary>
    public double Variance { get; set; }

    /// <summary>Predictions whose 90 % interval can be judged, and those that it covered.</summary>
    public long Intervals { get; set; }

    public long Covered { get; set; }

    /// <summary>The tenth of the agency's tasks that were given the most, and those of them that were late.</summary>
    public long Top { get; set; }

    public long TopLate { get; set; }

    public int ProvinceKey { get; set; }

    public Reliability Sum => new(Tasks, PredictedLate, ObservedLate, Variance, Intervals, Covered, Top, TopLate);

    public static Reliability Added(IEnumerable<RiskRecord> rows) => rows.Aggregate(Reliability.Nothing, (sum, row) => sum + row.Sum);

    /// <param name="view">Under which names provinces and agencies stand.</param>
    public static async Task<IReadOnlyList<RiskRecord>> ReadAsync(Session session, UnitView view, CancellationToken cancel)
    {
        // A state that was published before the ledger knew the riskiest tenth has none.
        if (!await session.ExistsAsync("raw.task_risk", cancel) || !(await session.ColumnsAsync("analytics.risk_ledger", cancel)).Contains("top_count")) return [];
        return [.. await session.ReadAsync<RiskRecord>($"""
            select
                risk_ledger.learner_code as "Learner", province.province_name as "Province", agency.agency_name as "Agency",
                risk_ledger.month_start_date as "Month", cast(risk_ledger.task_count as bigint) as "Tasks",
                risk_ledger.predicted_late_count as "PredictedLate", cast(risk_ledger.observed_late_count as bigint) as "ObservedLate",
                risk_ledger.variance_sum as "Variance", cast(risk_ledger.interval_count as bigint) as "Intervals",
                cast(risk_ledger.covered_count as bigint) as "Covered", cast(risk_ledger.top_count as bigint) as "Top",
                cast(risk_ledger.top_late_count as bigint) as "TopLate", risk_ledger.province_key as "ProvinceKey"
            from analytics.risk_ledger
            {view.Join("province", "risk_ledger", "@view")}
            {view.Join("agency", "risk_ledger", "@view")}
            order by risk_ledger.month_start_date desc
            """, new { view = view.Code() }, cancel)];
    }
}
