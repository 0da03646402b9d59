using System.Globalization;

namespace Etl.Sources;

/// <summary>Keeps the greatest of the watermark values that go by: numbers by their size, other text (ISO dates) by its characters.</summary>
sealed class WatermarkTracker
{
    decimal? number;

    public string? Greatest { get; private set; }

    public void See(string value)
    {
        if (value.Length == 0) return;
        decimal? seen = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        var isGreater = Greatest is null || (seen, number) switch
        {
            ({ } one, { } other) => one > other,
            _ => string.CompareOrdinal(value, Greatest) > 0,
        };
        if (isGreater) (Greatest, number) = (value, seen);
    }
}
