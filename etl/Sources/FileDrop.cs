using System.Globalization;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Etl.Sources;

/// <summary>Where files are dropped, and which of them are meant.</summary>
/// <param name="Settle">A file that changed within this time is still being written and left for the next load.</param>
/// <param name="ExtractDate">Finds the day of the extract in a file's name: group <c>date</c>, yyyyMMdd or yyyy-MM-dd.</param>
sealed record FileDropOptions(string Folder, string Files, TimeSpan Settle, Regex? ExtractDate)
{
    public static readonly string[] Names = ["folder", "files", "settle_seconds", "extract_date"];

    public static FileDropOptions Bind(SourceSettings settings, string files) => new(
        settings.Required("folder"), settings.Text("files") ?? files,
        settings.Seconds("settle_seconds", 2), settings.Pattern("extract_date", "date"));
}

/// <summary>
/// A file that is ready to be loaded, known by its content and, where its name tells one, by the day of its extract: the same
/// bytes under another name are the same file, but a list that is on another day as it was before is news.
/// </summary>
sealed record DroppedFile(string Path, string Hash, DateOnly? ExtractDate, long Length, DateTime WrittenUtc)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public FileStream Open(int bufferSize = 0) => new(Path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Share = FileShare.Read,
        BufferSize = bufferSize,
        Options = FileOptions.SequentialScan,
    });

    /// <summary>Fails where the file is no longer the one whose content was hashed.</summary>
    public void EnsureUnchanged()
    {
        var now = new FileInfo(Path);
        if (now.Exists && now.Length == Length && now.LastWriteTimeUtc == WrittenUtc) return;
        throw new SourceException(SourceFault.Data, $"{Name}: changed while it was being read; load it again when it is complete");
    }
}

/// <summary>A folder into which others put files. Finds those that are complete, and says which ones it leaves alone and why.</summary>
sealed class FileDrop(FileDropOptions options, TimeProvider clock)
{
    static readonly string[] Unfinished = [".tmp", ".part", ".filepart"];

    /// <summary>Ready files, oldest extract first, then by name (names carry dates far more reliably than copied files' times do).</summary>
    public async IAsyncEnumerable<DroppedFile> FindAsync(Action<string> note, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!Directory.Exists(options.Folder))
            throw new SourceException(SourceFault.Configuration, $"folder '{options.Folder}' does not exist");
        var found = Directory.EnumerateFiles(options.Folder).Where(IsMeant)
            .Select(path => (Path: path, Day: ExtractDateOf(Path.GetFileName(path))))
            .OrderBy(file => file.Day ?? DateOnly.MinValue).ThenBy(file => Path.GetFileName(file.Path), StringComparer.Ordinal).ToList();
        if (found.Count == 0) note($"no file in '{options.Folder}' matches '{options.Files}'");
        foreach (var (path, day) in found)
        {
            if (await ReadyAsync(path, day, note, cancel) is { } file) yield return file;
        }
    }

    bool IsMeant(string path)
    {
        var name = Path.GetFileName(path);
        if (name.StartsWith("~$", StringComparison.Ordinal)) return false;   // what Excel leaves beside an open workbook
        var ending = Array.Find(Unfinished, each => name.EndsWith(each, StringComparison.OrdinalIgnoreCase));
        return FileSystemName.MatchesSimpleExpression(options.Files, ending is null ? name : name[..^ending.Length])
            || FileSystemName.MatchesSimpleExpression(options.Files, name);
    }

    async Task<DroppedFile?> ReadyAsync(string path, DateOnly? day, Action<string> note, CancellationToken cancel)
    {
        var name = Path.GetFileName(path);
        if (Array.Find(Unfinished, each => name.EndsWith(each, StringComparison.OrdinalIgnoreCase)) is { } ending)
        {
            note($"{name}: left alone, its name ends with '{ending}'");
            return null;
        }
        var info = new FileInfo(path);
        // A time far in the future is a wrong clock elsewhere, and no reason to wait until it has come.
        if ((clock.GetUtcNow() - info.LastWriteTimeUtc).Duration() < options.Settle)
        {
            note($"{name}: left alone, it changed less than {options.Settle.TotalSeconds:0.###} s ago");
            return null;
        }
        try
        {
            var file = new DroppedFile(path, "", day, info.Length, info.LastWriteTimeUtc);
            var hash = await HashAsync(file, cancel);
            return file with { Hash = day is { } told ? FormattableString.Invariant($"{hash}@{told:yyyy-MM-dd}") : hash };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            note($"{name}: left alone, it cannot be opened ({e.Message})");
            return null;
        }
    }

    static async Task<string> HashAsync(DroppedFile file, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = file.Open();
        var block = GC.AllocateUninitializedArray<byte>(1 << 20);
        int read;
        while ((read = await stream.ReadAsync(block, cancel)) > 0) hash.AppendData(block, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    DateOnly? ExtractDateOf(string name)
    {
        if (options.ExtractDate?.Match(name) is not { Success: true } match) return null;
        string[] formats = ["yyyyMMdd", "yyyy-MM-dd"];
        return DateOnly.TryParseExact(match.Groups["date"].Value, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}
