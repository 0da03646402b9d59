using System.Data.Common;

namespace Warehouse.Engines.DuckDb;

/// <summary>An error that DuckDB reported, in its own words, preceded by where it happened.</summary>
public sealed class DuckDbException(string message, Exception? inner = null) : DbException(message, inner)
{
    /// <summary>Another process holds the database file: trying again later, or reading only, may succeed.</summary>
    public bool IsLockConflict { get; private init; }

    /// <summary>The work was stopped by <see cref="DuckDbCommand.Cancel"/> or by its time limit.</summary>
    public bool IsInterrupted { get; private init; }

    public override bool IsTransient => IsLockConflict;

    /// <summary>An error while opening a database.</summary>
    internal static DuckDbException Opening(string path, string reason) => new($"database '{path}': {reason}")
    {
        // The C interface has no error code for this; the words are those of local_file_system.cpp for Unix and Windows.
        IsLockConflict = reason.Contains("Could not set lock on file") || reason.Contains("being used by another process"),
    };

    /// <summary>An error while running SQL.</summary>
    internal static DuckDbException Running(string reason, Exception? inner = null) =>
        new(reason, inner) { IsInterrupted = IsInterrupt(reason) };

    /// <summary>Whether DuckDB says that it stopped because it was asked to.</summary>
    internal static bool IsInterrupt(string reason) => reason.StartsWith("INTERRUPT Error", StringComparison.Ordinal);
}
