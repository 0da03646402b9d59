using Warehouse.Engines;

namespace Warehouse.Risk;

/// <summary>What came true of the predictions that a learner made in a month for the tasks of a province.</summary>
public sealed record LedgerMonth(string Learner, int ProvinceKey, DateOnly Month, Reliability Sum);

/// <summary>
/// The rule by which what came true decides who teaches and who serves (decision 0044). A month that drifted halves the
/// window that is learned from; a learner that drifted in two judged months, one after the other, does not serve while
/// both are among the last six.
/// </summary>
/// <param name="IsRecent">Learn from the last year only: the newest judged month has drifted.</param>
/// <param name="Demoted">Learners that may not serve.</param>
public sealed record Drift(bool IsRecent, IReadOnlyList<string> Demoted)
{
    /// <summary>Months of prediction that are looked at.</summary>
    public const int Months = 6;

    public static readonly Drift None = new(false, []);

    /// <summary>By the ledger of some provinces, looked at on a day.</summary>
    public static Drift Of(IEnumerable<LedgerMonth> ledger, DateOnly asOf)
    {
        var from = new DateOnly(asOf.Year, asOf.Month, 1).AddMonths(-Months);
        var learners = ledger.Where(each => each.Month >= from && each.Month <= asOf).GroupBy(each => each.Learner)
            .ToDictionary(learner => learner.Key, learner => learner.GroupBy(each => each.Month).OrderBy(month => month.Key)
                .Select(month => (Month: month.Key, Sum: month.Aggregate(Reliability.Nothing, (sum, each) => sum + each.Sum))).Where(month => month.Sum.HasDrifted is not null).ToList());
        var newest = learners.Values.Where(months => months.Count > 0).Select(months => months[^1].Month).DefaultIfEmpty().Max();
        return new(
            learners.Values.Any(months => months.Count > 0 && months[^1] is var last && last.Month == newest && (last.Sum.HasDrifted == true || last.Sum.IsTooNarrow == true)),
            [.. learners.Where(learner => learner.Value.Zip(learner.Value.Skip(1)).Any(pair => pair.First.Sum.HasDrifted == true && pair.Second.Sum.HasDrifted == true)).Select(learner => learner.Key).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What follows from it, for whoever asked for a prediction; nothing where nothing does.</summary>
    public IEnumerable<string> Words(int weeks, int recent)
    {
        if (IsRecent) yield return FormattableString.Invariant($"what was predicted last has drifted: the model learns from the last {recent} weeks instead of {weeks}");
        if (Demoted.Count > 0) yield return $"drifted in two months, one after the other, and may not serve: {string.Join(", ", Demoted)}";
    }

    /// <summary>What has come true of the predictions of Vietnamese tasks, by learner, province and month.</summary>
    public static async Task<IReadOnlyList<LedgerMonth>> ReadLedgerAsync(Session session, CancellationToken cancel) => [.. (await session.ReadAsync<Row>("""
        select
            learner_code as "Learner", province_key as "ProvinceKey", month_start_date as "Month", cast(sum(task_count) as bigint) as "Tasks",
            sum(predicted_late_count) as "Predicted", cast(sum(observed_late_count) as bigint) as "Observed", sum(variance_sum) as "Variance",
            cast(sum(interval_count) as bigint) as "Intervals", cast(sum(covered_count) as bigint) as "Covered"
        from analytics.risk_ledger
        group by learner_code, province_key, month_start_date
        order by month_start_date, learner_code, province_key
        """, cancel: cancel)).Select(row => new LedgerMonth(row.Learner, row.ProvinceKey, row.Month, new(row.Tasks, row.Predicted, row.Observed, row.Variance, row.Intervals, row.Covered)))];

    sealed class Row
    {
        public string Learner { get; init; } = "";
        public int ProvinceKey { get; init; }
        public DateOnly Month { get; init; }
        public long Tasks { get; init; }
        public double Predicted { get; init; }
        public long Observed { get; init; }
        public double Variance { get; init; }
        public long Intervals { get; init; }
        public long Covered { get; init; }
    }
}
