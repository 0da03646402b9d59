using Warehouse.Engines;
using Warehouse.Engines.DuckDb;

namespace Etl.Commands;

/// <summary>A warehouse's folder and engine, as the command line and the environment name them.</summary>
public sealed record Home(string Folder, string EngineName, string? Connection)
{
    /// <summary>Corrections of quarantined rows are put here.</summary>
    public string Inbox => Path.Combine(Folder, "inbox");

    /// <summary>Where the demo writes its municipal systems.</summary>
    public string Sources => Path.Combine(Folder, "sources");

    /// <exception cref="WrongUseException">There is no such engine, or it needs a connection string.</exception>
    /// <param name="byDefault">What the embedded engine may use where the environment does not say.</param>
    public IEngine OpenEngine(DuckDbSettings? byDefault = null)
    {
        try
        {
            return new EngineChoice(Folder, EngineName, Connection).Open(byDefault: byDefault);
        }
        catch (EngineChoiceException error)
        {
            throw new WrongUseException(error.Message);
        }
    }

    /// <summary>Takes the home for this run.</summary>
    /// <exception cref="HomeLockedException">Another run has it.</exception>
    public FileStream Lock()
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not DirectoryNotFoundException)
        {
            throw new HomeLockedException($"the home {Folder} is locked by another run; wait for it, or stop it", error);
        }
    }
}

/// <summary>Another run has the home: exit code 3.</summary>
public sealed class HomeLockedException(string message, Exception inner) : Exception(message, inner);

/// <summary>The command line or the configuration is wrong: exit code 2.</summary>
public sealed class WrongUseException(string message) : Exception(message);
