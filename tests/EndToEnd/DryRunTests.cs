using Tests.BadInput;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary><c>load --dry-run</c> of the real program: what it lists, and that it keeps nothing.</summary>
public sealed class DryRunTests
{
    const string Head = "ID,ASSIGNED,DUE,UNIT,TITLE,HELPERS\n";

    [EngineFact(TestEngine.DuckDb)]
    public Task Rows_months_and_measures_that_would_change_are_listed_and_nothing_is_kept_in_a_file() => ListAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task Rows_months_and_measures_that_would_change_are_listed_and_nothing_is_kept_on_a_server() => ListAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task Rows_months_and_measures_that_would_change_are_listed_and_nothing_is_kept_on_SQL_Server() => ListAsync(TestEngine.SqlServer);

    static async Task ListAsync(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        using var board = new Board { Engine = engine, Connection = database.Connection };
        board.Feed(source: $"kind: csv, settle_seconds: 0, extract_date: \"_(?<date>[0-9]{{8}})\", folder: {board.Drop}", from: "files: \"task*\"", columns: ["co_agencies: { from: HELPERS }"]);
        board.Write("task_20250228.csv", Head + """
            same,2025-01-06,2025-02-01,Sở Xây dựng,Việc,Sở Y tế
            moved,2025-01-07,2025-02-01,Sở Xây dựng,Việc,Sở Y tế
            helped,2025-01-08,2025-02-01,Sở Xây dựng,Việc,Sở Y tế
            gone,2024-12-09,2025-02-01,Sở Xây dựng,Việc,Sở Y tế

            """);
        // Nothing is published yet, and a trial publishes nothing.
        var first = await board.CallAsync("load", "--dry-run", "--feeds", board.Feeds);
        Assert.Equal(3, (await board.CallAsync("sql", "select 1")).Code);
        AssertRow(first, "board task 4 0 0");
        AssertRow(first, "board 2024-12 1");
        AssertRow(first, "board assigned 2025-02-28 4");

        await board.RunWellAsync();
        var (before, batches) = (await board.PublishedAsync(), await board.SqlAsync("select part_name from raw.batch"));
        board.Write("task_20250331.csv", Head + """
            same,2025-01-06,2025-02-01,Sở Xây dựng,Việc,Sở Y tế
            moved,2025-01-07,2025-04-15,Sở Xây dựng,Việc,Sở Y tế
            helped,2025-01-08,2025-02-01,Sở Xây dựng,Việc,Sở Tài chính
            fresh,2025-03-10,2025-06-01,Sở Xây dựng,Việc,Sở Y tế

            """);
        board.Write("task_20250131.csv", Head + "moved,2025-01-07,2025-01-20,Sở Xây dựng,Việc,Sở Y tế\n");

        var second = await board.CallAsync("load", "--dry-run", "--feeds", board.Feeds);

        Assert.True(second.Code == 0, second.All);
        // An older extract of a task changes nothing of what stands.
        AssertRow(second, "board task 1 2 1 1");
        AssertRow(second, "board 2025-01 2");
        AssertRow(second, "board 2025-03 1");
        Assert.DoesNotContain("2024-12", second.Said);
        AssertRow(second, "board assigned 2025-03-31 4 5");
        AssertRow(second, "board open_overdue 2025-03-31 4 3");
        AssertRow(second, "board overdue_rate_of_open 2025-03-31 100.0 % (4/4) 60.0 % (3/5)");
        Assert.DoesNotContain("completed ", second.Said);
        Assert.Contains("dry run: nothing was kept", second.Said);
        Assert.Equal(before, await board.PublishedAsync());
        Assert.Equal(batches, await board.SqlAsync("select part_name from raw.batch"));
        Assert.DoesNotContain(Directory.EnumerateFiles(board.Home), file => file.Contains("trial", StringComparison.Ordinal));

        // The load itself is untouched by the trial: it brings what the trial said.
        await board.RunWellAsync();
        Assert.Equal(["fresh,2025-06-01", "gone,2025-02-01", "helped,2025-02-01", "moved,2025-04-15", "same,2025-02-01"],
            await board.SqlAsync("select task_code, due_date from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null order by task_code"));
    }

    [Fact]
    public async Task A_part_that_would_fail_is_told_with_the_exit_code_of_the_load()
    {
        using var board = new Board().Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        board.Write("task_2.csv", Board.Head + "3,2025-01-06,2025-02-01,\"Sở");

        var dry = await board.CallAsync("load", "--dry-run", "--feeds", board.Feeds);

        Assert.Equal(1, dry.Code);
        Assert.Contains("board › task: FAILED: task_2.csv", dry.Complaints);
        AssertRow(dry, "board task 2 0 0");
        var load = await board.CallAsync("load", "--feeds", board.Feeds);
        Assert.Contains("loaded 2 rows in 1 parts", load.Said);
    }

    /// <summary>A row of one of the tables, blanks between cells left out.</summary>
    static void AssertRow(Ended ended, string row) =>
        Assert.Contains(row, ended.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
}
