using Tests.BadInput;
using Tests.Engines;
using Xunit;

namespace Tests.Runs;

/// <summary>What <c>status</c> tells of missing, late and failed windows.</summary>
public sealed class LedgerTests : IDisposable
{
    readonly Board board = new();

    /// <summary>The board's feed with the day of an extract in its file's name.</summary>
    static void Extracts(Board of) =>
        of.Feed(source: $"kind: csv, settle_seconds: 0, extract_date: \"_(?<date>[0-9]{{8}})\", folder: {of.Drop}", from: "files: \"task*\"");

    void WriteExtracts(params string[] days)
    {
        foreach (var (i, day) in days.Index()) board.Write($"task_{day}.csv", Board.Head + Board.Rows(1, i + 1));
    }

    async Task<IReadOnlyList<string>> LedgerAsync(string kind) => [.. (await board.CallAsync("status")).Lines.Where(line => line.StartsWith(kind + ": ", StringComparison.Ordinal))];

    [Fact]
    public async Task A_month_without_its_extract_is_a_gap_and_a_weekend_or_Tet_is_none()
    {
        Extracts(board);
        WriteExtracts("20241129", "20241231", "20250124", "20250228", "20250430", "20250530");
        await board.RunWellAsync();

        Assert.Equal(["gap: board › task › 2025-02-28 to 2025-04-30: 42 working days without an extract; usual are 20"], await LedgerAsync("gap"));
    }

    [Fact]
    public async Task A_daily_extract_that_was_left_out_is_a_gap()
    {
        Extracts(board);
        WriteExtracts("20250306", "20250307", "20250310", "20250311", "20250312", "20250314");
        await board.RunWellAsync();

        Assert.Equal(["gap: board › task › 2025-03-12 to 2025-03-14: 2 working days without an extract; usual are 1"], await LedgerAsync("gap"));
    }

    [Fact]
    public async Task An_extract_that_comes_after_a_newer_one_is_late_and_replaces_nothing()
    {
        Extracts(board);
        board.Write("task_20250331.csv", Board.Head + "1,2025-01-06,2025-03-01,Sở Xây dựng,Việc\n");
        await board.RunWellAsync();
        board.Write("task_20250228.csv", Board.Head + "1,2025-01-06,2025-02-01,Sở Xây dựng,Việc\n2,2025-01-06,2025-02-01,Sở Xây dựng,Việc\n");
        await board.RunWellAsync();

        Assert.Equal(["late: board › task › task_20250228.csv: the extract of 2025-02-28 came after that of 2025-03-31"], await LedgerAsync("late"));
        Assert.Equal(["1,2025-03-01", "2,2025-02-01"], await board.SqlAsync("select task_code, due_date from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null order by task_code"));
    }

    [EngineFact(TestEngine.DuckDb)]
    public Task A_failed_window_is_retried_alone_in_a_file() => RetryAloneAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task A_failed_window_is_retried_alone_on_a_server() => RetryAloneAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task A_failed_window_is_retried_alone_on_SQL_Server() => RetryAloneAsync(TestEngine.SqlServer);

    static async Task RetryAloneAsync(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        using var board = new Board { Engine = engine, Connection = database.Connection };
        board.Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        var bad = board.Write("task_2.csv", Board.Head + "3,2025-01-06,2025-02-01,\"Sở");
        board.Write("task_3.csv", Board.Head + Board.Rows(5, 2));

        Assert.Equal(1, (await board.RunAsync()).Code);
        Assert.Equal(["1", "2", "5", "6"], await board.TasksAsync());
        Assert.Equal(1, (await board.RunAsync()).Code);
        var told = Assert.Single((await board.CallAsync("status")).Lines, line => line.StartsWith("failed: ", StringComparison.Ordinal));
        Assert.StartsWith("failed: board › task › task_2.csv: task_2.csv", told);
        Assert.EndsWith("(failed in 2 runs; the next load tries it alone)", told);

        File.WriteAllText(bad, Board.Head + Board.Rows(3, 2));
        await board.RunWellAsync();

        Assert.Equal(["1", "2", "3", "4", "5", "6"], await board.TasksAsync());
        Assert.DoesNotContain("failed: ", (await board.CallAsync("status")).Said);
        Assert.Equal(["task_1.csv,loaded", "task_2.csv,failed", "task_3.csv,loaded", "task_2.csv,failed", "task_2.csv,loaded"],
            await board.SqlAsync("select part_name, outcome_code from raw.run_log where step_code = 'load' order by started_at, step_no"));
    }

    public void Dispose() => board.Dispose();
}
