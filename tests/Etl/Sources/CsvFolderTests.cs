using System.IO.Compression;
using System.Text;
using Etl.Sources;
using Xunit;

namespace Tests.Sources;

public sealed class CsvFolderTests : SourceTest
{
    CsvFolder Csv(params (string Name, string Value)[] settings) =>
        new(settings.Append(("folder", Folder)).Prepend(("settle_seconds", "0")).DistinctBy(setting => setting.Item1).ToDictionary());

    static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    [Fact]
    public async Task A_file_is_a_part_with_its_columns_and_rows()
    {
        Write("tasks.csv", "mã,tên\n1,Sở Tài chính\n2,\n");
        var part = await PartOf(Csv());
        Assert.Equal("tasks.csv", part.Name);
        Assert.Equal(["mã", "tên"], part.Columns);
        var rows = await RowsOf(part);
        Assert.Equal([2L, 3L], rows.Select(row => row.Number));
        Assert.Equal(["1", "Sở Tài chính"], rows[0].Fields);
        Assert.Equal(["2", ""], rows[1].Fields);
        Assert.Equal(1, part.Progress);
    }

    [Fact]
    public async Task The_same_content_is_loaded_once_whatever_its_name()
    {
        Write("a.csv", "id\n1\n");
        Write("b.csv", "id\n1\n");
        Write("c.csv", "id\n2\n");
        var parts = await PartsOf(Csv(), Request());
        Assert.Equal(parts[0].Identity, parts[1].Identity);
        var left = await PartsOf(Csv(), Request(loaded: [parts[0].Identity]));
        Assert.Equal(["c.csv"], left.Select(part => part.Name));
    }

    [Fact]
    public async Task Gzip_is_told_by_its_bytes_not_by_its_name()
    {
        Write("packed.csv", Gzip("id,name\n1,one\n"));
        Write("plain.csv.gz", "id,name\n2,two\n");
        var parts = await PartsOf(Csv(), Request());
        Assert.Equal(["1", "one"], (await RowsOf(parts[0]))[0].Fields);
        Assert.Equal(["2", "two"], (await RowsOf(parts[1]))[0].Fields);
    }

    [Fact]
    public async Task The_oldest_extract_comes_first()
    {
        Write("b_20250101.csv", "id\n1\n");
        Write("a_2025-02-01.csv", "id\n2\n");
        var parts = await PartsOf(Csv(("extract_date", @"_(?<date>[\d-]+)\.")), Request());
        Assert.Equal([new DateOnly(2025, 1, 1), new DateOnly(2025, 2, 1)], parts.Select(part => part.ExtractDate));
    }

