namespace Warehouse.Engines;

/// <summary>The steps of a run between which it may die: each leaves another state behind, from which the next run has to start.</summary>
public enum Milestone
{
    /// <summary>DuckDB: the published file is copied, and not yet under the idle one's name.</summary>
    FileCopied,
    /// <summary>DuckDB: the idle file is about to catch up by blocks; a mark says so.</summary>
    CatchUpMarked,
    /// <summary>DuckDB: the first block of the idle file was written.</summary>
    BlockWritten,
    /// <summary>DuckDB: all blocks are written, the headers are those of before.</summary>
    HeadersPending,
    /// <summary>DuckDB: the idle file is equal; the mark still stands.</summary>
    CaughtUp,
    /// <summary>All rows of a part were read and written, in the transaction of its load.</summary>
    PartRead,
    /// <summary>Everything that belongs to the part is written, its watermark too.</summary>
    PartSettled,
    /// <summary>The first part is kept, the next ones are not.</summary>
    PartCommitted,
    /// <summary>All parts are loaded.</summary>
    Loaded,
    /// <summary>An increment begins: the ledger of the slot is struck out.</summary>
    LedgerStruckOut,
    /// <summary>The rows of the tasks concerned are deleted from a table, the new ones not yet there.</summary>
    SliceDeleted,
    /// <summary>All tables of an increment stand, the ledger does not say so.</summary>
    SliceBuilt,
    /// <summary>Everything is built: the layers are empty.</summary>
    LayersEmptied,
    /// <summary>Everything is built: a first table stands.</summary>
    TableBuilt,
    /// <summary>Build is over.</summary>
    Built,
    /// <summary>The checks passed; nothing is noted yet.</summary>
    Checked,
    /// <summary>The slot is ready for publication.</summary>
    Tidied,
    /// <summary>DuckDB: the file knows its number, its log is not yet written into it.</summary>
    BeforeCheckpoint,
    /// <summary>DuckDB: the file is whole and closed.</summary>
    AfterCheckpoint,
    /// <summary>The new pointer is written, and seen by nobody.</summary>
    BeforeSwitch,
    /// <summary>Readers see the new state; the run has said nothing about it.</summary>
    AfterSwitch,
}

/// <summary>
/// Lets tests hold the real program at a step, to kill it there, fill its disk or end its connection: it says on standard error
/// which step it reached and waits for a line on its standard input. Without a step asked for this is one comparison.
/// </summary>
public sealed class Milestones(Milestone? holdAt = null)
{
    bool wasReached;

    /// <summary>Holds at a step named as in <see cref="Milestone"/>; null holds nowhere.</summary>
    /// <exception cref="EngineChoiceException">There is no such step.</exception>
    public static Milestones Named(string? name) => name is null ? new()
        : Enum.TryParse<Milestone>(name, out var step) ? new(step) : throw new EngineChoiceException($"there is no step '{name}' to hold at");

    /// <summary>Says that a step was reached; held is its first time only.</summary>
    public void Reach(Milestone step)
    {
        if (step != holdAt || wasReached) return;
        wasReached = true;
        Console.Error.WriteLine($"held at {step}");
        Console.In.ReadLine();
    }
}
