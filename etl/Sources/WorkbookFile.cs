using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Etl.Sources;

/// <summary>Opens a workbook, and says in plain words why a file is none.</summary>
static class WorkbookFile
{
    static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    static readonly byte[] EncryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");

    static WorkbookFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);   // texts of .xls are in code pages

    /// <exception cref="SourceException">The file is text, password-protected or damaged.</exception>
    public static IExcelDataReader Open(DroppedFile file)
    {
        var stream = file.Open(bufferSize: 64 * 1024);
        try
        {
            return ExcelReaderFactory.CreateReader(stream);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // A damaged file makes the package throw whatever its parser stumbles over.
            try
            {
                throw new SourceException(SourceFault.Data, $"{file.Name}: {Why(stream, e)}", e);
            }
            finally
            {
                stream.Dispose();
            }
        }
    }

    /// <summary>The rows of a sheet; the reader is moved to it.</summary>
    public static SheetRows RowsOf(DroppedFile file, IExcelDataReader reader, string sheet, string name)
    {
        IReadOnlyDictionary<(int, int), string> errors = new Dictionary<(int, int), string>();
        Guard(name, () =>
        {
            while (reader.Name != sheet && reader.NextResult()) { }
            using var stream = file.Open(bufferSize: 64 * 1024);
            if (Head(stream).StartsWith("PK"u8)) errors = ErrorCells.Find(stream, sheet);
        });
        return new(reader, name, errors);
    }

    /// <summary>Runs a step over the workbook's parts and says what it means when their parser stumbles.</summary>
    public static void Guard(string name, Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (e is not (SourceException or OutOfMemoryException))
        {
            throw new SourceException(SourceFault.Data, $"{name}: the workbook is cut short or damaged ({e.Message})", e);
        }
    }

    static string Why(FileStream stream, Exception e)
    {
        if (stream.Length == 0) return "file is empty: not a workbook";
        var head = Head(stream);
        if (e is InvalidPasswordException || head.StartsWith(Ole) && Holds(stream, EncryptedPackage)) return "is password-protected; save it without a password";
        if (LooksLikeText(head)) return "is not a workbook (it starts like plain text); save it as .xlsx or use a csv feed";
        if (head.StartsWith("PK"u8) || head.StartsWith(Ole)) return $"the workbook is cut short or damaged ({e.Message})";
        return $"is not a workbook ({e.Message})";
    }

    static ReadOnlySpan<byte> Head(FileStream stream)
    {
        var head = new byte[512];
        stream.Position = 0;
        return head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    static bool LooksLikeText(ReadOnlySpan<byte> head) => head.IndexOfAnyInRange((byte)0, (byte)8) < 0;

    static bool Holds(FileStream stream, ReadOnlySpan<byte> wanted)
    {
        var block = new byte[64 * 1024];
        stream.Position = 0;
        for (int kept = 0, read; (read = stream.Read(block, kept, block.Length - kept)) > 0;)
        {
            var text = block.AsSpan(0, kept + read);
            if (text.IndexOf(wanted) >= 0) return true;
            kept = Math.Min(wanted.Length - 1, text.Length);
            text[^kept..].CopyTo(block);
        }
        return false;
    }
}