    [Fact]
    public async Task A_file_still_being_written_is_left_alone_and_mentioned()
    {
        var now = new DateTimeOffset(2025, 3, 1, 8, 0, 0, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(Write("old.csv", "id\n1\n"), now.UtcDateTime.AddSeconds(-3));
        File.SetLastWriteTimeUtc(Write("new.csv", "id\n2\n"), now.UtcDateTime.AddSeconds(-1));
        File.SetLastWriteTimeUtc(Write("sent.csv.filepart", "id\n3\n"), now.UtcDateTime.AddHours(-1));
        var notes = new List<string>();
        var source = new CsvFolder(new Dictionary<string, string> { ["folder"] = Folder }, clock: new StoppedClock(now));
        var parts = await PartsOf(source, Request(notes: notes));
        Assert.Equal(["old.csv"], parts.Select(part => part.Name));
        Assert.Equal(["new.csv: left alone, it changed less than 2 s ago", "sent.csv.filepart: left alone, its name ends with '.filepart'"], notes);
    }

    [Fact]
    public async Task A_locked_file_is_left_alone_and_mentioned()
    {
        using var writer = new FileStream(Write("tasks.csv", "id\n1\n"), FileMode.Open, FileAccess.Write, FileShare.None);
        var notes = new List<string>();
        Assert.Empty(await PartsOf(Csv(), Request(notes: notes)));
        Assert.StartsWith("tasks.csv: left alone, it cannot be opened", Assert.Single(notes));
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_is_refused()
    {
        Write("tasks.csv", "id\n1\n");
        var part = await PartOf(Csv());
        File.SetLastWriteTimeUtc(PathOf("tasks.csv"), new DateTime(2030, 1, 1));
        var fault = await Assert.ThrowsAsync<SourceException>(() => RowsOf(part));
        Assert.Equal("tasks.csv: changed while it was being read; load it again when it is complete", fault.Message);
    }

    [Fact]
    public async Task A_bad_file_does_not_keep_the_next_one_from_being_loaded()
    {
        Write("a.csv", "");
        Write("b.csv", "id\n1\n");
        var parts = await PartsOf(Csv(), Request());
        Assert.Throws<SourceException>(() => parts[0].Columns);
        Assert.Single(await RowsOf(parts[1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF\r\n")]
    public async Task An_empty_file_has_no_header_line(string text)
    {
        Write("tasks.csv", text);
        var fault = await FaultOf(Csv());
        Assert.Equal((SourceFault.Data, "tasks.csv: file is empty: no header line"), (fault.Fault, fault.Message));
    }

    [Fact]
    public async Task A_gzip_file_cut_short_names_the_line_reached()
    {
        var lines = string.Concat(Enumerable.Range(0, 50_000).Select(line => $"{line},{line * 7919L % 100_003}\n"));
        var packed = Gzip("id,name\n" + lines);
        Write("tasks.csv.gz", packed[..(packed.Length / 2)]);
        var fault = await FaultOf(Csv());
        Assert.Equal(SourceFault.Data, fault.Fault);
        Assert.Matches(@"^tasks\.csv\.gz › line [1-9]\d{4}: the file is cut short or damaged here \(", fault.Message);
    }

    [Fact]
    public async Task A_gzip_file_of_a_few_bytes_is_cut_short_in_line_1()
    {
        Write("tasks.csv.gz", Gzip("id,name\n1,2\n")[..12]);
        Assert.StartsWith("tasks.csv.gz › line 1: the file is cut short or damaged here", (await FaultOf(Csv())).Message);
    }

    [Fact]
    public async Task A_missing_folder_and_a_mistyped_setting_are_faults_of_the_configuration()
    {
        var fault = await FaultOf(Csv(("folder", PathOf("nowhere"))));
        Assert.Equal((SourceFault.Configuration, $"folder '{PathOf("nowhere")}' does not exist"), (fault.Fault, fault.Message));
        fault = Assert.Throws<SourceException>(() => Csv(("seperator", ";")));
        Assert.Equal((SourceFault.Configuration, "source csv › seperator: no such setting; did you mean 'separator'?"), (fault.Fault, fault.Message));
        fault = await FaultOf(Csv(), Request(from: new() { ["header_row"] = "first" }));
        Assert.Equal("source csv › record task › header_row: 'first' is not a whole number of 1 or more", fault.Message);
    }

    [Fact]
    public async Task A_records_settings_win_over_the_sources()
    {
        Write("tasks.csv", "id\n1\n");
        Write("events.csv", "id\n2\n");
        var parts = await PartsOf(Csv(("files", "tasks*")), Request(from: new() { ["files"] = "events*" }));
        Assert.Equal(["events.csv"], parts.Select(part => part.Name));
    }

    [Fact]
    public async Task The_byte_order_mark_tells_the_encoding_else_the_feed_does()
    {
        Write("a.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("id,tên\n1,Sở Y tế\n")]);
        Assert.Equal(["1", "Sở Y tế"], (await RowsOf(await PartOf(Csv())))[0].Fields);
        File.Delete(PathOf("a.csv"));
        Write("b.csv", [.. "id,ville\n1,Hu"u8, 0xE9, .. "\n"u8]);
        Assert.Equal("b.csv: byte 0xE9 at offset 13 is not UTF-8; name the file's encoding in the feed", (await FaultOf(Csv())).Message);
        var part = await PartOf(Csv(("encoding", "windows-1252")));
        Assert.Equal(["1", "Hué"], (await RowsOf(part))[0].Fields);
        Assert.Equal(["b.csv: read as windows-1252"], part.Notes);
    }
}
