using Microsoft.AspNetCore.Http;
using Tests.Sources;
using Xunit;

namespace Tests.BadInput;

/// <summary>Runs that meet another one, a person's Ctrl-C or a full disk.</summary>
public sealed class InterruptedRunsTests
{
    [Fact]
    public async Task A_second_run_on_a_home_is_told_so_and_the_first_can_be_stopped()
    {
        using var board = new Board().Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var api = await TestApi.StartAsync(async (context, _) =>
        {
            asked.TrySetResult();
            await answer.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("[]");
        });
        board.Feed("slow", source: $"kind: rest, url: \"{api.Address}\"");
        board.Write("task_2.csv", Board.Head + Board.Rows(3, 2));
        using var first = board.Start("run", "--feeds", board.Feeds);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));

        var second = await board.RunAsync();
        await first.InterruptAsync();
        var stopped = await first.EndAsync();

        Assert.Equal(3, second.Code);
        Assert.Contains($"the home {board.Home} is locked by another run", second.Complaints);
        Assert.Equal(130, stopped.Code);
        Assert.Contains("stopped; the last published state stands", stopped.Complaints);
        Assert.DoesNotContain("   at ", stopped.All);
        Assert.Equal(before, await board.PublishedAsync());

        answer.SetResult();
        await board.RunWellAsync();
        Assert.Equal(["1", "2", "3", "4"], await board.TasksAsync());
    }

    [Fact]
    public async Task A_publication_that_cannot_be_written_leaves_the_published_state()
    {
        using var board = new Board().Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        board.Write("task_2.csv", Board.Head + Board.Rows(3, 2));
        var inTheWay = Directory.CreateDirectory(Path.Combine(board.Home, "current.next"));

        var failed = await board.RunAsync();

        Assert.Equal(3, failed.Code);
        Assert.Contains(inTheWay.FullName, failed.Complaints);
        Assert.Equal(before, await board.PublishedAsync());
        Assert.Contains("exit 3", (await board.CallAsync("status")).Said);

        inTheWay.Delete();
        await board.RunWellAsync();
        Assert.Equal(["1", "2", "3", "4"], await board.TasksAsync());
    }

    [MountFact]
    public async Task A_full_disk_leaves_the_published_state_and_the_run_succeeds_when_there_is_room()
    {
        using var board = new Board().Feed();
        Directory.CreateDirectory(board.Home);
        using var disk = SmallDisk.Mount(board.Home, 200);
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        board.Write("task_2.csv", Board.Head + Board.Rows(3, 100_000));

        foreach (var room in (int[])[0, 3, 6, 3])
        {
            var used = Directory.EnumerateFiles(board.Home, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1_048_576 + 1;
            disk.Resize((int)used + room);
            var ended = await board.RunAsync();
            Assert.True(ended.Code == 3, $"{room} MB: {ended.All}");
            Assert.Contains("No space left on device", ended.Complaints);
            Assert.Equal(before, await board.PublishedAsync());
        }

        disk.Resize(400);
        await board.RunWellAsync();
        Assert.Equal(["100002"], await board.SqlAsync("select count(*) from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null"));
    }
}
