using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tests.BadInput;

/// <summary>The real program, started as a process; what it says is kept as it says it.</summary>
sealed class Analytics : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Process process;
    readonly StringBuilder said = new(), complained = new();
    readonly Task ended;
    long peakBytes;

    Analytics(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(said, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(complained, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        ended = WatchAsync();
    }

    public int Id => process.Id;

    public static Analytics Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // Whoever runs the tests in the background lets them ignore Ctrl-C, and what they start with them.
        string[] command = [.. OperatingSystem.IsLinux() ? (string[])["env", "--default-signal=INT"] : [], "dotnet", Path.Combine(AppContext.BaseDirectory, "analytics.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ANALYTICS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Waits for the program's end.</summary>
    public async Task<Ended> EndAsync()
    {
        await ended.WaitAsync(Patience);
        lock (said) lock (complained) return new(process.ExitCode, said.ToString(), complained.ToString(), peakBytes);
    }

    /// <summary>What Ctrl-C sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>What a service manager sends.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it on the spot, as a power cut does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Lets it go on from the step that it is held at.</summary>
    public void LetGo() => process.StandardInput.WriteLine();

    /// <summary>Waits until it has said something, on either output.</summary>
    public async Task SaysAsync(string text)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            lock (said) lock (complained)
                if (said.ToString().Contains(text, StringComparison.Ordinal) || complained.ToString().Contains(text, StringComparison.Ordinal)) return;
            if (process.HasExited || Stopwatch.GetElapsedTime(since) > Patience) throw new InvalidOperationException($"it did not say '{text}': {said}{complained}");
        }
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    async Task WatchAsync()
    {
        while (!process.HasExited)
        {
            process.Refresh();
            try
            {
                peakBytes = Math.Max(peakBytes, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break;   // ended in between
            }
            await Task.Delay(40);
        }
        await process.WaitForExitAsync();
    }

    static void Keep(StringBuilder lines, string? line)
    {
        lock (lines)
            if (line is not null) lines.AppendLine(line);
    }
}

/// <summary>How the program ended.</summary>
sealed record Ended(int Code, string Said, string Complaints, long PeakBytes)
{
    public string All => Said + Complaints;

    public IReadOnlyList<string> Lines => Said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
