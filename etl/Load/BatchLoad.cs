using Etl.Feeds;
using Etl.Normalise;
using Etl.Quality;
using Etl.Sources;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>The counts of one batch. Received = accepted + quarantined + withheld, always.</summary>
public sealed record BatchCounts(long Received, long Accepted, long Quarantined, long Withheld);

/// <summary>Loads one part: reads, normalises, judges and appends its rows, on one screen.</summary>
sealed class BatchLoad
{
    const int ReasonsTold = 5;

    readonly LoadContext context;
    readonly SourcePart part;
    readonly RowSink sink;
    readonly KeySet withheldTasks;
    readonly IReadOnlyList<string> columns;
    readonly RowReader reader;
    readonly RecordMapper mapper;
    readonly FieldReader? secrecy;
    readonly List<string> reasons = [];
    long received, accepted, quarantined, withheld;

    public BatchLoad(LoadContext context, SourcePart part, RowSink sink, KeySet withheldTasks)
    {
        this.context = context;
        this.part = part;
        this.sink = sink;
        this.withheldTasks = withheldTasks;
        columns = context.Font is { } font ? [.. part.Columns.Select(name => Encodings.Repair(name, font))] : part.Columns;
        reader = new RowReader(context, FieldReader.ForPart(context.Record, part.Name, columns, context.Font));
        mapper = RecordMapper.Create(context, sink, reader, new Members(context, sink));
        secrecy = reader.Field("secrecy");
        NoteUnreadColumns();
    }

    /// <summary>False in a replay: a row refused again stays in quarantine as it is, and is not received a second time.</summary>
    public bool KeepsRefused { get; init; } = true;

    /// <summary>Told the ordinal of each row that was accepted or withheld.</summary>
    public Action<int>? Kept { get; init; }

    public BatchCounts Counts => new(received, accepted, quarantined, withheld);

    /// <summary>The first rows refused, with their coordinates.</summary>
    public IReadOnlyList<string> Reasons => reasons;

