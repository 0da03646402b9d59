using System.Diagnostics;

namespace Tests.Engines;

/// <summary>The programs of a PostgreSQL installation, and the unprivileged user they run as: they refuse to run as root.</summary>
sealed class PostgresPrograms
{
    static readonly string[] Users = ["postgres", "nobody"];

    static readonly string[] Needed = ["initdb", "pg_ctl", "pg_basebackup"];

    readonly string bin;
    readonly string? user;

    PostgresPrograms(string bin, string? user)
    {
        this.bin = bin;
        this.user = user;
    }

    /// <returns>Why there are none; null where there are.</returns>
    public static string? Find(out PostgresPrograms? programs)
    {
        programs = null;
        if (OperatingSystem.IsWindows()) return "PostgreSQL is absent: on Windows the tests start no server";
        var bin = Folders().FirstOrDefault(folder => Needed.All(program => File.Exists(Path.Combine(folder, program))));
        if (bin is null) return "PostgreSQL is absent: initdb, pg_ctl and pg_basebackup are neither on the path nor in /usr/lib/postgresql (Debian: apt install postgresql)";
        string? user = null;
        if (Environment.IsPrivilegedProcess)
        {
            user = Array.Find(Users, Exists);
            if (user is null || !OnPath("runuser")) return "PostgreSQL cannot start: it refuses to run as root, and runuser with a user postgres or nobody is missing";
        }
        programs = new(bin, user);
        return null;
    }

    /// <summary>Gives a folder to the user that the server runs as.</summary>
    public async Task OwnAsync(string folder)
    {
        if (user is not null) await RunAsync(Start(folder, "chown", [user, folder]), "chown");
    }

    /// <exception cref="InvalidOperationException">The program failed; the message says what it printed.</exception>
    public Task RunAsync(string folder, string program, params string[] arguments) => RunAsync(StartAsUser(folder, Path.Combine(bin, program), arguments), program);

    /// <summary>A process that waits for the end of this one, then stops the server and removes its folder. It outlives a test run that is killed.</summary>
    public Process Guard(string folder, string data)
    {
        const string Script = """trap '' INT TERM HUP; exec > /dev/null 2>&1; cat; "$1" -D "$2" -m immediate -w stop; rm -rf "$3" """;
        return StartAsUser(folder, "sh", ["-c", Script, "guard", Path.Combine(bin, "pg_ctl"), data, folder]);
    }

    Process StartAsUser(string folder, string program, string[] arguments) =>
        user is null ? Start(folder, program, arguments) : Start(folder, "runuser", ["-u", user, "--", program, .. arguments]);

    static Process Start(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    static async Task RunAsync(Process process, string program)
    {
        using (process)
        {
            process.StandardInput.Close();
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed with code {process.ExitCode}: {string.Join('\n', said).Trim()}");
        }
    }

    static IEnumerable<string> Folders()
    {
        foreach (var folder in SearchPath()) yield return folder;
        const string Debian = "/usr/lib/postgresql";
        if (!Directory.Exists(Debian)) yield break;
        foreach (var version in Directory.EnumerateDirectories(Debian).OrderByDescending(Number)) yield return Path.Combine(version, "bin");
    }

    static int Number(string folder) => int.TryParse(Path.GetFileName(folder), out var number) ? number : 0;

    static string[] SearchPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    static bool OnPath(string program) => SearchPath().Any(folder => File.Exists(Path.Combine(folder, program)));

    static bool Exists(string user) => File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ":", StringComparison.Ordinal));
}
