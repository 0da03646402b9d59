using Etl.Sources;
using Xunit;

namespace Tests.Sources;

public sealed class TemporaryFileTests
{
    [Fact]
    public void Its_bytes_are_there_and_nobody_else_finds_it()
    {
        using var file = TemporaryFile.Create();
        file.Write("Mật"u8);
        file.Flush();
        file.Position = 0;
        var read = new byte[file.Length];
        file.ReadExactly(read);

        Assert.Equal("Mật"u8, read);
        // A program that is killed closes nothing.
        if (!OperatingSystem.IsWindows()) Assert.False(File.Exists(file.Name));
    }
}
