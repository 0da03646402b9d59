using System.Diagnostics;
using Tests.Engines;
using Xunit;

namespace Tests.BadInput;

/// <summary>A test that mounts a small disk; skipped, with the reason, where that is not allowed.</summary>
public sealed class MountFactAttribute : FactAttribute
{
    static readonly Lazy<string?> Refused = new(Try);

    /// <param name="engine">One that the test needs besides; empty = none.</param>
    public MountFactAttribute(string engine = "") => Skip = Refused.Value ?? (engine.Length > 0 ? TestEngine.AbsentBecause(engine) : null);

    static string? Try()
    {
        if (!OperatingSystem.IsLinux()) return "a small disk cannot be mounted: this is not Linux";
        var folder = Directory.CreateTempSubdirectory("analytics-mount-");
        try
        {
            using var disk = SmallDisk.Mount(folder.FullName, 1);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"a small disk cannot be mounted: {error.Message}";
        }
        finally
        {
            folder.Delete();
        }
    }
}

/// <summary>A disk in memory of a few megabytes, gone when disposed.</summary>
sealed class SmallDisk : IDisposable
{
    readonly string folder;

    SmallDisk(string folder) => this.folder = folder;

    /// <exception cref="InvalidOperationException">Mounting is not allowed.</exception>
    public static SmallDisk Mount(string folder, int megabytes)
    {
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        return new(folder);
    }

    public void Resize(int megabytes) => Run("mount", "-o", $"remount,size={megabytes}m", folder);

    public void Dispose() => Run("umount", "-l", folder);

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException(said.Trim());
    }
}
