using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Etl.Sources;

/// <summary>
/// Splits the bytes of a batch into records and fields where they lie (RFC 4180). A quote opens a field only as its first
/// byte: one in the middle of a plain field is text, or a single inch mark would swallow the rest of the file.
/// </summary>
/// <param name="name">The part's name, for coordinates.</param>
/// <param name="line">Number of the first line given to it.</param>
/// <param name="longest">Bytes a record may have.</param>
sealed class CsvSplitter(string name, byte separator, long line, int longest)
{
    const int Segment = 16 * 1024;
    const byte Quote = (byte)'"', Feed = (byte)'\n', Return = (byte)'\r';

    enum Within { Plain, Quoted, Closed }

    readonly int[] marks = new int[Segment];
    readonly List<(int Column, int Start, int Length)> doubled = [];

    // The record being read, which starts over when its end is not in the buffer yet.
    Within within;
    int recordStart, fieldStart, contentStart, contentEnd, next, column, innerLines;
    long openedAt;
    bool holdsDoubled, ended;
    string? fault;

    /// <summary>Number of the line that comes next: how far the part was read.</summary>
    public long Line => line;

    /// <summary>Records of nothing but separators, as spreadsheets leave below their last row; they are passed over.</summary>
    public int BareRecords { get; private set; }

    /// <summary>Fields of the last record, which the batch's columns may be too few for.</summary>
    public int FieldCount { get; private set; }

    /// <summary>Seals rows until the batch is full or its bytes hold no further whole record; returns the bytes used up.</summary>
    /// <param name="final">Nothing follows these bytes, so their end ends the last record.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a file is read before the runtime would see that this is hot
    public int Split(RowBatch batch, bool final)
    {
        ended = final;
        StartRecord(0);
        var buffer = batch.Buffer;
        for (var segment = 0; segment < batch.Length; segment += Segment)
        {
            var text = buffer.AsSpan(segment, Math.Min(Segment, batch.Length - segment));
            var found = marks.AsSpan(0, CsvMarks.Find(text, segment, separator, marks));
            for (var i = 0; i < found.Length; i++)
            {
                if (within == Within.Plain && (i = TakePlain(batch, found, i)) == found.Length) break;
                var at = found[i];
                if (buffer[at] == separator && within == Within.Closed) EndField(batch, at);
                else if (!Take(batch, buffer[at], at)) return Finish(batch);
            }
        }
        if (final && !batch.IsFull) EndText(batch);
        return Finish(batch);
    }

    /// <summary>Marks field after field while only separators come; returns the place of the first other mark. Nearly all time is spent here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // as above
    int TakePlain(RowBatch batch, ReadOnlySpan<int> found, int i)
    {
        var (allStarts, allLengths, first) = batch.Marks;
        Span<int> starts = allStarts.AsSpan(first, batch.Columns), lengths = allLengths.AsSpan(first, batch.Columns);
        var (buffer, from, to) = (batch.Buffer, fieldStart, column);
        for (; i < found.Length && buffer[found[i]] == separator; i++, to++)
        {
            if (to < lengths.Length)
            {
                starts[to] = from;
                lengths[to] = found[i] - from;
            }
            from = found[i] + 1;
        }
        (fieldStart, column) = (from, to);
        return i;
    }

    /// <summary>Acts on any mark but a separator; false where no further record can be ended.</summary>
    bool Take(RowBatch batch, byte mark, int at)
    {
        if (at < next) return true;   // the second half of CR LF or of a doubled quote
        switch (mark)
        {
            case Quote:
                return TakeQuote(batch, at);
            case Feed or Return:
                if (mark == Return && at + 1 == batch.Length && !ended) return false;
                next = mark == Return && at + 1 < batch.Length && batch.Buffer[at + 1] == Feed ? at + 2 : at + 1;
                if (within == Within.Quoted) innerLines++;
                else EndRecord(batch, at);
                return !batch.IsFull;
            case 0:
                fault ??= $"has a NUL byte in field {column + 1}";
                return true;
            default:
                return true;
        }
    }

