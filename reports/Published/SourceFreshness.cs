using System.Globalization;
using Warehouse.Engines;
using Warehouse.Runs;

namespace Reports.Published;

/// <summary>One source and the day up to which it tells about tasks.</summary>
/// <param name="Generated">Its rows were made by a program, not by people.</param>
/// <param name="TrendOnly">It delivers closed cases only and is in no number of the pages.</param>
/// <param name="NewestExtract">Null where nothing of it was loaded.</param>
public sealed record SourceFreshness(
    string Feed, string Name, string NameEn, string Scope, bool Generated, bool TrendOnly, DateOnly? NewestExtract, long Loads, long NewestLoad, long Accepted)
{
    const string Sql = """
        select
            dim_source.feed_code as FeedCode, dim_source.source_name as SourceName,
            dim_source.source_name_en as SourceNameEn, dim_source.scope_code as ScopeCode,
            dim_source.is_generated as IsGenerated, dim_source.is_trend_only as IsTrendOnly,
            max(case when dim_load.record_code in ('task', 'task_event') then dim_load.extract_date end) as NewestExtract,
            count(case when dim_load.record_code in ('task', 'task_event') then 1 end) as TaskLoads,
            count(dim_load.load_key) as Loads, max(dim_load.load_key) as NewestLoad,
            cast(sum(dim_load.accepted_count) as bigint) as Accepted,
            cast(sum(dim_load.quarantined_count) as bigint) as Quarantined
        from warehouse.dim_source
        left join warehouse.dim_load
            on dim_source.source_key = dim_load.source_key
        group by
            dim_source.feed_code, dim_source.source_name, dim_source.source_name_en, dim_source.scope_code,
            dim_source.is_generated, dim_source.is_trend_only
        order by dim_source.feed_code
        """;

    /// <summary>Rows of it that were refused when they came, of all loads.</summary>
    public long Quarantined { get; init; }

    /// <summary>Its data came after the day's cut-off, or had not come at the publication.</summary>
    public bool IsLate { get; init; }

    /// <summary>The newest cut-off before the publication, in the schedule's time zone; null where the schedule has none for it.</summary>
    public DateTime? CutOff { get; init; }

    /// <summary>The last load before the publication could not read it.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>In the language of the page.</summary>
    public string Shown(bool english) => english && NameEn.Length > 0 ? NameEn : Name;

    /// <summary>Days by which the source ends before a day; 0 where it reaches it.</summary>
    public int? DaysBefore(DateOnly day) => NewestExtract is { } newest ? Math.Max(0, day.DayNumber - newest.DayNumber) : null;

    public static async Task<IReadOnlyList<SourceFreshness>> ReadAsync(Session session, CancellationToken cancel)
    {
        var rows = await session.ReadAsync<Row>(Sql, cancel: cancel);
        var standings = await RunTable.StandingsAsync(session, cancel);
        // What delivers something else, such as printed totals, is no source of tasks.
        return [.. rows.Where(row => row.TaskLoads > 0 || row.Loads == 0).Select(row => new SourceFreshness(
            row.FeedCode, row.SourceName ?? row.FeedCode, row.SourceNameEn ?? "", row.ScopeCode ?? "", row.IsGenerated == 1, row.IsTrendOnly == 1,
            row.NewestExtract, row.Loads, row.NewestLoad ?? 0, row.Accepted ?? 0)
        {
            Quarantined = row.Quarantined ?? 0,
            IsLate = standings.GetValueOrDefault(row.FeedCode).Outcome == RunOutcome.Late, IsAbsent = standings.GetValueOrDefault(row.FeedCode).Outcome == RunOutcome.Absent,
            CutOff = DateTime.TryParseExact(standings.GetValueOrDefault(row.FeedCode).CutOff, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var cutOff) ? cutOff : null,
        })];
    }

    sealed class Row
    {
        public string FeedCode { get; set; } = "";
        public string? SourceName { get; set; }
        public string? SourceNameEn { get; set; }
        public string? ScopeCode { get; set; }
        public short? IsGenerated { get; set; }
        public short? IsTrendOnly { get; set; }
        public DateOnly? NewestExtract { get; set; }
        public long TaskLoads { get; set; }
        public long Loads { get; set; }
        public long? NewestLoad { get; set; }
        public long? Accepted { get; set; }
        public long? Quarantined { get; set; }
    }
}
