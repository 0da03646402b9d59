using System.Security.Cryptography;

namespace Warehouse.Exports;

/// <summary>
/// The folder that an export fills. It must be empty, so that nobody's files are among ours; given up, it is empty again, and
/// without its manifest it is no export.
/// </summary>
public sealed class ExportFolder
{
    /// <summary>Written last: whoever finds it finds the export whole.</summary>
    public const string ManifestName = "manifest.json";

    ExportFolder(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <exception cref="ExportException">It is no folder, it is not empty, or it cannot be written.</exception>
    public static ExportFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full)) throw new ExportException($"{full} is a file; name a folder that is empty or not there yet");
        try
        {
            Directory.CreateDirectory(full);
            if (Directory.EnumerateFileSystemEntries(full).FirstOrDefault() is { } entry)
                throw new ExportException($"{full} is not empty (it holds {System.IO.Path.GetFileName(entry)}{(File.Exists(System.IO.Path.Combine(full, ManifestName)) ? "" : $", and no {ManifestName}")}); name a folder that is empty or not there yet");
            var probe = System.IO.Path.Combine(full, ".probe");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExportException($"{full} cannot be written: {error.Message}");
        }
        return new(full);
    }

    /// <summary>The folder of a table, made.</summary>
    public string FolderOf(string layer, string table) => Directory.CreateDirectory(System.IO.Path.Combine(Path, layer, table)).FullName;

    /// <summary>As the manifest names a file: relative, with slashes on every system.</summary>
    public string NameOf(string file) => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/');

    /// <summary>SHA-256 of a file, in small letters: what <c>sha256sum</c> says.</summary>
    public static async Task<string> ChecksumAsync(string file, CancellationToken cancel)
    {
        // The hash reads in large pieces by itself; a buffer for each of thousands of small files would cost more than reading them.
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }

    /// <summary>Puts the manifest in its place, under its name only when it is whole.</summary>
    public async Task SealAsync(byte[] manifest, CancellationToken cancel)
    {
        var place = System.IO.Path.Combine(Path, ManifestName);
        await File.WriteAllBytesAsync(place + ".part", manifest, cancel);
        File.Move(place + ".part", place);
    }

    /// <summary>Removes what was written: the folder was empty before.</summary>
    public void GiveUp()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos())
            if (entry is DirectoryInfo folder) folder.Delete(recursive: true);
            else entry.Delete();
    }
}
