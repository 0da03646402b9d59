namespace Warehouse.Forecast;

/// <summary>What was forecast of a count of tasks, as it was stored.</summary>
public class StoredForecast
{
    public DateOnly AsOf { get; init; }
    public DateOnly Target { get; init; }

    /// <summary>One of <see cref="ForecastTarget"/>.</summary>
    public string Code { get; init; } = "";

    /// <summary>open or open_overdue.</summary>
    public string Measure { get; init; } = "";

    public double Expected { get; init; }
    public double? Low50 { get; init; }
    public double? High50 { get; init; }
    public double? Low90 { get; init; }
    public double? High90 { get; init; }

    /// <summary>As many as on the day of the forecast.</summary>
    public long Last { get; init; }

    /// <summary>As many as on the same day a year before; null where nothing was known then.</summary>
    public long? YearAgo { get; init; }
}
