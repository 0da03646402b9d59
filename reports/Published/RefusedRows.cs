using System.Text.Json;
using Warehouse.Engines;

namespace Reports.Published;

/// <summary>The rows in quarantine that nobody has corrected yet.</summary>
/// <param name="Open">How many there are in all.</param>
/// <param name="Rows">Some of them, in the order of their loads.</param>
public sealed record RefusedRows(long Open, IReadOnlyList<RefusedRows.Group> Groups, IReadOnlyList<RefusedRows.Row> Rows)
{
    const string Resolved = "left join raw.quarantine_resolved on quarantine.quarantine_key = quarantine_resolved.quarantine_key";

    public static async Task<RefusedRows> ReadAsync(Session session, int skip, int take, CancellationToken cancel)
    {
        var groups = (await session.ReadAsync<Group>($"""
            select
                dim_source.feed_code as "Feed", quarantine.record_code as "Record", quarantine.rule_code as "Rule", quarantine.column_name as "ColumnName",
                cast(sum(case when quarantine_resolved.quarantine_key is null then 1 else 0 end) as bigint) as "OpenCount",
                cast(sum(case when quarantine_resolved.quarantine_key is null then 0 else 1 end) as bigint) as "ResolvedCount"
            from raw.quarantine
            join warehouse.dim_source on quarantine.source_key = dim_source.source_key
            {Resolved}
            group by dim_source.feed_code, quarantine.record_code, quarantine.rule_code, quarantine.column_name
            order by dim_source.feed_code, quarantine.record_code, quarantine.rule_code, quarantine.column_name
            """, cancel: cancel)).ToList();
        return new(groups.Sum(group => group.OpenCount), groups, [.. await session.ReadAsync<Row>($"{RowSql} where quarantine_resolved.quarantine_key is null order by quarantine.load_key, quarantine.row_no, quarantine.quarantine_key offset @skip rows fetch next @take rows only", new { skip, take }, cancel)]);
    }

    /// <returns>Null where there is no such row, or where it was corrected before.</returns>
    public static async Task<Row?> FindAsync(Session session, long key, CancellationToken cancel) =>
        (await session.ReadAsync<Row>($"{RowSql} where quarantine_resolved.quarantine_key is null and quarantine.quarantine_key = @key", new { key }, cancel)).FirstOrDefault();

    const string RowSql = $"""
        select
            quarantine.quarantine_key as "QuarantineKey", dim_source.feed_code as "Feed", quarantine.record_code as "Record", dim_load.part_name as "Part", quarantine.row_no as "RowNo",
            quarantine.column_name as "ColumnName", quarantine.rule_code as "Rule", quarantine.reason as "Reason", quarantine.received_text as "ReceivedText", quarantine.received_row as "ReceivedRow"
        from raw.quarantine
        join warehouse.dim_source on quarantine.source_key = dim_source.source_key
        left join warehouse.dim_load on quarantine.load_key = dim_load.load_key
        {Resolved}
        """;

    public sealed class Group
    {
        public string Feed { get; set; } = "";
        public string Record { get; set; } = "";
        public string Rule { get; set; } = "";
        public string? ColumnName { get; set; }
        public long OpenCount { get; set; }
        public long ResolvedCount { get; set; }
    }

    public sealed class Row
    {
        public long QuarantineKey { get; set; }
        public string Feed { get; set; } = "";
        public string Record { get; set; } = "";
        public string? Part { get; set; }
        public long RowNo { get; set; }

        /// <summary>The received column that was refused; null where the row as a whole was.</summary>
        public string? ColumnName { get; set; }

        public string Rule { get; set; } = "";
        public string? Reason { get; set; }
        public string? ReceivedText { get; set; }

        /// <summary>The row as one JSON object; null where it may be secret and was not kept.</summary>
        public string? ReceivedRow { get; set; }

        /// <summary>The received columns with what they held; none where the row was not kept.</summary>
        public IReadOnlyDictionary<string, string> Values
        {
            get
            {
                try
                {
                    return ReceivedRow is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(ReceivedRow) ?? [];
                }
                catch (JsonException)
                {
                    return new Dictionary<string, string>();
                }
            }
        }

        /// <summary>The columns that may be corrected: the refused one, or all where the row as a whole was refused.</summary>
        public IReadOnlyList<string> Correctable => ColumnName is { } column ? Values.ContainsKey(column) ? [column] : [] : [.. Values.Keys];
    }
}
