using Warehouse.Engines;
using Warehouse.Risk;

namespace Warehouse.Forecast;

/// <summary>What is known for forecasts: open tasks at some days, how fast tasks left, and which came.</summary>
public sealed record BacklogHistory(ILookup<DateOnly, OpenCount> Open, ILookup<DateOnly, Exposure> Exposures, IReadOnlyList<Arrival> Arrivals)
{
    /// <summary>The models that are read; <see cref="FeatureTables"/> computes them for the days.</summary>
    public static readonly IReadOnlyList<string> Parts = ["analytics.forecast_open", "analytics.forecast_exposure", "analytics.forecast_arrival"];

    const string OfScope = "source_key in (select source_key from warehouse.dim_source where scope_code = @scope)";

    /// <summary>Of each day its end is meant; rows of a landmark are of the end of the day before it.</summary>
    public static async Task<BacklogHistory> ReadAsync(Workspace workspace, FeatureTables tables, CancellationToken cancel, string scope = "vietnam")
    {
        async Task<IEnumerable<T>> AskAsync<T>(string sql) => await workspace.ReadAsync<T>(tables.Physical(sql), new { scope }, cancel);
        var open = await AskAsync<OpenCount>($"""
            select
                fn.add_days(landmark_date, -1) as "Day", source_key as "SourceKey", province_key as "ProvinceKey", agency_key as "AgencyKey",
                class_code as "Class", position_days as "Position", task_count as "Tasks"
            from analytics.forecast_open
            where {OfScope}
            """);
        var exposures = await AskAsync<Exposure>($"""
            select
                fn.add_days(exposure.landmark_date, -1) as "Day", exposure.source_key as "SourceKey", exposure.province_key as "ProvinceKey", exposure.agency_key as "AgencyKey",
                exposure.class_code as "Class", stage.low_days as "Low", stage.high_days as "High",
                cast(exposure.exposed_days as bigint) as "Days", cast(exposure.closed_count as bigint) as "Closed", cast(exposure.extended_count as bigint) as "Extended"
            from analytics.forecast_exposure as exposure
            join analytics.forecast_stage as stage on exposure.class_code = stage.class_code and exposure.stage_no = stage.stage_no
            where {OfScope}
            """);
        var arrivals = await AskAsync<Arrival>($"""
            select
                province_key as "ProvinceKey", agency_key as "AgencyKey", source_key as "SourceKey",
                assigned_date as "Assigned", seen_date as "Seen", term_days as "Term", task_count as "Tasks"
            from analytics.forecast_arrival
            where {OfScope}
            """);
        return new(open.ToLookup(each => each.Day), exposures.ToLookup(each => each.Day), [.. arrivals]);
    }
}

/// <summary>How many open tasks of an agency stood at a position at the end of a day, as was known then.</summary>
public sealed class OpenCount
{
    public DateOnly Day { get; init; }
    public long SourceKey { get; init; }
    public int ProvinceKey { get; init; }
    public long AgencyKey { get; init; }

    /// <summary>due, none or waiting, as in forecast_stage.</summary>
    public string Class { get; init; } = "";

    /// <summary>Of the class due: days since the first overdue day, below 0 before it.</summary>
    public int Position { get; init; }

    public long Tasks { get; init; }

    public bool IsOverdue => Class == Pace.Due && Position >= 0;
}

/// <summary>Days that an agency's open tasks stood in a stage in the year before, and how many left it.</summary>
public sealed class Exposure
{
    public DateOnly Day { get; init; }
    public long SourceKey { get; init; }
    public int ProvinceKey { get; init; }
    public long AgencyKey { get; init; }
    public string Class { get; init; } = "";
    public int Low { get; init; }
    public int High { get; init; }
    public long Days { get; init; }
    public long Closed { get; init; }
    public long Extended { get; init; }
}

/// <summary>Tasks that came to an agency on a day.</summary>
public sealed class Arrival
{
    public long SourceKey { get; init; }
    public int ProvinceKey { get; init; }
    public long AgencyKey { get; init; }
    public DateOnly Assigned { get; init; }
    public DateOnly Seen { get; init; }

    /// <summary>Days from the assignment to the first overdue day; -1 without a deadline.</summary>
    public int Term { get; init; }

    public long Tasks { get; init; }
}
