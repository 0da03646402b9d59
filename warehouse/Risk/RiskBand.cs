namespace Warehouse.Risk;

/// <summary>Into which band a probability falls; already overdue is a state of its own, not a risk.</summary>
public static class RiskBand
{
    public const string Low = "low", Watch = "watch", High = "high", Certain = "certain";

    const double WatchFrom = 0.25;
    const double HighFrom = 0.6;

    public static string Of(double probability) => probability >= HighFrom ? High : probability >= WatchFrom ? Watch : Low;
}
