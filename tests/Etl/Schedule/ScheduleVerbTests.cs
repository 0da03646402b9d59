using System.Text.Json;
using Tests.BadInput;
using Xunit;

namespace Tests.Scheduling;

/// <summary>The verb <c>schedule</c> of the real program, as a process.</summary>
public sealed class ScheduleVerbTests : IDisposable
{
    readonly Board board = new Board().Feed();

    string Schedule(string text)
    {
        var path = board.PathOf("schedule.yml");
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public async Task It_loads_and_publishes_at_its_times_ends_well_on_SIGTERM_and_goes_on_after_a_restart()
    {
        var file = Schedule("publish: { cron: \"*/4 * * * * ?\" }\nfeeds:\n  board: { cron: \"*/2 * * * * ?\", cut_off: \"23:59\" }\n");
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        using (var first = board.Start("schedule", "--feeds", board.Feeds, "--schedule", file))
        {
            await first.SaysAsync("published state 1");
            await first.TerminateAsync();
            var ended = await first.EndAsync();
            Assert.Equal((0, ""), (ended.Code, ended.Complaints));
            Assert.Contains("schedule stopped; the last published state stands", ended.Said);
        }
        Assert.Equal(["1", "2"], await board.TasksAsync());

        board.Write("task_2.csv", Board.Head + Board.Rows(3, 1));
        using (var second = board.Start("schedule", "--feeds", board.Feeds, "--schedule", file))
        {
            await second.SaysAsync("loaded 1 rows in 1 parts");
            await second.InterruptAsync();
            Assert.Equal(0, (await second.EndAsync()).Code);
        }
        var status = JsonDocument.Parse((await board.CallAsync("status", "--format", "json")).Said).RootElement[0];
        Assert.Equal(("board", "in_time"), (status.GetProperty("feed").GetString(), status.GetProperty("standing").GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d[02468]$", status.GetProperty("next_run").GetString());
    }

    [Fact]
    public async Task Once_does_what_is_due_and_list_shows_it()
    {
        var file = Schedule("publish: { cron: \"0 6 1 1 *\" }\ndefaults: { cron: \"0 5 1 1 *\", cut_off: \"07:00\" }\n");
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));

        var before = await board.CallAsync("schedule", "--list", "--feeds", board.Feeds, "--schedule", file, "--format", "csv");
        Assert.False(Directory.Exists(board.Home));
        var done = await board.CallAsync("schedule", "--once", "--feeds", board.Feeds, "--schedule", file);
        var after = await board.CallAsync("schedule", "--list", "--feeds", board.Feeds, "--schedule", file, "--format", "csv");
        var again = await board.CallAsync("schedule", "--once", "--feeds", board.Feeds, "--schedule", file);

        Assert.Equal(0, done.Code);
        Assert.Equal(["1", "2"], await board.TasksAsync());
        Assert.Matches(@"^feed board,0 5 1 1 \*,Asia/Ho_Chi_Minh,once,07:00,,\d{4}-01-01 05:00:00,yes$", before.Lines[1]);
        Assert.Matches(@"^publication,0 6 1 1 \*,Asia/Ho_Chi_Minh,once,,,\d{4}-01-01 06:00:00,yes$", before.Lines[2]);
        Assert.All(after.Lines.Skip(1), line => Assert.EndsWith(",no", line));
        Assert.Equal("nothing is due", Assert.Single(again.Lines));
    }

    [Fact]
    public async Task A_home_that_another_run_has_is_waited_for()
    {
        var file = Schedule("publish: { cron: \"0 6 * * *\" }\ndefaults: { cron: \"0 5 * * *\" }\n");
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        Directory.CreateDirectory(board.Home);
        Analytics schedule;
        await using (new FileStream(Path.Combine(board.Home, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            schedule = board.Start("schedule", "--once", "--feeds", board.Feeds, "--schedule", file);
            await schedule.SaysAsync("is locked by another run; wait for it, or stop it; waiting");
        }
        using (schedule) Assert.Equal(0, (await schedule.EndAsync()).Code);
        Assert.Equal(["1", "2"], await board.TasksAsync());
    }

    [Fact]
    public async Task A_wrong_schedule_is_refused_by_line_before_anything_is_touched()
    {
        var file = Schedule("publish: { cron: \"0 6 * * *\" }\ndefaults: { corn: \"0 5 * * *\" }\n");
        var wrong = await board.CallAsync("schedule", "--feeds", board.Feeds, "--schedule", file);
        var absent = await board.CallAsync("schedule", "--feeds", board.Feeds, "--schedule", board.PathOf("none.yml"));

        Assert.Equal((2, 2), (wrong.Code, absent.Code));
        Assert.Contains("schedule.yml › line 2: unknown key 'corn'; did you mean 'cron'?", wrong.Complaints);
        Assert.Contains("none.yml does not exist", absent.Complaints);
        Assert.False(Directory.Exists(board.Home));
    }

    public void Dispose() => board.Dispose();
}
