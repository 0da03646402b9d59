using System.Globalization;
using Tests.BadInput;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary><c>bench load</c> of the real program on servers, with few rows: that it loads them all, beside the driver's own bulk path, and leaves nothing of that behind.</summary>
public sealed class BenchTests
{
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
