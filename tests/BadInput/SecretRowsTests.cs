using System.Text;
using Xunit;

namespace Tests.BadInput;

/// <summary>What is marked as secret is counted, and no word of it is in any file of the home.</summary>
public sealed class SecretRowsTests : IDisposable
{
    /// <summary>Stands in every secret row; ASCII, so that it is found in whatever encoding keeps it.</summary>
    const string Marker = "Zirkonia";

    const string TaskHead = "ID,ASSIGNED,DUE,UNIT,TITLE,SECRECY\n";
    const string EventHead = "ID,AT,UNIT,TEXT,DECISION\n";

    const string Events = """
              task_event:
                from: { files: "event*" }
                columns:
                  task_id: { from: ID }
                  event: { constant: progress }
                  at: { from: AT, formats: [yyyy-MM-dd] }
                  agency: { from: UNIT }
                  text: { from: TEXT }
                  decision: { from: DECISION }
            """;

    readonly Board board = new Board().Feed(maxRejected: "9", columns: ["secrecy: { from: SECRECY }"], records: Events);

    [Fact]
    public async Task A_secret_row_is_counted_and_kept_nowhere()
    {
        board.Write("task_1.csv", TaskHead
            + $"1,2025-01-06,2025-02-01,Sở Xây dựng,Việc,Thường\n2,2025-01-06,2025-02-01,{Marker},{Marker},Mật\n"
            + $"3,2025-02-31,{Marker},{Marker},{Marker},TỐI MẬT\n"
            // Too many fields, so that the level is in none that has a name; too few; unknown; a quote that goes wrong.
            + $"4,2025-01-06,2025-02-01,Sở Xây dựng,{Marker},{Marker},Mật\n5,{Marker},Mật\n6,2025-01-06,2025-02-01,Sở,{Marker},Kín\n"
            + $"7,2025-01-06,2025-02-01,Sở,\"{Marker}\" x,Mật\n");
        board.Write("event_1.csv", EventHead
            + $"1,2025-01-07,Sở Xây dựng,Đang làm,\n2,2025-01-07,{Marker},{Marker},{Marker}/UBND\n2,2025-02-31,{Marker},{Marker},{Marker}\n"
            + $"2,{Marker}\n1,2025-01-08,Sở,Nửa,vời,{Marker}\n5,2025-01-08,Sở,{Marker},\n");

        var ended = await board.RunWellAsync();

        Assert.Equal(["event_1.csv,6,1,1,4", "task_1.csv,7,1,2,4"], await board.SqlAsync("select part_name, received_count, accepted_count, quarantined_count, withheld_count from warehouse.dim_load order by part_name"));
        Assert.Equal(["1"], await board.TasksAsync());
        Assert.DoesNotContain(Marker, ended.All);
        AssertNowhere();
    }

    [Fact]
    public async Task A_secret_row_of_a_part_that_fails_is_kept_nowhere_and_its_events_are_withheld_later()
    {
        var secret = $"2,2025-01-06,2025-02-01,{Marker},{Marker},Mật\n";
        board.Write("task_1.csv", TaskHead + secret + "3,2025-01-06,2025-02-01,\"Sở,Việc,Thường\n");
        board.Write("task_2.csv", TaskHead + secret + "1,2025-01-06,2025-02-01,Sở Xây dựng,Việc,Thường\n");
        var failed = await board.RunAsync();
        board.Write("event_1.csv", EventHead + $"2,2025-01-07,{Marker},{Marker},\n1,2025-01-07,Sở,Việc,\n");
        var second = await board.RunAsync();

        Assert.Equal((1, 1), (failed.Code, second.Code));
        Assert.Contains("task_1.csv › line 3: a quote opened here is not closed", failed.Complaints);
        Assert.Equal(["event_1.csv,2,1,0,1", "task_2.csv,2,1,0,1"], await board.SqlAsync("select part_name, received_count, accepted_count, quarantined_count, withheld_count from warehouse.dim_load order by part_name"));
        Assert.DoesNotContain(Marker, failed.All + second.All);
        AssertNowhere();
    }

    [Fact]
    public async Task An_event_that_waits_in_quarantine_is_withheld_when_its_task_turns_out_secret()
    {
        board.Write("event_1.csv", EventHead + "2,2025-02-31,Sở,Việc,\n");
        await board.RunWellAsync();
        board.Write("task_1.csv", TaskHead + $"2,2025-01-06,2025-02-01,{Marker},{Marker},Mật\n");
        await board.RunWellAsync();
        var key = (await board.SqlAsync("select quarantine_key from raw.quarantine")).Single();
        Directory.CreateDirectory(board.Inbox);
        File.WriteAllText(Path.Combine(board.Inbox, "1.json"), $$$"""{"quarantine_key": {{{key}}}, "values": {"AT": "2025-02-28"}}""");

        var replayed = await board.CallAsync("quarantine", "replay", "--feeds", board.Feeds);

        Assert.True(replayed.Code == 0, replayed.All);
        Assert.Equal(["0"], await board.SqlAsync("select count(*) from raw.task_event"));
        Assert.Equal(["1"], await board.SqlAsync("select withheld_count from warehouse.dim_load where part_name like '%replayed%'"));
    }

    void AssertNowhere()
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(Marker), Encoding.Unicode.GetBytes(Marker), Encoding.UTF8.GetBytes(Marker.ToLowerInvariant())];
        var files = Directory.EnumerateFiles(board.Home, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(files, file => file.EndsWith("runs.jsonl", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => File.ReadAllBytes(file) is var bytes && forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0));
    }

    public void Dispose() => board.Dispose();
}
