using Xunit;

namespace Tests.BadInput;

/// <summary>An export that is asked for wrongly: told in one sentence, and nothing is written or overwritten.</summary>
public sealed class ExportTests : IDisposable
{
    readonly Board board = new();

    [Fact]
    public async Task Where_nothing_is_published_there_is_nothing_to_export()
    {
        await RefusedAsync(3, "nothing is published yet", board.PathOf("out"));

        Assert.False(Directory.Exists(board.PathOf("out")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_filled_is_refused()
    {
        board.Feed();
        File.WriteAllText(Path.Combine(board.Drop, "task1.csv"), Board.Head + "1,2026-01-05,2026-02-05,Sở Y tế,Báo cáo\n");
        using (var run = Analytics.Start(["run", "--feeds", board.Feeds, "--home", board.Home])) Assert.Equal(0, (await run.EndAsync()).Code);
        Directory.CreateDirectory(board.PathOf("full"));
        File.WriteAllText(board.PathOf("full/letter.docx"), "kept");
        File.WriteAllText(board.PathOf("file"), "kept");

        await RefusedAsync(2, $"{board.PathOf("full")} is not empty (it holds letter.docx, and no manifest.json)", board.PathOf("full"));
        await RefusedAsync(2, $"{board.PathOf("file")} is a file", board.PathOf("file"));
        await RefusedAsync(2, "/proc/export cannot be written", "/proc/export");
        await RefusedAsync(2, "there is no table 'warehouse.fact_tsk' to export; did you mean 'warehouse.fact_task'?", board.PathOf("out"), "--table", "warehouse.fact_tsk");
        await RefusedAsync(2, "'orc'", board.PathOf("out"), "--format", "orc");

        Assert.Equal("kept", File.ReadAllText(board.PathOf("full/letter.docx")) is var letter && Directory.EnumerateFileSystemEntries(board.PathOf("full")).Count() == 1 ? letter : "touched");
        Assert.Equal("kept", File.ReadAllText(board.PathOf("file")));
        Assert.False(Directory.Exists(board.PathOf("out")));
    }

    public void Dispose() => board.Dispose();

    async Task RefusedAsync(int code, string told, params string[] arguments)
    {
        using var program = Analytics.Start(["export", .. arguments, "--home", board.Home]);
        var ended = await program.EndAsync();

        Assert.Contains(told, ended.Complaints, StringComparison.Ordinal);
        Assert.Equal(code, ended.Code);
        Assert.DoesNotContain("   at ", ended.All, StringComparison.Ordinal);
    }
}
