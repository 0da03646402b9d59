using System.Text;
using Etl.Normalise;
using Etl.Quality;
using Etl.Sources;
using Warehouse.Engines;
using Warehouse.Keys;

namespace Etl.Load;

/// <summary>A local day, and the instant where the received text tells a time (microseconds since 1970-01-01T00:00Z).</summary>
readonly record struct When(int Day, long? Instant);

/// <summary>Reads the columns of one row into a chunk and keeps the first fault that it meets.</summary>
sealed class RowReader(LoadContext context, Dictionary<string, FieldReader> fields)
{
    readonly int[] read = [.. fields.Values.OrderBy(field => field.Name, StringComparer.Ordinal).SelectMany(field => field.Places).Distinct()];
    readonly ulong feed = StableKey.Chain(0, context.Feed.Fingerprint);
    RowBatch batch = null!;
    int row;
    Rejection? fault;

    public Rejection? Fault => fault;

    public void Start(RowBatch nextBatch, int nextRow)
    {
        batch = nextBatch;
        row = nextRow;
        fault = null;
    }

    /// <summary>Hash of all that was received in the columns that the feed reads, and of the feed.</summary>
    public long ContentKey()
    {
        var chain = feed;
        foreach (var place in read) chain = StableKey.Chain(chain, batch.Field(row, place));
        return StableKey.Seal(chain);
    }

    public bool Has(string column) => fields.ContainsKey(column);

    /// <summary>The reader of a column; null where the feed does not mention it.</summary>
    public FieldReader? Field(string column) => fields.GetValueOrDefault(column);

    public ReadOnlySpan<byte> Text(FieldReader? field) => field is null ? default : field.Text(batch, row, ref fault);

    public ReadOnlySpan<byte> Received(FieldReader? field) => field is null ? default : field.Received(batch, row);

    public string? Code(FieldReader? field) => field?.Code(batch, row, ref fault);

    public bool Flag(FieldReader? field) => field is not null && field.Flag(batch, row, ref fault);

    public double? Number(FieldReader? field) => field is not null && field.Number(batch, row, out var number, ref fault) ? number : null;

    /// <summary>When something happened, or null. A derived column counts days from another.</summary>
    public When? Moment(FieldReader? field)
    {
        if (field is null) return null;
        if (field.Column.AddDays is { } sum) return Moment(Field(sum.To)) is { } from ? Later(from, sum.Days) : null;
        if (!field.Moment(batch, row, out var moment, ref fault)) return null;
        return Checked(field, moment.TimeOfDay is null ? new When(moment.Day, null) : At(moment.ToUtc(context.Zone)));
    }

    /// <summary>How the deadline is worded, where a column says so.</summary>
    public DueOperator? Wording(FieldReader? field) => Code(field) switch { "before" => DueOperator.Before, "on_or_before" => DueOperator.OnOrBefore, _ => null };

    /// <summary>A deadline: its last day, the first day at whose end an open task is overdue, and the instant where it has a time.</summary>
    public (int LastDay, int OverdueDay, long? Instant)? Deadline(FieldReader? field, DueOperator? wording)
    {
        if (field is null) return null;
        if (field.Column.AddDays is not null) return Moment(field) is { } sum ? Timed(sum) : null;
        if (!field.Moment(batch, row, out var moment, ref fault)) return null;
        if (wording is { } told) moment = moment with { Operator = told };
        if (moment.TimeOfDay is { } && Timed(At(moment.ToUtc(context.Zone))) is var timed && !(field.Column.EndOfDay && IsMidnight(moment)))
            return Checked(field, new When(timed.LastDay, timed.Instant)) is null ? null : timed;
        var lastDay = moment.TimeOfDay is null ? moment.LastDay : context.Zone.DayOf(moment.ToUtc(context.Zone));
        return Checked(field, new When(lastDay, null)) is null ? null : (lastDay, lastDay + 1, null);
    }

    public void Reject(Rejection rejection) => fault ??= rejection;

    When At(long instant) => new(context.Zone.DayOf(instant), instant);

    static (int LastDay, int OverdueDay, long? Instant) Timed(When when) =>
        when.Instant is null ? (when.Day, when.Day + 1, null) : (when.Day, when.Day, when.Instant);

    bool IsMidnight(Moment moment) => context.Zone.ToLocal(moment.ToUtc(context.Zone)) % Normalise.Moment.DayLength == 0;

    When Later(When from, int days)
    {
        if (from.Instant is not { } instant) return new(from.Day + days, null);
        var timeOfDay = context.Zone.ToLocal(instant) - from.Day * Normalise.Moment.DayLength;
        return new(from.Day + days, context.Zone.ToUtc(from.Day + days, timeOfDay));
    }

    When? Checked(FieldReader field, When when)
    {
        if (DayRange.Holds(when.Day)) return when;
        fault ??= new(Rule.OutOfRange, field.ReceivedName, DayRange.Reason, Encoding.UTF8.GetString(field.Received(batch, row)));
        return null;
    }
}

/// <summary>Setting what may be absent.</summary>
static class ChunkSetting
{
    public static void SetText(this RowChunk chunk, int column, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty) chunk.Set(column, utf8);
    }

    public static void SetWhen(this RowChunk chunk, int dayColumn, int instantColumn, When? when)
    {
        if (when is not { } known) return;
        chunk.Set(dayColumn, known.Day);
        if (instantColumn >= 0 && known.Instant is { } instant) chunk.Set(instantColumn, instant);
    }
}
