using Warehouse.Engines;

namespace Reports.Published;

/// <summary>A figure that an authority printed, held against the warehouse's count or against the print's own parts.</summary>
/// <param name="Against"><c>count</c>, <c>parts</c> or <c>rate</c>.</param>
public sealed record PrintedTotals(string Total, string Item, string Against, double? Printed, double? Computed, bool IsAlike)
{
    const string Sql = """
        select total_code as "Total", item_code as "Item", 'count' as "Against", cast(printed_value as double precision) as "Printed", cast(counted_value as double precision) as "Computed", cast(is_within_tolerance as integer) as "Alike"
        from analytics.published_total_count
        union all
        select total_code, relation_code, 'parts', cast(printed_total as double precision), cast(sum_of_parts as double precision), cast(is_within_tolerance as integer)
        from analytics.published_total_part
        union all
        select total_code, item_code, 'rate', cast(max(printed_value) as double precision), cast(max(case when nearness = 1 then computed_value end) as double precision), cast(max(is_within_tolerance) as integer)
        from (
            select
                total_code, item_code, printed_value, computed_value, is_within_tolerance,
                row_number() over (partition by total_code, item_code order by abs(computed_value - printed_value), base_code) as nearness
            from analytics.published_total_rate
        ) as rates
        group by total_code, item_code
        """;

    /// <summary>Those that differ first. A printed rate is held against the nearest of the bases that it may have.</summary>
    public static async Task<IReadOnlyList<PrintedTotals>> ReadAsync(Session session, CancellationToken cancel) =>
        [.. (await session.ReadAsync<Row>(Sql, cancel: cancel)).Select(row => new PrintedTotals(row.Total, row.Item, row.Against, row.Printed, row.Computed, row.Alike == 1))
            .OrderBy(row => row.IsAlike).ThenBy(row => row.Total, StringComparer.Ordinal).ThenBy(row => row.Item, StringComparer.Ordinal)];

    sealed class Row
    {
        public string Total { get; set; } = "";
        public string Item { get; set; } = "";
        public string Against { get; set; } = "";
        public double? Printed { get; set; }
        public double? Computed { get; set; }
        public int Alike { get; set; }
    }
}
