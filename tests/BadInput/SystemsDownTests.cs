using Microsoft.AspNetCore.Http;
using Tests.Sources;
using Xunit;

namespace Tests.BadInput;

/// <summary>Systems that do not answer, beside others that do.</summary>
public sealed class SystemsDownTests : IDisposable
{
    const string Records = """
          agency:
            from: { path: /agencies, items: data }
            columns: { name: { from: name } }
          task_event:
            from: { path: /events, items: data }
            columns: { task_id: { from: ID }, event: { constant: progress }, at: { from: AT, formats: [yyyy-MM-dd] } }
        """;

    readonly Board board = new();

    [Fact]
    public async Task A_system_that_is_down_is_left_alone_after_two_records_the_others_go_on_and_it_is_told_which_is_absent()
    {
        var isDown = true;
        await using var api = await TestApi.StartAsync((context, _) =>
        {
            context.Response.StatusCode = isDown ? 503 : 200;
            return context.Response.WriteAsync(isDown ? "later" : "{\"data\": []}");
        });
        board.Feed("absent", source: $"kind: rest, url: \"{api.Address}\", attempts: 2", from: "path: /tasks, items: data", records: Records);
        board.Feed("well").Write("task_1.csv", Board.Head + Board.Rows(1, 2));

        var ended = await board.RunAsync();

        Assert.Equal(3, ended.Code);
        Assert.Equal(["1", "2"], await board.TasksAsync());
        Assert.Equal(["/agencies", "/agencies", "/tasks", "/tasks"], api.Asked);
        Assert.Contains("absent › task_event: FAILED: the system 'absent' is down: it was absent 2 times in a row and is left alone for 15 more minutes", ended.Complaints);
        Assert.Equal(["agency,failed,2", "task,failed,2", "task_event,left_alone,0", "task,loaded,1"],
            await board.SqlAsync("select record_code, outcome_code, attempt_count from raw.run_log where step_code = 'load' order by step_no"));
        Assert.Equal(["absent,absent", "well,in_time"], await board.SqlAsync("select feed_code, outcome_code from raw.run_log where step_code = 'source' order by feed_code"));
        Assert.Contains("failed: absent › task: GET /tasks: answers with status 503 (2 attempts) (failed in 1 run; the next load tries it alone)", (await board.CallAsync("status")).Said);

        isDown = false;
        await board.RunWellAsync();
        Assert.DoesNotContain("failed: ", (await board.CallAsync("status")).Said);
    }

    public void Dispose() => board.Dispose();
}
