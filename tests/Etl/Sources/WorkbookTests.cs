using System.Buffers.Binary;
using System.Text;
using Etl.Sources;
using Xunit;
using static Tests.Sources.TestWorkbook;

namespace Tests.Sources;

public sealed class WorkbookTests : SourceTest
{
    Workbook Source(params (string Name, string Value)[] settings) =>
        new(settings.Append(("folder", Folder)).Append(("settle_seconds", "0")).ToDictionary());

    [Fact]
    public async Task Each_visible_sheet_is_a_part()
    {
        TestWorkbook.Write(PathOf("tasks.xlsx"),
            new("T1", [["id", "tên"], ["1", "một"]]), new("T2", [["id", "tên"], ["2", "hai"]]),
            new("Mẫu", [["x"], ["y"]], Hidden: true), new("Sheet3", []));
        var notes = new List<string>();
        var parts = await PartsOf(Source(), Request(notes: notes));
        Assert.Equal(["tasks.xlsx › sheet 'T1'", "tasks.xlsx › sheet 'T2'"], parts.Select(part => part.Name));
        Assert.Equal(["tasks.xlsx › sheet 'Sheet3': is empty, passed over"], notes);
        Assert.Equal(["id", "tên"], parts[1].Columns);
        Assert.Equal(["2", "hai"], Assert.Single(await RowsOf(parts[1])).Fields);
        Assert.Equal(1, parts[1].Progress);

        var left = await PartsOf(Source(), Request(loaded: [parts[0].Identity]));
        Assert.Equal(["tasks.xlsx › sheet 'T2'"], left.Select(part => part.Name));
        Assert.Single(await PartsOf(Source(("sheet", "*2")), Request()));
    }

    [Fact]
    public async Task Typed_cells_become_invariant_text()
    {
        TestWorkbook.Write(PathOf("tasks.xlsx"), new TestSheet("T", [
            ["a", "b", "c"],
            [45009, 45009.5, 0.1 + 0.2],
            [true, false, 20230000000000128d],
            [new DateTime(2023, 3, 24), new DateTime(2023, 3, 24, 17, 35, 46), new Formula("A2*2", 90018)],
        ]));
        var rows = await RowsOf(await PartOf(Source()));
        Assert.Equal(["45009", "45009.5", "0.30000000000000004"], rows[0].Fields);
        Assert.Equal(["1", "0", "20230000000000128"], rows[1].Fields);
        Assert.Equal(["2023-03-24", "2023-03-24T17:35:46", "90018"], rows[2].Fields);
    }

    [Fact]
    public async Task A_failed_formula_is_the_rows_fault()
    {
        TestWorkbook.Write(PathOf("tasks.xlsx"), new TestSheet("T", [["id", "due"], ["1", new Error("#N/A")], ["2", "#N/A"]]));
        var rows = await RowsOf(await PartOf(Source()));
        Assert.Equal("cell B2 holds an error (#N/A)", rows[0].Fault);
        Assert.Equal((null, "#N/A"), (rows[1].Fault, rows[1].Fields[1]));
    }

    [Fact]
    public async Task A_merged_value_is_repeated_over_its_range()
    {
        TestWorkbook.Write(PathOf("tasks.xlsx"), new TestSheet("T", [
            ["STT", "Thời hạn", null, "Đơn vị"],
            [null, "Giao", "Hoàn thành", null],
            ["1", "x", null, "Sở Y tế"],
            ["2", "a", "b", null],
            ["3", "c", "d", null],
            ["4", "e", "f", "Sở Nội vụ"],
        ], ["A1:A2", "B1:C1", "D1:D2", "B3:C3", "D3:D5"]));
        var part = await PartOf(Source(("header_row", "2")));
        Assert.Equal(["STT", "Giao", "Hoàn thành", "Đơn vị"], part.Columns);
        var rows = await RowsOf(part, capacity: 1);
        Assert.Equal(["1", "x", "x", "Sở Y tế"], rows[0].Fields);
        Assert.Equal(["Sở Y tế", "Sở Y tế", "Sở Y tế", "Sở Nội vụ"], rows.Select(row => row.Fields[3]));
        Assert.Equal([3L, 4, 5, 6], rows.Select(row => row.Number));
    }

    [Fact]
    public async Task Rows_have_the_numbers_that_the_sheet_shows()
    {
        TestWorkbook.Write(PathOf("tasks.xlsx"), new TestSheet("T", [["id"], ["1"], [], ["2"]], FirstRow: 5));
        Assert.Equal([6L, 8], (await RowsOf(await PartOf(Source(("header_row", "5"))))).Select(row => row.Number));
    }

    [Fact]
    public async Task Values_beside_the_table_are_told()
    {
        TestWorkbook.Write(PathOf("tasks.xlsx"), new TestSheet("T", [["id"], ["1", null, "xem lại"]]));
        var part = await PartOf(Source());
        await RowsOf(part);
        Assert.Equal(["tasks.xlsx › sheet 'T': column C has values but no name in row 1; not read"], part.Notes);
    }

