using Etl.Feeds;
using Etl.Quality;
using Etl.Sources;
using Warehouse.Engines;

namespace Etl.Load;

/// <summary>Turns received rows of one canonical record into rows of its raw table.</summary>
abstract class RecordMapper(LoadContext context, RowSink sink, RowReader reader)
{
    protected LoadContext Context => context;

    protected RowSink Sink => sink;

    protected RowReader Reader => reader;

    /// <summary>The keys of the batch so far. A mapper prepares the look-up of a row's key as soon as it knows it.</summary>
    public MetKeys Keys { get; } = new();

    /// <summary>The table that accepted rows go into.</summary>
    public abstract TableShape Table { get; }

    public static RecordMapper Create(LoadContext context, RowSink sink, RowReader reader, Members members) => context.Record.Kind switch
    {
        RecordKind.Task => new TaskMapper(context, sink, reader, members),
        RecordKind.TaskEvent => new TaskEventMapper(context, sink, reader, members),
        RecordKind.Agency => new AgencyMapper(context, sink, reader, members),
        RecordKind.PlanRequest => new PlanRequestMapper(context, sink, reader, members),
        RecordKind.ProgrammeChange => new ProgrammeChangeMapper(context, sink, reader, members),
        RecordKind.Conference => new ConferenceMapper(context, sink, reader, members),
        _ => new PublishedTotalMapper(context, sink, reader),
    };

    /// <summary>Key of the row within its record, for finding the same one twice; called when <see cref="Map"/> accepted it. Null where rows have no key.</summary>
    public abstract long? Key { get; }

    /// <summary>Maps a row into the open row of the table's chunk, without sealing it; the reason where it cannot be accepted.</summary>
    public Rejection? Map(RowBatch batch, int row)
    {
        reader.Start(batch, row);
        Fill(sink[Table], batch.Number(row));
        return reader.Fault;
    }

    /// <summary>Called when the row was accepted and sealed: for what else it brings into other tables.</summary>
    public virtual void Accept()
    {
    }

    protected abstract void Fill(RowChunk chunk, long number);

    /// <summary>The province that a row names, else the feed's; null where neither names one.</summary>
    protected Place? PlaceIn(FieldReader? province) =>
        reader.Text(province) is { IsEmpty: false } named ? context.PlaceNamed(named) : context.FeedPlace;
}
