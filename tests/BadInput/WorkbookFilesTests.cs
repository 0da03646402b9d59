using System.Text;
using Tests.Sources;
using Xunit;

namespace Tests.BadInput;

/// <summary>Workbooks that are none.</summary>
public sealed class WorkbookFilesTests
{
    static readonly object?[] Head = ["ID", "ASSIGNED", "DUE", "UNIT", "TITLE"];

    [Fact]
    public async Task Each_is_named_with_what_it_is_and_loaded_once_it_is_repaired()
    {
        using var board = new Board();
        board.Feed(source: $"kind: workbook, settle_seconds: 0, folder: {board.Drop}");
        Write("a.xlsx", 1);
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        board.Write("b.xlsx", Board.Head + Board.Rows(2, 1));
        board.Write("c.xlsx", Protected());
        board.Write("d.xlsx", "");
        Write("e.xlsx", 5);
        var whole = File.ReadAllBytes(Path.Combine(board.Drop, "e.xlsx"));
        board.Write("e.xlsx", whole[..(whole.Length / 2)]);
        TestWorkbook.Write(Path.Combine(board.Drop, "f.xlsx"), new TestWorkbook.TestSheet("T1", [["ID", "ASSIGNED", "UNIT", "TITLE"], ["6", "2025-01-06", "Sở Xây dựng", "Việc"]]));

        var failed = await board.RunAsync();

        Assert.Equal(1, failed.Code);
        foreach (var told in (string[])
        [
            "b.xlsx: is not a workbook (it starts like plain text); save it as .xlsx or use a csv feed", "c.xlsx: is password-protected; save it without a password",
            "d.xlsx: file is empty: not a workbook", "e.xlsx: the workbook is cut short or damaged", "f.xlsx › sheet 'T1': column 'DUE' (for due) is missing",
        ])
            Assert.Contains($"board › task: FAILED: {told}", failed.Complaints);
        Assert.Equal(before, await board.PublishedAsync());

        foreach (var (i, name) in "bcdef".Index()) Write($"{name}.xlsx", i + 2);
        await board.RunWellAsync();
        Assert.Equal(["1", "2", "3", "4", "5", "6"], await board.TasksAsync());

        void Write(string name, int id) =>
            TestWorkbook.Write(Path.Combine(board.Drop, name), new TestWorkbook.TestSheet("T1", [Head, [$"{id}", "2025-01-06", "2025-02-01", "Sở Xây dựng", "Việc"]]));
    }

    /// <summary>What a spreadsheet program writes around an encrypted workbook: an OLE file with a stream of that name.</summary>
    static byte[] Protected() => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[1016], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[1024]];
}
