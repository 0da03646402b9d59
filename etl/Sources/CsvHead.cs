using System.Text;

namespace Etl.Sources;

/// <summary>The start of a CSV file: its separator, its column names, and the bytes behind them that were read along.</summary>
sealed record CsvHead(byte Separator, IReadOnlyList<string> Columns, byte[] Rest, long NextLine, bool Ended)
{
    const int FirstBlock = 64 * 1024;

    public static async Task<CsvHead> ReadAsync(Stream utf8, string name, CsvFormat format, CancellationToken cancel)
    {
        var bytes = Array.Empty<byte>();
        var ended = false;
        for (var size = FirstBlock; ; size *= 2)
        {
            (bytes, ended) = await GrowAsync(utf8, name, bytes, size, cancel);
            if (Parse(bytes, name, format, ended) is { } head) return head;
        }
    }

    static async Task<(byte[] Bytes, bool Ended)> GrowAsync(Stream utf8, string name, byte[] bytes, int size, CancellationToken cancel)
    {
        var had = bytes.Length;
        Array.Resize(ref bytes, size);
        try
        {
            var length = had + await utf8.ReadAtLeastAsync(bytes.AsMemory(had), size - had, throwOnEndOfStream: false, cancel);
            Array.Resize(ref bytes, length);
            return (bytes, length < size);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new SourceException(SourceFault.Data, $"{name} › line 1: the file is cut short or damaged here ({e.Message})", e);
        }
    }

    /// <summary>Null where the header's end is not among the bytes yet.</summary>
    static CsvHead? Parse(byte[] bytes, string name, CsvFormat format, bool ended)
    {
        var start = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        if (ended && bytes.AsSpan(start).IndexOfAnyExcept(" \t\r\n"u8) < 0)
            throw new SourceException(SourceFault.Data, $"{name}: file is empty: no header line");
        for (var line = 1; line < format.HeaderRow; line++)
        {
            var end = bytes.AsSpan(start).IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0 || start + end + 1 >= bytes.Length)
                return ended ? throw new SourceException(SourceFault.Data, $"{name}: has {line} lines, its header is expected in line {format.HeaderRow}") : null;
            start += end + (bytes.AsSpan(start + end).StartsWith("\r\n"u8) ? 2 : 1);
        }
        var text = bytes.AsSpan(start);
        var separator = format.Separator ?? CsvSeparator.Guess(text);
        var splitter = new CsvSplitter(name, separator, format.HeaderRow, format.MaxRecordBytes);
        var row = new RowBatch(text.Count(separator) + 1, 1);
        row.Reserve(text.Length);
        text.CopyTo(row.Buffer);
        row.Length = text.Length;
        var used = splitter.Split(row, ended);
        if (row.Count == 0)
            return ended ? throw new SourceException(SourceFault.Data, $"{name}: no header line in or after line {format.HeaderRow}") : null;
        return new(separator, ColumnNames.Of($"{name} › line {row.Number(0)}", Fields(row, splitter.FieldCount)), text[used..].ToArray(), splitter.Line, ended);
    }

    static IEnumerable<string> Fields(RowBatch row, int count) =>
        Enumerable.Range(0, count).Select(column => Encoding.UTF8.GetString(row.Field(0, column)));
}
