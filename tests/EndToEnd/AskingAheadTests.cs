using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Tests.BadInput;
using Tests.Sources;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Systems that are asked over a network while other feeds are loaded.</summary>
public sealed class AskingAheadTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>All that was loaded, in the order in which it was.</summary>
    const string Loaded = "select feed_code, record_code, outcome_code, accepted_count from raw.run_log where step_code = 'load' order by step_no";

    readonly Board board = new();

    [Fact]
    public async Task Systems_are_waited_for_together_and_loaded_in_the_order_of_the_feeds_whoever_answers_first()
    {
        const int Systems = 5;
        var (asked, all) = (0, new TaskCompletionSource());
        await using var api = await TestApi.StartAsync(async (context, _) =>
        {
            if (Interlocked.Increment(ref asked) == Systems) all.SetResult();
            // Nobody answers before everybody was asked, and then the last first.
            await all.Task.WaitAsync(Patience);
            await Task.Delay(50 * (Systems - NumberOf(context)));
            await context.Response.WriteAsync(Tasks(NumberOf(context)));
        });
        for (var number = 1; number <= Systems; number++) FeedOf(api, number);
        var together = await board.RunWellAsync();
        var loaded = await board.SqlAsync(Loaded);

        Assert.Equal(["s1,task,loaded,2", "s2,task,loaded,2", "s3,task,loaded,2", "s4,task,loaded,2", "s5,task,loaded,2"], loaded);
        Assert.Contains("loaded 10 rows in 5 parts", together.Said);

        using var other = new Board();
        foreach (var file in Directory.EnumerateFiles(board.Feeds)) File.Copy(file, Path.Combine(other.Feeds, Path.GetFileName(file)));
        other.Environment["ANALYTICS_AHEAD"] = "0";
        await other.RunWellAsync();
        Assert.Equal(loaded, await other.SqlAsync(Loaded));
        Assert.Equal(await board.PublishedAsync(), await other.PublishedAsync());
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("2", 3)]
    public async Task Only_so_many_feeds_are_asked_ahead_as_the_setting_says(string ahead, int most)
    {
        var (first, others) = (new TaskCompletionSource(), new SemaphoreSlim(0));
        await using var api = await TestApi.StartAsync(async (context, _) =>
        {
            if (NumberOf(context) == 1) await first.Task.WaitAsync(Patience);
            else others.Release();
            await context.Response.WriteAsync(Tasks(NumberOf(context)));
        });
        for (var number = 1; number <= 6; number++) FeedOf(api, number);
        board.Environment["ANALYTICS_AHEAD"] = ahead;

        using var run = board.Start("run", "--feeds", board.Feeds);
        for (var i = 1; i < most; i++) Assert.True(await others.WaitAsync(Patience));
        // Whoever is asked too early is so within a moment.
        Assert.False(await others.WaitAsync(500));
        first.SetResult();

        Assert.Equal(0, (await run.EndAsync()).Code);
        Assert.Equal(6, api.Asked.Count);
    }

    [Fact]
    public async Task One_system_is_asked_one_thing_at_a_time_however_many_feeds_read_it()
    {
        const string Agencies = """
              agency:
                from: { path: /agencies, items: data }
                columns: { name: { from: name } }
            """;
        var (now, together) = (0, new ConcurrentBag<int>());
        await using var api = await TestApi.StartAsync(async (context, _) =>
        {
            together.Add(Interlocked.Increment(ref now));
            await Task.Delay(100);
            Interlocked.Decrement(ref now);
            await context.Response.WriteAsync(context.Request.Path == "/agencies" ? """{"data": [{"name": "Sở Xây dựng"}]}""" : Tasks(NumberOf(context)));
        });
        for (var number = 1; number <= 4; number++) FeedOf(api, number, system: "one", records: Agencies);

        await board.RunWellAsync();

        Assert.Equal(Enumerable.Repeat(1, 8), together);
    }

    [Fact]
    public async Task What_fails_ahead_fails_in_its_turn_and_the_others_are_loaded()
    {
        await using var api = await TestApi.StartAsync((context, _) =>
        {
            if (NumberOf(context) == 2) context.Response.StatusCode = 503;
            return context.Response.WriteAsync(NumberOf(context) == 3 ? "<html>Đăng nhập</html>" : Tasks(NumberOf(context)));
        });
        for (var number = 1; number <= 4; number++) FeedOf(api, number);

        var ended = await board.RunAsync();

        Assert.Equal(3, ended.Code);
        Assert.Contains("s2 › task: FAILED: GET /2: answers with status 503 (1 attempt)", ended.Complaints);
        Assert.Contains("s3 › task: FAILED: GET /3: HTML instead of JSON", ended.Complaints);
        Assert.Equal(["s1,task,loaded,2", "s2,task,failed,0", "s3,task,failed,0", "s4,task,loaded,2"], await board.SqlAsync(Loaded));
        Assert.Equal(["11", "12", "41", "42"], await board.TasksAsync());
    }

    [Fact]
    public async Task A_run_that_is_stopped_does_not_wait_for_those_that_it_asked_ahead()
    {
        var (asked, never) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var api = await TestApi.StartAsync(async (context, _) =>
        {
            asked.Release();
            await never.Task.WaitAsync(context.RequestAborted);
        });
        for (var number = 1; number <= 3; number++) FeedOf(api, number);
        board.Feed("a-file").Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        board.Environment["ANALYTICS_HOLDAT"] = "PartRead";
        using var run = board.Start("run", "--feeds", board.Feeds);
        await run.SaysAsync("held at PartRead");
        for (var i = 0; i < 3; i++) Assert.True(await asked.WaitAsync(Patience));

        await run.InterruptAsync();
        run.LetGo();
        var ended = await run.EndAsync();

        Assert.Equal(130, ended.Code);
        Assert.Contains("stopped; the last published state stands", ended.Complaints);
        Assert.DoesNotContain("   at ", ended.All);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("101")]
    public async Task A_setting_that_is_no_number_of_feeds_is_wrong_use(string setting)
    {
        board.Feed().Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        board.Environment["ANALYTICS_AHEAD"] = setting;

        var ended = await board.RunAsync();

        Assert.Equal(2, ended.Code);
        Assert.Contains($"ANALYTICS_AHEAD is '{setting}'; it is a whole number from 0 to 100", ended.Complaints);
    }

    void FeedOf(TestApi api, int number, string? system = null, string records = "") =>
        board.Feed($"s{number}", source: $"kind: rest, url: \"{api.Address}\", attempts: 1", from: $"path: /{number}, items: data", system: system, records: records);

    static int NumberOf(HttpContext context) => int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);

    static string Tasks(int number) => $$"""{"data": [{{Row(number, 1)}}, {{Row(number, 2)}}]}""";

    static string Row(int number, int task) => $$"""{"ID": "{{number}}{{task}}", "ASSIGNED": "2025-01-06", "DUE": "2025-02-01", "UNIT": "Sở Xây dựng", "TITLE": "Việc {{number}}{{task}}"}""";

    public void Dispose() => board.Dispose();
}
