namespace Etl.Sources;

/// <summary>
/// A part that was found but cannot be read at all. It is delivered all the same, and throws when it is used, so that one
/// bad file stops its own load and not those of the files after it.
/// </summary>
sealed class UnreadablePart(string name, string identity, SourceException fault) : SourcePart
{
    public override string Name => name;

    public override string Identity => identity;

    public override IReadOnlyList<string> Columns => throw fault;

    public override ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel) => ValueTask.FromException<bool>(fault);
}
