using System.Runtime.InteropServices;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// A span of time as DuckDB keeps it. Months stay apart because they have no fixed length; only an interval without
/// them is a <see cref="TimeSpan"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDbInterval(int Months, int Days, long Micros)
{
    public static DuckDbInterval From(TimeSpan span) => new(0, span.Days, (span.Ticks - span.Days * TimeSpan.TicksPerDay) / TimeSpan.TicksPerMicrosecond);

    /// <exception cref="InvalidCastException">The interval has months.</exception>
    public TimeSpan ToTimeSpan() => Months == 0
        ? new TimeSpan(Days * TimeSpan.TicksPerDay + Micros * TimeSpan.TicksPerMicrosecond)
        : throw new InvalidCastException($"an interval of {Months} months is not a fixed span of time: read it as {nameof(DuckDbInterval)}");
}
