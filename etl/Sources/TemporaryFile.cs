namespace Etl.Sources;

/// <summary>
/// A file for what does not fit into memory, in the system's temporary folder: readable by its owner only, and gone when closed.
/// Where the system allows it, it has no name from the start: nothing is left behind by a program that is killed.
/// </summary>
static class TemporaryFile
{
    /// <param name="bufferSize">Of the stream; 0 where whole blocks are read and written.</param>
    public static FileStream Create(int bufferSize = 4096)
    {
        var isNameless = !OperatingSystem.IsWindows();
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = bufferSize,
            Options = isNameless ? FileOptions.None : FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        if (isNameless) File.Delete(file.Name);
        return file;
    }
}
