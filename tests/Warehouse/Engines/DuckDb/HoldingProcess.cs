using System.Diagnostics;
using Warehouse.Engines.DuckDb;

namespace Tests.Engines.DuckDb
{
    /// <summary>A second process that has a database open until it is disposed: this assembly, started with <see cref="StartupHook"/>.</summary>
    sealed class HoldingProcess : IDisposable
    {
        public const string PathVariable = "TESTS_HOLD_DATABASE";

        readonly Process process;

        HoldingProcess(Process process) => this.process = process;

        public static HoldingProcess Hold(string path)
        {
            var assembly = typeof(HoldingProcess).Assembly.Location;
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["DOTNET_STARTUP_HOOKS"] = assembly, [PathVariable] = path },
            };
            var process = Process.Start(start)!;
            if (process.StandardOutput.ReadLine() is not "open") throw new InvalidOperationException("the second process did not open the database");
            return new HoldingProcess(process);
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}

/// <summary>What .NET calls before Main in a process whose DOTNET_STARTUP_HOOKS names this assembly.</summary>
static class StartupHook
{
    public static void Initialize()
    {
        var path = Environment.GetEnvironmentVariable(Tests.Engines.DuckDb.HoldingProcess.PathVariable);
        if (path is null) return;
        using var connection = new DuckDbConnection($"Data Source={path}");
        connection.Open();
        Console.WriteLine("open");
        Console.In.ReadToEnd();
        connection.Close();
        Environment.Exit(0);
    }
}
