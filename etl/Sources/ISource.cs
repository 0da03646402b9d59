namespace Etl.Sources;

/// <summary>A kind of connection: what a feed's rows are read from. Four exist: SQL database, workbook, REST API, CSV folder.</summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>
    /// The parts of a record that may hold rows not loaded yet, oldest first: files, sheets, one window of a query or
    /// of an API resource. Nothing of a part but its head is read before <see cref="SourcePart.ReadAsync"/>.
    /// </summary>
    /// <param name="request">Which record, and how far it was loaded before.</param>
    /// <exception cref="SourceException">The source cannot be reached, or answers something that is not data.</exception>
    IAsyncEnumerable<SourcePart> FindPartsAsync(PartRequest request, CancellationToken cancel);

    /// <summary>How often a record is tried in one run where a failure may pass (<see cref="SourceException.MayPass"/>). 1 where the source itself tries again.</summary>
    int Attempts => 1;
}

/// <summary>What the loader asks of a source for one record of a feed.</summary>
/// <param name="Record">Name of the record in the feed, for messages.</param>
/// <param name="From">The record's own settings of where its rows are (query, sheet, path, file pattern).</param>
/// <param name="Watermark">The greatest watermark value loaded so far, as text; null before the first load or where the record has none.</param>
/// <param name="Wanted">The column names (in JSON: paths) that the feed reads; a source whose rows have no header of their own delivers exactly these.</param>
/// <param name="IsLoaded">Tells whether a part with this identity was loaded before, so that it need not be read again.</param>
public sealed record PartRequest(
    string Record, IReadOnlyDictionary<string, string> From, string? Watermark,
    IReadOnlyList<string> Wanted, Func<string, bool> IsLoaded)
{
    /// <summary>Takes what is worth telling about things that become no part: a file still being written, an empty sheet.</summary>
    public Action<string> Note { get; init; } = static _ => { };
}

/// <summary>What loads as a unit: all of its rows are kept or none.</summary>
public abstract class SourcePart : IAsyncDisposable
{
    /// <summary>For people and for coordinates: "tasks_2023.csv", "nhiem_vu_2019.xlsx › sheet 'T3'", "GET /tasks since 2026-01-31".</summary>
    public abstract string Name { get; }

    /// <summary>What makes the same part the same again: a content hash (hex), or the window of a query.</summary>
    public abstract string Identity { get; }

    /// <summary>Column names as found, in the order of the fields.</summary>
    /// <exception cref="SourceException">The part has no readable head; the parts after it may still be well.</exception>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The day of the extract where the source tells it (in the file's name, in the answer); null lets the newest instant in the rows decide.</summary>
    public virtual DateOnly? ExtractDate => null;

    /// <summary>What changed since a watermark, as opposed to a file or sheet: when that is nothing, there is nothing to keep a record of.</summary>
    public virtual bool IsWindow => false;

    /// <summary>Rows in the part where that is known beforehand, for progress bars.</summary>
    public virtual long? ExpectedRows => null;

    /// <summary>How much of the part has been read, 0 to 1, for progress bars; null where unknown.</summary>
    public virtual double? Progress => null;

    /// <summary>
    /// The greatest value of the watermark column in the rows read so far, as text to be given back as
    /// <see cref="PartRequest.Watermark"/>; null where the source was given no such column.
    /// </summary>
    public virtual string? Watermark => null;

    /// <summary>How often the source was asked for what it was asked for most often; 1 where it answered at once.</summary>
    public virtual int Attempts => 1;

    /// <summary>Things worth telling that are no errors: an encoding that was guessed, a column that no rule mentions.</summary>
    public IList<string> Notes { get; } = [];

    /// <summary>Fills the batch (which is empty) with the next rows; false when there are none left.</summary>
    /// <exception cref="SourceException">The part is cut short, unreadable or no longer reachable; the message carries coordinates.</exception>
    public abstract ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>What went wrong with a source, and so which exit code it means.</summary>
public enum SourceFault
{
    /// <summary>The data are not what the feed promises: cut short, not a workbook, HTML instead of JSON (exit code 1).</summary>
    Data,
    /// <summary>Wrong use or configuration: a setting is missing, a token is refused, a folder does not exist (exit code 2).</summary>
    Configuration,
    /// <summary>A system that is needed is absent or went away (exit code 3).</summary>
    Absent,
}

/// <summary>A source failed as a whole (a single bad row is no exception: it goes to quarantine). The message names the place and what to do.</summary>
public sealed class SourceException(SourceFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public SourceFault Fault => fault;

    /// <summary>Another try in a moment may succeed, and the source has not made it itself.</summary>
    public bool MayPass { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; } = 1;
}
