using Etl.Commands;
using Etl.Runs;
using Tests.BadInput;
using Tests.Engines;
using Tests.Sources;
using Warehouse.Runs;
using Xunit;

namespace Tests.Runs;

public sealed class RunLogTests : IDisposable
{
    static readonly DateTimeOffset At = new(2026, 3, 31, 5, 0, 0, 123, TimeSpan.FromHours(7));

    readonly Board board = new Board().Feed();

    Home Home => new(board.Home, "duckdb", null);

    string File => Path.Combine(board.Home, "runs.jsonl");

    [EngineFact(TestEngine.DuckDb)]
    public Task Filling_the_table_again_adds_nothing_in_a_file() => FillAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task Filling_the_table_again_adds_nothing_on_a_server() => FillAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task Filling_the_table_again_adds_nothing_on_SQL_Server() => FillAsync(TestEngine.SqlServer);

    static async Task FillAsync(string name)
    {
        await using var engine = await TestEngine.CreateAsync(name);
        RunStep begun = new(7, 0, "run", RunSteps.Run, RunOutcome.Started, At, 0);
        RunStep load = new(7, 1, "run", RunSteps.Load, RunOutcome.Loaded, At, 1.5) { Feed = "hue", Record = "task", Part = "Việc.csv", LoadKey = 3, Attempts = 2, Received = 4, Accepted = 2, Quarantined = 1, Withheld = 1 };
        await using var workspace = await engine.Engine.OpenWorkspaceAsync(default);
        foreach (var steps in (RunStep[][])[[begun, load], [begun, load], [begun with { Outcome = RunOutcome.Failed, Seconds = 9, ExitCode = 3, Message = "không đọc được" }, load], [begun]])
            await RunTable.FillAsync(workspace, steps, default);

        Assert.Equal([begun with { Outcome = RunOutcome.Failed, Seconds = 9, ExitCode = 3, Message = "không đọc được" }, load], await RunTable.ReadAsync(workspace, default));
    }

    [EngineFact(TestEngine.DuckDb)]
    public Task A_publication_takes_along_what_happened_before_it_whichever_file_it_works_in() => TakeAlongAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task A_publication_takes_along_what_happened_before_it_on_a_server() => TakeAlongAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task A_publication_takes_along_what_happened_before_it_on_SQL_Server() => TakeAlongAsync(TestEngine.SqlServer);

    static async Task TakeAlongAsync(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        using var home = new Board { Engine = engine, Connection = database.Connection };
        home.Feed();
        for (var i = 1; i <= 3; i++)
        {
            home.Write($"task_{i}.csv", Board.Head + Board.Rows(i, 1));
            await home.RunWellAsync();
        }
        home.Write("task_4.csv", "ID\n");
        Assert.Equal(1, (await home.RunAsync()).Code);

        Assert.Equal(["task_1.csv", "task_2.csv", "task_3.csv"], await home.SqlAsync("select part_name from raw.run_log where outcome_code = 'loaded' order by started_at"));
        Assert.Equal(["0", "0", "0"], await home.SqlAsync("select exit_code from raw.run_log where step_code = 'run' and exit_code is not null order by started_at"));
        Assert.Equal(["absent"], await home.SqlAsync("select outcome_code from raw.run_log where step_code = 'source' order by started_at desc offset 0 rows fetch next 1 rows only"));
        // What happened after the publication is in the home's own record.
        Assert.Contains("exit 1", (await home.CallAsync("status")).Said);
    }

    [Fact]
    public async Task A_run_that_was_killed_is_seen_and_the_next_one_is_whole()
    {
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 200_000));
        using (var killed = board.Start("run", "--feeds", board.Feeds))
        {
            // The file is there an instant before its first line.
            while (!System.IO.File.Exists(File) || new FileInfo(File).Length == 0) await Task.Delay(5);
            killed.Kill();
            await killed.EndAsync();
        }
        Assert.Contains("runs, or ended without a word", (await board.CallAsync("status")).Said);

        await board.RunWellAsync();
        // The second run's own end is noted after its publication.
        Assert.Equal(["started", "started"], await board.SqlAsync("select outcome_code from raw.run_log where step_code = 'run'"));
        Assert.Equal(["200000"], await board.SqlAsync("select accepted_count from raw.run_log where outcome_code = 'loaded'"));
    }

    [Fact]
    public void A_line_that_was_cut_short_spoils_no_other_and_lines_of_before_are_read()
    {
        Directory.CreateDirectory(board.Home);
        System.IO.File.WriteAllText(File, """
            {"Started":"2026-03-30T22:00:00+00:00","Seconds":2.5,"Verb":"run","Engine":"duckdb","ExitCode":3,"Message":"absent"}
            {"RunKey":5,"StepNo":0,"Verb":"ru
            """.TrimEnd());
        var log = RunLog.Begin(Home, "load", new StoppedClock(At));
        log.Add(RunSteps.Build, RunOutcome.Done, At, TimeSpan.FromSeconds(1));
        log.End(ExitCode.Done, "");

        var steps = RunLog.Read(Home);

        Assert.Equal([("run", "run", "failed", (int?)3), ("load", "run", "done", 0), ("load", "build", "done", null)], steps.Select(step => (step.Verb, step.Step, step.Outcome, step.ExitCode)));
        Assert.All(steps, step => Assert.NotEqual(0, step.RunKey));
        Assert.Empty(RunLog.Read(Home with { EngineName = "postgres" }));
    }

    public void Dispose() => board.Dispose();
}
