using System.IO.Compression;
using System.Text;
using Xunit;

namespace Tests.BadInput;

/// <summary>Files that cannot be loaded: each stops its own load only, says why, and is loaded once it is repaired.</summary>
public sealed class CsvFilesTests(CsvFilesTests.Loads loads) : IClassFixture<CsvFilesTests.Loads>
{
    const string Columns = "ASSIGNED,DUE,UNIT,TITLE\n";

    static readonly byte[] Long = Enumerable.Repeat((byte)'x', 200_000_000).ToArray();

    static readonly (string File, Func<byte[]> Bytes)[] Bad =
    [
        ("task_empty.csv", () => []),
        ("task_blank.csv", () => "\n  \r\n"u8.ToArray()),
        ("task_lacks_a_column.csv", () => Text("ID,ASSIGNED,UNIT,TITLE\n21,2025-01-06,Sở Xây dựng,Việc\n")),
        ("task_renamed.csv", () => Text("MA_SO," + Columns + Board.Rows(31, 1))),
        ("task_twice_named.csv", () => Text("ID,ID," + Columns + "41," + Board.Rows(41, 1))),
        ("task_cut.csv.gz", () => Packed(Text(Board.Head + Board.Rows(51, 20_000)))[..^4000]),
        ("task_open_quote.csv", () => Text(Board.Head + "61,2025-01-06,2025-02-01,\"Sở Xây dựng,Việc\n")),
        ("task_long_line.csv.gz", () => Packed(Text(Board.Head), Long)),
        ("task_long_head.csv.gz", () => Packed(Long[..17_000_000])),
        ("task_nul.csv", () => Text(Board.Head + "71\0,2025-01-06,2025-02-01,Sở Xây dựng,Việc\n")),
    ];

    /// <summary>A good load, one of bad files only, and one of the same files repaired.</summary>
    public sealed class Loads : IAsyncLifetime
    {
        readonly Board board = new Board().Feed();

        internal Ended Failed { get; private set; } = null!;
        internal Ended Repaired { get; private set; } = null!;
        internal string Before { get; private set; } = "";
        internal string After { get; private set; } = "";
        internal IReadOnlyList<string> Tasks { get; private set; } = [];

        public async Task InitializeAsync()
        {
            board.Write("task_0.csv", Board.Head + Board.Rows(1, 3));
            await board.RunWellAsync();
            Before = await board.PublishedAsync();
            foreach (var (file, bytes) in Bad) board.Write(file, bytes());
            Failed = await board.RunAsync();
            After = await board.PublishedAsync();
            foreach (var (i, (file, _)) in Bad.Index()) board.Write(file, Board.Head + Board.Rows(100 + i, 1));
            Repaired = await board.RunAsync();
            Tasks = await board.TasksAsync();
        }

        public Task DisposeAsync()
        {
            board.Dispose();
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("task_empty.csv: file is empty: no header line")]
    [InlineData("task_blank.csv: file is empty: no header line")]
    [InlineData("task_lacks_a_column.csv: column 'DUE' (for due) is missing; the part has ID, ASSIGNED, UNIT, TITLE")]
    [InlineData("task_renamed.csv: column 'ID' or 'CODE' (for task_id) is missing; the part has MA_SO, ASSIGNED, DUE, UNIT, TITLE")]
    [InlineData("task_twice_named.csv › line 1: columns 1 and 2 have one name, 'ID'")]
    [InlineData("task_open_quote.csv › line 2: a quote opened here is not closed before the end of the file")]
    [InlineData("task_nul.csv: holds NUL bytes and so is not text (the first in line 2)")]
    [InlineData("task_long_line.csv.gz › line 2: the record is longer than 16777216 bytes (max_record_bytes)")]
    [InlineData("task_long_head.csv.gz › line 1: the record is longer than 16777216 bytes (max_record_bytes)")]
    public void A_file_that_cannot_be_read_is_named_with_the_place(string told) => Assert.Contains($"board › task: FAILED: {told}", loads.Failed.Complaints);

    [Fact]
    public void A_packed_file_that_is_cut_short_is_named_with_the_line() =>
        Assert.Matches(@"FAILED: task_cut\.csv\.gz › line \d{3,}: the file is cut short or damaged here", loads.Failed.Complaints);

    [Fact]
    public void Nothing_of_them_is_published()
    {
        Assert.Equal(1, loads.Failed.Code);
        Assert.Equal(loads.Before, loads.After);
    }

    [Fact]
    public void A_line_without_an_end_does_not_fill_the_memory() => Assert.InRange(loads.Failed.PeakBytes, 1, 600_000_000);

    [Fact]
    public void A_repaired_file_is_loaded()
    {
        Assert.True(loads.Repaired.Code == 0, loads.Repaired.All);
        Assert.Equal(["1", .. Bad.Select((_, i) => $"{100 + i}"), "2", "3"], loads.Tasks);
    }

    static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Packed(params byte[][] pieces)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            foreach (var piece in pieces) gzip.Write(piece);
        return packed.ToArray();
    }
}
