using System.Diagnostics;
using System.Globalization;

namespace Etl.Bench;

/// <summary>What this process has used so far.</summary>
static class Meter
{
    /// <summary>Processor time of all cores together, so that a busy machine shows.</summary>
    public static TimeSpan Worked() => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>The most memory that the process has held, native memory included; bytes.</summary>
    public static long PeakMemory()
    {
        var line = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null
            ? Process.GetCurrentProcess().PeakWorkingSet64
            : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>One line of a report of measurements.</summary>
    public static string Line(string what, FormattableString figure) => $"{what,-44} {FormattableString.Invariant(figure)}";

    /// <summary>How a figure stands to its goal.</summary>
    public static string Verdict(string goal, bool isReached) => $"(goal {goal}: {(isReached ? "reached" : "not reached")})";
}
