using System.Text.Json;
using Xunit;

namespace Tests.BadInput;

/// <summary>Rows that are refused: listed with their coordinates, corrected, accepted, and counted at every step.</summary>
public sealed class RefusedRowsTests
{
    const string Bad = "7,2025-02-31,2025-03-01,Sở Xây dựng,Việc 7\n";
    const string Balance = "select part_name, received_count, accepted_count, quarantined_count, withheld_count from warehouse.dim_load order by part_name";

    [Fact]
    public async Task A_second_row_with_the_same_key_is_refused_and_stays_refused()
    {
        using var board = new Board();
        board.Feed(source: $"kind: csv, settle_seconds: 0, encoding: utf-8, folder: {board.Drop}", maxRejected: "2");
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2) + "1,2025-01-06,2025-12-31,Sở Xây dựng,Another\n" + "8\0,2025-01-06,2025-02-01,Sở Xây dựng,Việc\n");

        var ended = await board.RunWellAsync();

        Assert.Contains("refused: task_1.csv › row 4: repeats the key of an earlier row of the same part", ended.Said);
        Assert.Contains("refused: task_1.csv › row 5: has a NUL byte in field 1", ended.Said);
        Assert.Equal(["duplicate_key,4", "malformed_row,5"], await board.SqlAsync("select rule_code, row_no from raw.quarantine order by row_no"));
        Assert.Contains("no quarantined row could be accepted", (await board.CallAsync("quarantine", "replay", "--feeds", board.Feeds)).Said);
        Assert.Equal(["1,2025-02-01", "2,2025-02-01"], await board.SqlAsync("select task_code, due_date from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null order by task_code"));
        Assert.Equal(["task_1.csv,4,2,2,0"], await board.SqlAsync(Balance));
    }

    [Fact]
    public async Task A_day_that_no_calendar_knows_is_refused()
    {
        using var board = new Board().Feed(maxRejected: "2");
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 1) + "2,1985-01-06,2025-02-01,Sở Xây dựng,Việc 2\n3,2025-01-06,2205-02-01,Sở Xây dựng,Việc 3\n");

        await board.RunWellAsync();

        Assert.Equal(["ASSIGNED,1985-01-06,lies outside 1990 to 2099", "DUE,2205-02-01,lies outside 1990 to 2099"], await board.SqlAsync("select column_name, received_text, reason from raw.quarantine order by row_no"));
        Assert.Equal(["1"], await board.TasksAsync());
    }

    [Fact]
    public async Task More_refused_rows_than_the_feed_allows_and_nothing_of_the_part_is_loaded()
    {
        using var board = new Board().Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        var path = board.Write("task_2.csv", Board.Head + Board.Rows(3, 2) + Bad + Bad);

        var ended = await board.RunAsync();

        Assert.Equal(1, ended.Code);
        Assert.Contains("task_2.csv: 2 of 4 rows were refused, more than the 1 that feed 'board' allows; nothing of it was loaded. First: task_2.csv › row 4 › ASSIGNED: '2025-02-31'", ended.Complaints);
        Assert.Equal(before, await board.PublishedAsync());
        Assert.Empty(await board.SqlAsync("select quarantine_key from raw.quarantine"));

        File.WriteAllText(path, Board.Head + Board.Rows(3, 2));
        await board.RunWellAsync();
        Assert.Equal(["1", "2", "3", "4"], await board.TasksAsync());
    }

    [Fact]
    public async Task A_correction_in_the_inbox_is_accepted_published_and_counted()
    {
        using var board = new Board().Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 1) + Bad);
        await board.RunWellAsync();
        var listed = Assert.Single(JsonDocument.Parse((await board.CallAsync("quarantine", "list", "--format", "json")).Said).RootElement.EnumerateArray());
        var key = listed.GetProperty("quarantine_key").GetInt64();
        Assert.Equal(("board", "task_1.csv", 3, "ASSIGNED", "not_a_date", "2025-02-31", "open"),
            (Text("feed"), Text("part"), listed.GetProperty("row_no").GetInt32(), Text("column_name"), Text("rule"), Text("received_text"), Text("state")));
        Assert.Contains("\"TITLE\":\"Việc 7\"", (await board.CallAsync("quarantine", "show", $"{key}")).Said);
        var unknown = await board.CallAsync("quarantine", "show", "12");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("there is no row 12 in quarantine; 'quarantine list' tells the keys", unknown.Complaints);
        Correct(board, "right.json", $$$"""{"quarantine_key": "{{{key}}}", "values": {"ASSIGNED": "2025-02-28"}}""");

        var replayed = await board.CallAsync("quarantine", "replay", "--feeds", board.Feeds);

        Assert.True(replayed.Code == 0, replayed.All);
        Assert.Equal(["1,2025-01-06", "7,2025-02-28"], await board.SqlAsync("select task_code, assigned_date from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null order by task_code"));
        Assert.Equal(["task_1.csv,2,1,1,0", "task_1.csv (replayed),1,1,0,0"], await board.SqlAsync(Balance));
        Assert.Contains("replayed", (await board.CallAsync("quarantine", "list", "--format", "csv")).Said);
        Assert.True(File.Exists(Path.Combine(board.Inbox, "applied", "right.json")));

        string Text(string name) => listed.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task A_wrong_correction_is_named_and_nothing_is_changed()
    {
        using var board = new Board().Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 1) + Bad);
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        var key = (await board.SqlAsync("select quarantine_key from raw.quarantine")).Single();

        foreach (var (text, told) in ((string, string)[])
        [
            ("{\"quarantine_key\"", "wrong.json is not a correction"),
            ("[]", "wrong.json is not a correction"),
            ("{\"quarantine_key\": 99999999999999999999, \"values\": {}}", "wrong.json is not a correction"),
            ($"{{\"quarantine_key\": {key}, \"values\": {{\"ASIGNED\": \"2025-02-28\"}}}}", $"wrong.json: row {key} has no column 'ASIGNED'; did you mean 'ASSIGNED'?"),
            ("{\"quarantine_key\": \"12\", \"values\": {}}", "wrong.json: there is no row 12 in quarantine"),
        ])
        {
            Correct(board, "wrong.json", text);
            var ended = await board.CallAsync("quarantine", "replay", "--feeds", board.Feeds);
            Assert.Equal(2, ended.Code);
            Assert.Contains(told, ended.Complaints);
            Assert.True(File.Exists(Path.Combine(board.Inbox, "wrong.json")));
        }
        Assert.Equal(before, await board.PublishedAsync());
    }

    static void Correct(Board board, string name, string text)
    {
        Directory.CreateDirectory(board.Inbox);
        File.WriteAllText(Path.Combine(board.Inbox, name), text);
    }
}
