using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Etl.Sources;

/// <summary>Settings of a CSV folder.</summary>
/// <param name="Encoding">What the files are written in; null lets the decoder find out.</param>
sealed record CsvOptions(FileDropOptions Drop, CsvFormat Format, string? Encoding)
{
    public static readonly string[] Names = [.. FileDropOptions.Names, "separator", "encoding", "header_row", "max_record_bytes"];

    public static CsvOptions Bind(SourceSettings settings) => new(
        FileDropOptions.Bind(settings, "*.csv*"),
        new CsvFormat(
            SeparatorOf(settings), settings.Number("header_row", 1, least: 1),
            settings.Number("max_record_bytes", 16 * 1024 * 1024, least: 1024)),
        settings.Text("encoding"));

    static byte? SeparatorOf(SourceSettings settings) => settings.Text("separator") switch
    {
        null => null,
        "tab" or "\\t" => (byte)'\t',
        [var one] when char.IsAscii(one) && one is not ('"' or '\r' or '\n' or '\0') => (byte)one,
        { } other => throw settings.Wrong("separator", $"'{other}' is not a single character or 'tab'"),
    };
}

/// <summary>A folder into which CSV files are dropped, plain or gzipped. Each is a part, loaded once by its content, whatever its name.</summary>
public sealed class CsvFolder : ISource
{
    readonly IReadOnlyDictionary<string, string> settings;
    readonly DecodeText decode;
    readonly TimeProvider clock;

    /// <param name="settings">Of the feed's source; a record's own are added to them and win.</param>
    /// <param name="decode">Makes UTF-8 of whatever the files are written in.</param>
    /// <exception cref="SourceException">A setting is unknown.</exception>
    public CsvFolder(IReadOnlyDictionary<string, string> settings, DecodeText? decode = null, TimeProvider? clock = null)
    {
        _ = new SourceSettings("source csv", CsvOptions.Names, settings);
        (this.settings, this.decode, this.clock) = (settings, decode ?? PlainDecoding.DecodeAsync, clock ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourcePart> FindPartsAsync(PartRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var options = CsvOptions.Bind(new($"source csv › record {request.Record}", CsvOptions.Names, settings, request.From));
        await foreach (var file in new FileDrop(options.Drop, clock).FindAsync(request.Note, cancel))
            if (!request.IsLoaded(file.Hash)) yield return await OpenAsync(file, options, cancel);
    }

    async Task<SourcePart> OpenAsync(DroppedFile file, CsvOptions options, CancellationToken cancel)
    {
        var raw = new RawFile(file);
        try
        {
            var decoded = await decode(raw.Open, options.Encoding, cancel);
            var reader = await CsvReader.OpenAsync(decoded.Utf8, file.Name, options.Format, cancel);
            return new CsvPart(file, raw, reader, decoded.Note);
        }
        catch (SourceException e)
        {
            raw.Close();
            var message = e.Message.StartsWith(file.Name, StringComparison.Ordinal) ? e.Message : $"{file.Name}: {e.Message}";
            return new UnreadablePart(file.Name, file.Hash, new SourceException(e.Fault, message, e.InnerException));
        }
        catch (InvalidDataException e)
        {
            raw.Close();
            return new UnreadablePart(file.Name, file.Hash, new(SourceFault.Data, $"{file.Name} › line 1: the file is cut short or damaged here ({e.Message})", e));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Opens a file's bytes, unpacked where they are gzip (told by the first two bytes: names lie), and knows how far they were read.</summary>
sealed class RawFile(DroppedFile file)
{
    FileStream? opened;

    public double? Progress => opened is { CanRead: true, Length: > 0 } ? (double)opened.Position / opened.Length : null;

    public Stream Open()
    {
        opened = file.Open(bufferSize: 128 * 1024);
        var packed = opened.ReadByte() == 0x1F && opened.ReadByte() == 0x8B;
        opened.Position = 0;
        return packed ? new GZipStream(opened, CompressionMode.Decompress) : opened;
    }

    public void Close() => opened?.Dispose();
}
