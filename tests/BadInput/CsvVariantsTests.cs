using Xunit;

namespace Tests.BadInput;

/// <summary>Files that look odd and are well: loaded, once.</summary>
public sealed class CsvVariantsTests
{
    [Fact]
    public async Task Columns_may_be_reordered_added_and_called_by_a_known_synonym()
    {
        using var board = new Board().Feed();
        board.Write("task_1_head.csv", Board.Head);
        board.Write("task_2_reordered.csv", "TITLE,UNIT,ID,DUE,ASSIGNED\nViệc,Sở Xây dựng,2,2025-02-01,2025-01-06\n");
        board.Write("task_3_added.csv", "ID,ASSIGNED,DUE,UNIT,TITLE,COLOUR\n3,2025-01-06,2025-02-01,Sở Xây dựng,Việc,đỏ\n");
        board.Write("task_4_synonym.csv", "CODE,ASSIGNED,DUE,UNIT,TITLE\n4,2025-01-06,2025-02-01,Sở Xây dựng,Việc\n");

        var ended = await board.RunWellAsync();

        Assert.Contains("note: columns that the feed does not read: COLOUR", ended.Said);
        Assert.Equal(["task_1_head.csv,0", "task_2_reordered.csv,1", "task_3_added.csv,1", "task_4_synonym.csv,1"], await board.SqlAsync("select part_name, accepted_count from warehouse.dim_load order by part_name"));
        Assert.Equal(["2,2025-02-01", "3,2025-02-01", "4,2025-02-01"], await board.SqlAsync("select task_code, due_date from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null order by task_code"));
    }

    [Fact]
    public async Task The_same_file_is_loaded_once_also_under_another_name()
    {
        using var board = new Board().Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        board.Write("task_2.csv", Board.Head + Board.Rows(1, 2));

        var again = await board.RunWellAsync();

        Assert.Contains("nothing new to load", again.Said);
        Assert.Equal(before, await board.PublishedAsync());
        Assert.Equal(["1"], await board.SqlAsync("select count(*) from warehouse.dim_load"));
    }
}