    /// <exception cref="SourceException">The part is cut short or unreadable, or more rows were refused than the feed allows.</exception>
    public async Task RunAsync(Action<long>? progress, CancellationToken cancel)
    {
        using var keys = mapper.Keys;
        var (batch, next) = (new RowBatch(columns.Count), new RowBatch(columns.Count));
        var ordinal = 0;
        var reading = ReadAheadAsync(batch, cancel);
        while (await reading)
        {
            reading = ReadAheadAsync(next, cancel);
            try
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    received++;
                    if (Judge(batch, row)) Kept?.Invoke(ordinal);
                    ordinal++;
                    await sink.PassOnAsync();
                }
            }
            catch
            {
                // The part must not be left behind while it is being read.
                await Task.WhenAny(reading);
                throw;
            }
            progress?.Invoke(received);
            batch.Clear();
            (batch, next) = (next, batch);
        }
        if (!context.Feed.MaxRejected.IsExceeded(quarantined, received)) return;
        throw new SourceException(SourceFault.Data,
            $"{part.Name}: {quarantined} of {received} rows were refused, more than the {context.Feed.MaxRejected} that feed '{context.Feed.Name}' allows; nothing of it was loaded. First: {string.Join("; ", reasons)}");
    }

    /// <summary>The next rows are read and split while those before them are judged.</summary>
    Task<bool> ReadAheadAsync(RowBatch into, CancellationToken cancel) => Task.Run(async () => await part.ReadAsync(into, cancel), cancel);

    /// <summary>True when the row was accepted or withheld, false when it was refused.</summary>
    bool Judge(RowBatch batch, int row)
    {
        if (IsWithheld(batch, row, out var doubt))
        {
            withheld++;
            return true;
        }
        var rejection = doubt ?? (batch.Fault(row) is { } fault ? new Rejection(Rule.Malformed, "", fault, "") : Accept(batch, row));
        if (rejection is null) return true;
        if (!KeepsRefused)
        {
            received--;
            return false;
        }
        quarantined++;
        if (reasons.Count < ReasonsTold) reasons.Add((doubt is null ? rejection : rejection with { Received = "" }).At(part.Name, batch.Number(row)));
        QuarantineRow.Write(sink[RawTables.Quarantine], context.LoadKey, context.SourceKey, context.Record.Name, batch, row, columns, ReadableKey(batch, row), rejection, keepsContent: doubt is null);
        return false;
    }

    Rejection? Accept(RowBatch batch, int row)
    {
        var rejection = mapper.Map(batch, row);
        if (rejection is null && mapper.Key is { } key && !mapper.Keys.Add(key))
            rejection = new(Rule.DuplicateKey, "", "repeats the key of an earlier row of the same part", "");
        if (rejection is not null)
        {
            sink[mapper.Table].DropRow();
            return rejection;
        }
        sink[mapper.Table].EndRow();
        accepted++;
        mapper.Accept();
        return null;
    }

    /// <summary>Secret rows are counted and nothing else of them is kept; a level that nobody knows is refused without its content.</summary>
    bool IsWithheld(RowBatch batch, int row, out Rejection? doubt)
    {
        doubt = null;
        if (context.Record.Kind == RecordKind.TaskEvent) return IsOfWithheldTask(batch, row, out doubt);
        if (context.Record.Kind == RecordKind.ProgrammeChange && IsOfWithheldTask(batch, row, out doubt)) return true;
        if (doubt is not null || secrecy is null) return false;
        if (batch.Fault(row) is { } fault)
        {
            if (!MayBeSecret(batch, row))
            {
                doubt = InDoubt(fault);
                return false;
            }
            Withhold(batch, row);
            return true;
        }
        var level = Secrecy.IsWithheld(secrecy.Received(batch, row));
        if (!level.Ok)
        {
            doubt = new(Rule.UnknownSecrecy, secrecy.ReceivedName, level.Reason! + "; the content is not kept until it is known", "");
            return false;
        }
        if (level.Value) Withhold(batch, row);
        return level.Value;
    }

    /// <summary>Judged before the event is mapped: mapping keeps the names that it meets, and a faulty event is no less secret.</summary>
    bool IsOfWithheldTask(RowBatch batch, int row, out Rejection? doubt)
    {
        doubt = null;
        if (withheldTasks.IsEmpty || reader.Field("task_id") is not { } id) return false;
        if (batch.Fault(row) is not { } fault) return withheldTasks.Contains(TaskKey(id.Received(batch, row)));
        for (var i = 0; i < columns.Count; i++)
            if (withheldTasks.Contains(TaskKey(batch.Field(row, i)))) return true;
        doubt = InDoubt(fault);
        return false;
    }

    /// <summary>A row whose fields cannot be told apart may say that it is secret in a piece that nobody sees.</summary>
    static Rejection InDoubt(string fault) => new(Rule.Malformed, "", fault + "; the content is not kept, for it may be secret", "");

    long TaskKey(ReadOnlySpan<byte> received) => context.TaskKey(Text.Clean(received, TextKind.Name).Utf8);

    /// <summary>The task of a refused row: an extract that has it, however badly, does not leave it out.</summary>
    long? ReadableKey(RowBatch batch, int row) =>
        batch.Fault(row) is null && reader.Field("task_id") is { } id && id.Received(batch, row) is { IsEmpty: false } received ? TaskKey(received) : null;

    /// <summary>A row that cannot be told apart into fields: secret if any piece of it says so.</summary>
    bool MayBeSecret(RowBatch batch, int row)
    {
        for (var i = 0; i < columns.Count; i++)
            if (Secrecy.IsWithheld(batch.Field(row, i)) is { Ok: true, Value: true }) return true;
        return false;
    }

    void Withhold(RowBatch batch, int row)
    {
        if (reader.Field("task_id") is not { } id || context.Record.Kind != RecordKind.Task) return;
        var key = TaskKey(id.Received(batch, row));
        if (!withheldTasks.Add(key)) return;
        var chunk = sink[RawTables.WithheldTask];
        chunk.Set(0, key);
        chunk.Set(1, context.LoadKey);
        chunk.Set(2, context.SourceKey);
        chunk.EndRow();
    }

    void NoteUnreadColumns()
    {
        var read = context.Record.Columns.SelectMany(column => column.From.Concat(column.Concat)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A column that says that rows are generated says what the feed says already.
        var unread = columns.Where(column => !read.Contains(column) && column != "generated").ToList();
        if (unread.Count > 0) part.Notes.Add($"columns that the feed does not read: {string.Join(", ", unread)}");
    }
}