    bool TakeQuote(RowBatch batch, int at)
    {
        if (within == Within.Plain && at == fieldStart)
        {
            within = Within.Quoted;
            contentStart = at + 1;
            openedAt = line + innerLines;
        }
        else if (within == Within.Quoted)
        {
            if (at + 1 == batch.Length && !ended) return false;
            if (at + 1 < batch.Length && batch.Buffer[at + 1] == Quote)
            {
                holdsDoubled = true;
                next = at + 2;
            }
            else
            {
                within = Within.Closed;
                contentEnd = at;
            }
        }
        return true;
    }

    void EndField(RowBatch batch, int at)
    {
        var (start, end) = (fieldStart, at);
        if (within == Within.Closed)
        {
            (start, end) = (contentStart, contentEnd);
            if (batch.Buffer.AsSpan(contentEnd + 1, at - contentEnd - 1).ContainsAnyExcept((byte)' '))
                fault ??= $"has text after the closing quote of field {column + 1} (a quote inside a field is written twice)";
        }
        if (column < batch.Columns)
        {
            batch.Mark(column, start, end - start);
            if (holdsDoubled) doubled.Add((column, start, end - start));
        }
        column++;
        within = Within.Plain;
        holdsDoubled = false;
        fieldStart = at + 1;
    }

    void EndRecord(RowBatch batch, int at)
    {
        if (at - recordStart > longest) throw TooLong();
        if (at > recordStart)
        {
            EndField(batch, at);
            FieldCount = column;
            if (at - recordStart == column - 1) BareRecords++;
            else
            {
                if (column != batch.Columns)
                    fault ??= $"has {column} {(column == 1 ? "field" : "fields")}, the header has {batch.Columns}";
                foreach (var field in doubled) Undouble(batch, field);
                batch.EndRow(line, fault);
            }
        }
        line += 1 + innerLines;
        StartRecord(next);
    }

    void EndText(RowBatch batch)
    {
        if (within == Within.Quoted)
            throw new SourceException(SourceFault.Data, $"{name} › line {openedAt}: a quote opened here is not closed before the end of the file");
        next = batch.Length;
        if (recordStart < batch.Length) EndRecord(batch, batch.Length);
    }

    void StartRecord(int at)
    {
        recordStart = fieldStart = next = at;
        column = innerLines = 0;
        within = Within.Plain;
        holdsDoubled = false;
        fault = null;
        doubled.Clear();
    }

    int Finish(RowBatch batch)
    {
        if (batch.Length - recordStart > longest && !batch.IsFull) throw TooLong();
        if (!Utf8.IsValid(batch.Buffer.AsSpan(0, recordStart))) RefuseOtherThanUtf8(batch);
        return recordStart;
    }

    SourceException TooLong() => new(SourceFault.Data, within == Within.Quoted || innerLines > 0
        ? $"{name} › line {line}: the record is longer than {longest} bytes (max_record_bytes); the quote opened in line {openedAt} may not be closed"
        : $"{name} › line {line}: the record is longer than {longest} bytes (max_record_bytes)");

    /// <summary>Closes up doubled quotes in place; what is left over becomes blanks, so that the buffer stays UTF-8.</summary>
    static void Undouble(RowBatch batch, (int Column, int Start, int Length) field)
    {
        var text = batch.Buffer.AsSpan(field.Start, field.Length);
        var (read, written) = (0, 0);
        while (read < text.Length)
        {
            var run = text[read..].IndexOf(Quote);
            run = run < 0 ? text.Length - read : run + 1;
            text.Slice(read, run).CopyTo(text[written..]);
            written += run;
            read += run + 1;
        }
        text[written..].Fill((byte)' ');
        batch.Mark(field.Column, field.Start, written);
    }

    static void RefuseOtherThanUtf8(RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
            for (var column = 0; column < batch.Columns; column++)
                if (!Utf8.IsValid(batch.Field(row, column))) batch.Refuse(row, $"field {column + 1} is not UTF-8; name the file's encoding in the feed");
    }
}
