using System.Diagnostics;
using System.Globalization;

namespace Etl.Bench;

/// <summary>What benches measure with: what this process has used, and how it is told.</summary>
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

    /// <summary>What a piece of work takes.</summary>
    public static async Task<Cost> CostOfAsync(Func<Task> work)
    {
        var (watch, worked) = (Stopwatch.StartNew(), Worked());
        await work();
        return new(watch.Elapsed, Worked() - worked);
    }

    /// <summary>The middle of some times and the one that five in a hundred exceed.</summary>
    public static (double P50, double P95) Percentiles(IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return (sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.95)]);
    }

    /// <summary>Takes away what an earlier bench loaded into a home.</summary>
    public static void Empty(string home)
    {
        if (!Directory.Exists(home)) return;
        foreach (var old in (string[])[.. Directory.EnumerateFiles(home, "warehouse-*"), Path.Combine(home, "current"), Path.Combine(home, "previous")]) File.Delete(old);
    }

    /// <summary>One line of a report of measurements.</summary>
    public static string Line(string what, FormattableString figure) => $"{what,-44} {FormattableString.Invariant(figure)}";

    /// <summary>How a figure stands to its goal.</summary>
    public static string Verdict(string goal, bool isReached) => $"(goal {goal}: {(isReached ? "reached" : "not reached")})";
}

/// <param name="Worked">Processor time of this process, which shows when others kept the machine busy.</param>
readonly record struct Cost(TimeSpan Elapsed, TimeSpan Worked)
{
    public override string ToString() => FormattableString.Invariant($"{Elapsed.TotalSeconds:0.0} s ({Worked.TotalSeconds:0.0} s of processor time)");
}