    [Fact]
    public async Task Two_columns_with_one_name_are_refused()
    {
        TestWorkbook.Write(PathOf("tasks.xlsx"), new TestSheet("T3", [["id", "due", "due"], ["1", "2", "3"]]));
        Assert.Equal("tasks.xlsx › sheet 'T3' › row 1: columns 2 and 3 have one name, 'due'", (await FaultOf(Source())).Message);
    }

    [Fact]
    public async Task A_sheet_that_is_missing_or_empty_is_named()
    {
        TestWorkbook.Write(PathOf("tasks.xlsx"), new("T1", [["id"], ["1"]]), new("T2", []), new("T4", [["id"]], Hidden: true));
        var fault = await FaultOf(Source(("sheet", "T3")));
        Assert.Equal((SourceFault.Data, "tasks.xlsx: no visible sheet matches 'T3'; it has 'T1', 'T2', 'T4' (hidden)"), (fault.Fault, fault.Message));
        Assert.Equal("tasks.xlsx › sheet 'T2': is empty: no header row", (await FaultOf(Source(("sheet", "T2")))).Message);
    }

    [Fact]
    public async Task A_renamed_text_file_is_no_workbook()
    {
        Write("tasks.xlsx", "id,tên\n1,một\n");
        var fault = await FaultOf(Source());
        Assert.Equal((SourceFault.Data, "tasks.xlsx: is not a workbook (it starts like plain text); save it as .xlsx or use a csv feed"), (fault.Fault, fault.Message));
    }

    [Fact]
    public async Task An_empty_file_is_no_workbook()
    {
        Write("tasks.xlsx", "");
        Assert.Equal("tasks.xlsx: file is empty: not a workbook", (await FaultOf(Source())).Message);
    }

    [Theory]
    [InlineData(.3)]
    [InlineData(.95)]
    public async Task A_workbook_cut_short_is_refused(double share)
    {
        TestWorkbook.Write(PathOf("whole"), new TestSheet("T", [["id"], .. Enumerable.Range(0, 1000).Select(row => new object[] { row })]));
        var bytes = File.ReadAllBytes(PathOf("whole"));
        Write("tasks.xlsx", bytes[..(int)(bytes.Length * share)]);
        var fault = await FaultOf(Source());
        Assert.Equal(SourceFault.Data, fault.Fault);
        Assert.StartsWith("tasks.xlsx: the workbook is cut short or damaged (", fault.Message);
    }

    [Fact]
    public async Task A_workbook_with_a_password_is_refused()
    {
        Write("tasks.xlsx", CompoundFile("Root Entry", "EncryptionInfo", "EncryptedPackage"));
        var fault = await FaultOf(Source());
        Assert.Equal((SourceFault.Data, "tasks.xlsx: is password-protected; save it without a password"), (fault.Fault, fault.Message));
    }

    /// <summary>An OLE compound file of one directory sector with these (empty) entries: the frame of an encrypted workbook.</summary>
    static byte[] CompoundFile(params string[] entries)
    {
        var file = new byte[512 * 3];
        byte[] magic = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        magic.CopyTo(file, 0);
        void Short(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
        void Long(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
        Short(24, 0x3E); Short(26, 3); Short(28, 0xFFFE); Short(30, 9); Short(32, 6);
        Long(44, 1); Long(48, 1); Long(56, 4096); Long(60, 0xFFFFFFFE); Long(68, 0xFFFFFFFE); Long(76, 0);
        file.AsSpan(80, 432).Fill(0xFF);
        file.AsSpan(512, 512).Fill(0xFF);
        Long(512, 0xFFFFFFFD); Long(516, 0xFFFFFFFE);
        foreach (var (index, name) in entries.Index())
        {
            var at = 1024 + index * 128;
            Encoding.Unicode.GetBytes(name).CopyTo(file, at);
            Short(at + 64, (ushort)(name.Length * 2 + 2));
            file[at + 66] = (byte)(index == 0 ? 5 : 2);
            Long(at + 68, 0xFFFFFFFF); Long(at + 72, index is 0 or 2 ? 0xFFFFFFFF : 2); Long(at + 76, index == 0 ? 1 : 0xFFFFFFFF);
            Long(at + 116, 0xFFFFFFFE);
        }
        return file;
    }

    /// <summary>The oldest kind of .xls is a bare row of records, and short enough to be written by hand.</summary>
    [Fact]
    public async Task An_xls_file_is_read_too()
    {
        byte[] bof = [9, 0, 4, 0, 2, 0, 0x10, 0], end = [0x0A, 0, 0, 0];
        static byte[] Label(byte row, byte column, string text) =>
            [4, 0, (byte)(8 + text.Length), 0, row, 0, column, 0, 0, 0, 0, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
        static byte[] Number(byte row, byte column, double number) =>
            [3, 0, 15, 0, row, 0, column, 0, 0, 0, 0, .. BitConverter.GetBytes(number)];
        Write("old.xls", [.. bof, .. Label(0, 0, "id"), .. Label(0, 1, "days"), .. Label(1, 0, "A1"), .. Number(1, 1, 12.5), .. end]);
        var part = await PartOf(Source());
        Assert.Equal(["id", "days"], part.Columns);
        Assert.Equal(["A1", "12.5"], Assert.Single(await RowsOf(part)).Fields);
    }
}
