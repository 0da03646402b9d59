namespace Warehouse.Forecast;

/// <summary>One number of a forecast: how many tasks of a unit will be open, or overdue, at the end of a day.</summary>
public sealed record Told(DateOnly AsOf, ForecastTarget Target, string Level, Unit Unit, string Measure, double Count, double Spread)
{
    public const string Whole = "whole", Province = "province", Agency = "agency";
    public const string Open = "open", Overdue = "open_overdue";

    /// <summary>The intervals in which the count is to be expected 50 and 90 times in 100; null where too little has come true to tell.</summary>
    public (double Low, double High)? Half { get; init; }

    public (double Low, double High)? Most { get; init; }

    /// <summary>What it is measured against: as many as on the day of the forecast.</summary>
    public long Last { get; init; }

    /// <summary>As many as on the same day a year before; null where nothing was known then.</summary>
    public long? YearAgo { get; init; }

    /// <summary>What came true, as was known on that day; null where it has not come.</summary>
    public long? Actual { get; init; }

    /// <summary>Distance between what came true and what was expected, in spreads.</summary>
    public double? Miss => Actual is { } actual ? (actual - Count) / Spread : null;
}
