namespace Etl.Sources;

/// <summary>One CSV file.</summary>
sealed class CsvPart : SourcePart
{
    readonly DroppedFile file;
    readonly RawFile raw;
    readonly CsvReader reader;
    bool ended;

    public CsvPart(DroppedFile file, RawFile raw, CsvReader reader, string? note)
    {
        (this.file, this.raw, this.reader) = (file, raw, reader);
        if (note is not null) Notes.Add($"{file.Name}: {note}");
    }

    public override string Name => file.Name;

    public override string Identity => file.Hash;

    public override IReadOnlyList<string> Columns => reader.Columns;

    public override DateOnly? ExtractDate => file.ExtractDate;

    public override double? Progress => ended ? 1 : raw.Progress;

    public override async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel)
    {
        if (await reader.ReadAsync(batch, cancel)) return true;
        if (ended) return false;
        ended = true;
        file.EnsureUnchanged();
        if (reader.BareRecords > 0) Notes.Add($"{file.Name}: passed over {reader.BareRecords} lines of nothing but separators");
        return false;
    }

    public override async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        raw.Close();
    }
}
