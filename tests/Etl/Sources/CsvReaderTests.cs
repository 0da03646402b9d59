using System.Text;
using Etl.Sources;
using Xunit;

namespace Tests.Sources;

public sealed class CsvReaderTests
{
    sealed record Row(long Number, string? Fault, string Fields);

    /// <summary>A stream that gives few bytes at a time, so that records are cut at every place.</summary>
    sealed class Dripping(byte[] bytes, int drop) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default) =>
            base.ReadAsync(buffer[..Math.Min(drop, buffer.Length)], cancel);
    }

    static async Task<(IReadOnlyList<string> Columns, List<Row> Rows)> Read(byte[] bytes, CsvFormat? format = null, int capacity = 2048, int drop = int.MaxValue)
    {
        await using var reader = await CsvReader.OpenAsync(new Dripping(bytes, drop), "tasks.csv", format ?? new(), default);
        var rows = new List<Row>();
        var batch = new RowBatch(reader.Columns.Count, capacity);
        while (await reader.ReadAsync(batch, default))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var fields = Enumerable.Range(0, batch.Columns).Select(column => Encoding.UTF8.GetString(batch.Field(row, column)));
                rows.Add(new(batch.Number(row), batch.Fault(row), string.Join('¦', fields)));
            }
            batch.Clear();
        }
        return (reader.Columns, rows);
    }

    static async Task<List<Row>> Rows(string text) => (await Read(Encoding.UTF8.GetBytes(text))).Rows;

    static async Task<SourceException> Fault(string text, CsvFormat? format = null) =>
        await Assert.ThrowsAsync<SourceException>(() => Read(Encoding.UTF8.GetBytes(text), format));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_end_as_any_system_ends_them(string end)
    {
        var rows = await Rows($"a,b{end}1,\"x{end}y\"{end}{end}2,z{end}{end}{end}");
        Assert.Equal([new(2, null, $"1¦x{end}y"), new(5, null, "2¦z")], rows);
    }

    [Fact]
    public async Task The_last_line_needs_no_end() => Assert.Equal([new(2, null, "1¦2")], await Rows("a,b\n1,2"));

    [Fact]
    public async Task A_header_alone_has_no_rows() => Assert.Empty(await Rows("a,b\n"));

    [Fact]
    public async Task Quotes_hold_separators_and_doubled_quotes() =>
        Assert.Equal([new(2, null, "x, \"y\"¦¦\"")], await Rows("a,b,c\n\"x, \"\"y\"\"\",\"\",\"\"\"\"\n"));

    [Fact]
    public async Task A_quote_inside_a_plain_field_is_text() =>
        Assert.Equal([new(2, null, "ống 5\" dài¦1"), new(3, null, "x¦2")], await Rows("a,b\nống 5\" dài,1\nx,2\n"));

    [Fact]
    public async Task Text_after_a_closing_quote_is_the_rows_fault()
    {
        var rows = await Rows("a,b\n\"x\"y,1\n\"z\" ,2\n");
        Assert.Equal("has text after the closing quote of field 1 (a quote inside a field is written twice)", rows[0].Fault);
        Assert.Equal(new(3, null, "z¦2"), rows[1]);
    }

    [Fact]
    public async Task A_row_with_too_few_or_too_many_fields_has_a_fault_and_the_next_one_has_not()
    {
        var rows = await Rows("a,b,c\n1,2\n1,2,3,4\n1\n1,2,3\n");
        Assert.Equal(["has 2 fields, the header has 3", "has 4 fields, the header has 3", "has 1 field, the header has 3", null], rows.Select(row => row.Fault));
        Assert.Equal([2L, 3, 4, 5], rows.Select(row => row.Number));
    }

    [Fact]
    public async Task A_NUL_byte_is_the_rows_fault() =>
        Assert.Equal(["has a NUL byte in field 2", null], (await Rows("a,b\n1,x\0y\n2,z\n")).Select(row => row.Fault));

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_the_rows_fault()
    {
        var (_, rows) = await Read([.. "a,b\n1,x\n2,"u8, 0xB5, .. "\n3,z\n"u8]);
        Assert.Equal([null, "field 2 is not UTF-8; name the file's encoding in the feed", null], rows.Select(row => row.Fault));
    }

    [Fact]
    public async Task Lines_of_nothing_but_separators_are_passed_over() =>
        Assert.Equal([new(2, null, "1¦2")], await Rows("a;b\n1;2\n;\n;\n"));

    [Fact]
    public async Task A_quote_never_closed_names_the_line_where_it_was_opened()
    {
        var fault = await Fault("a,b\n1,\"x\ny\"\n2,3\n4,\"z\n5,6\n");
        Assert.Equal((SourceFault.Data, "tasks.csv › line 5: a quote opened here is not closed before the end of the file"), (fault.Fault, fault.Message));
    }

    [Fact]
    public async Task Two_columns_with_one_name_are_refused() =>
        Assert.Equal("tasks.csv › line 1: columns 2 and 4 have one name, 'b'", (await Fault("a,b,c, b \n1,2,3,4\n")).Message);

    [Fact]
    public async Task Columns_without_a_name_may_be_several() => Assert.Equal(["a", "", ""], (await Read("a,,\n1,,\n"u8.ToArray())).Columns);

    [Theory]
    [InlineData("a;b\n1,5;2,5\n3,5;4\n", "1,5¦2,5")]
    [InlineData("a\tb\nx, y\tz\n", "x, y¦z")]
    [InlineData("a|b\n1|2\n", "1¦2")]
    [InlineData("\"a;b;c\",d\n\"1;2;3\",4\n", "1;2;3¦4")]
    [InlineData("a\nx\n", "x")]
    public async Task The_separator_is_the_one_that_makes_the_rows_alike(string text, string first) => Assert.Equal(first, (await Rows(text))[0].Fields);

    [Fact]
    public async Task Titles_may_stand_above_the_header()
    {
        var (columns, rows) = await Read("BÁO CÁO, quý I\r\n\r\na,b\r\n1,2\r\n"u8.ToArray(), new(HeaderRow: 3));
        Assert.Equal(["a", "b"], columns);
        Assert.Equal([new(4, null, "1¦2")], rows);
        Assert.Equal("tasks.csv: has 2 lines, its header is expected in line 9", (await Fault("a,b\n1,2\n", new(HeaderRow: 9))).Message);
    }

    [Fact]
    public async Task A_record_longer_than_allowed_is_refused_where_it_starts()
    {
        var fault = await Fault("a,b\n1,2\n3," + new string('x', 100_000), new(MaxRecordBytes: 50_000));
        Assert.Equal($"tasks.csv › line 3: the record is longer than 50000 bytes (max_record_bytes)", fault.Message);
        fault = await Fault("a,b\n1,2\n3,\"" + new string('x', 1_000_000), new(MaxRecordBytes: 50_000));
        Assert.Equal($"tasks.csv › line 3: the record is longer than 50000 bytes (max_record_bytes); the quote opened in line 3 may not be closed", fault.Message);
    }

    [Fact]
    public async Task A_line_of_200_MB_is_refused_without_being_held()
    {
        await using var reader = await CsvReader.OpenAsync(new Endless(200_000_000), "tasks.csv", new(), default);
        var batch = new RowBatch(1);
        var fault = await Assert.ThrowsAsync<SourceException>(async () => await reader.ReadAsync(batch, default));
        Assert.StartsWith("tasks.csv › line 2: the record is longer than ", fault.Message);
        Assert.True(batch.Buffer.Length <= 64 << 20, $"{batch.Buffer.Length} bytes were held");
    }

    /// <summary>A header, then one long line.</summary>
    sealed class Endless(long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, count).Fill((byte)'x');
            if (Position == 0) "a\n"u8.CopyTo(buffer.AsSpan(offset));
            Position += count;
            return count;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>Made-up records against a reader as simple as can be: a byte of the text after the other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Any_text_is_split_as_a_byte_by_byte_reader_splits_it(int seed)
    {
        var random = new Random(seed);
        string[] pieces = ["x", "ề", ",", "\"\"", "\n", "\r\n", "một đoạn văn bản dài hơn ba mươi hai byte", ";", " "];
        var (text, expected) = (new StringBuilder("a,b,c\n"), new List<string>());
        for (var row = 0; row < 20_000; row++)
        {
            var fields = Enumerable.Range(0, 3).Select(_ => string.Concat(random.GetItems(pieces, random.Next(6)))).ToArray();
            fields[0] = row + fields[0];
            text.AppendJoin(',', fields.Select(field => $"\"{field}\"")).Append(row % 2 == 0 ? "\n" : "\r\n");
            expected.Add(string.Join('¦', fields).Replace("\"\"", "\""));
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        foreach (var (capacity, drop) in new[] { (2048, int.MaxValue), (7, 100_000), (500, 4_097) })
        {
            var rows = (await Read(bytes, new((byte)','), capacity, drop)).Rows;
            Assert.Equal(expected, rows.Select(row => row.Fields));
            Assert.All(rows, row => Assert.Null(row.Fault));
        }
    }
}
