namespace Etl.Commands;

/// <summary>What the program ends with; scripts and schedules act on it.</summary>
public static class ExitCode
{
    /// <summary>Done, also with rows in quarantine up to what the feed allows.</summary>
    public const int Done = 0;
    /// <summary>The data failed: a check, a limit of refused rows, a part that is cut short.</summary>
    public const int DataFailed = 1;
    /// <summary>Wrong use or configuration.</summary>
    public const int WrongUse = 2;
    /// <summary>A system that is needed is absent, or the home is locked by another run.</summary>
    public const int Absent = 3;
    /// <summary>Stopped by whoever started it (Ctrl-C), as shells have it.</summary>
    public const int Stopped = 130;

    /// <summary>The worse of two outcomes: an absent system before wrong use before failed data.</summary>
    public static int Worse(int a, int b) => Math.Max(a, b);
}
