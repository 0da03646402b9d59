using System.Globalization;
using Tests.BadInput;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>The benches of the real program with few rows: that they measure what they say, and that what they load is whole.</summary>
public sealed class BenchTests
{
    [EngineFact(TestEngine.DuckDb)]
    public async Task Batches_are_read_all_the_while_and_then_asked_by_24_tiles()
    {
        using var board = new Board { Engine = TestEngine.DuckDb };

        var ended = await board.CallAsync("bench", "batches", "--megabytes", "1");

        Assert.True(ended.Code == 0, ended.All);
        Assert.Equal(["3767"], await board.SqlAsync("select count(*) from warehouse.fact_task"));
        Assert.Contains("4 states, 0 of them with more than one answer (goal none: reached)", ended.All, StringComparison.Ordinal);
        Assert.Equal(4, ended.Lines.Count(line => line.StartsWith("published state ", StringComparison.Ordinal)));

        var measured = await board.CallAsync("bench", "measure");

        Assert.True(measured.Code == 0, measured.All);
        Assert.Contains("3,767 tasks, 24 tiles, 20 rounds", measured.Lines);
        Assert.Equal(["24 tiles together", "the same one by one"], measured.Lines.Where(line => line.Contains(" cold ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf("  ", StringComparison.Ordinal)]));
    }

    [EngineFact(TestEngine.DuckDb)]
    public async Task Feeds_asked_ahead_load_what_feeds_asked_in_turn_load()
    {
        using var board = new Board { Engine = TestEngine.DuckDb };

        var ended = await board.CallAsync("bench", "feeds", "--systems", "3", "--milliseconds", "20", "--rows", "40");

        Assert.True(ended.Code == 0, ended.All);
        Assert.Equal(2, ended.Lines.Count(line => line == "loaded 120 rows in 3 parts"));
        Assert.Contains("3 systems with 4 pages each of 10 rows, 20 ms a page: 0.2 s of waiting", ended.Lines);
        Assert.Contains("times as fast", ended.Said, StringComparison.Ordinal);
    }

    [EngineFact(TestEngine.Postgres)]
    public Task A_load_is_held_against_binary_COPY_on_a_server() => LoadAsync(TestEngine.Postgres, "Npgsql binary COPY into one table", "select count(*) from information_schema.tables where table_name = 'bench_copy'");

    [EngineFact(TestEngine.SqlServer)]
    public Task A_load_is_held_against_SqlBulkCopy_on_SQL_Server() => LoadAsync(TestEngine.SqlServer, "SqlBulkCopy into one table", "select count(*) from information_schema.tables where table_name = 'bench_copy'");

    static async Task LoadAsync(string engine, string beside, string leftovers)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        using var board = new Board { Engine = engine, Connection = database.Connection };

        var ended = await board.CallAsync("bench", "load", "--rows", "3000");

        Assert.True(ended.Code == 0, ended.All);
        Assert.True(RateOf(ended, "load to published star schema") > 0);
        Assert.True(RateOf(ended, beside) > 0);
        Assert.Equal(["3000"], await board.SqlAsync("select count(*) from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null"));
        Assert.Equal(["0"], await board.SqlAsync(leftovers));

        var again = await board.CallAsync("bench", "load", "--rows", "3000");

        Assert.Equal(2, again.Code);
        Assert.Contains("wants an empty database", again.Complaints);
    }

    /// <summary>Rows per second of a line of the report.</summary>
    static int RateOf(Ended ended, string line) =>
        int.Parse(ended.Lines.Single(each => each.StartsWith(line + " ", StringComparison.Ordinal))[line.Length..].Split(" rows/s")[0].Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
