using System.Text;
using Xunit;

namespace Tests.BadInput;

/// <summary>A home of a test's own, a folder of feeds and a folder that files are dropped into, all gone after the test.</summary>
sealed class Board : IDisposable
{
    public const string Head = "ID,ASSIGNED,DUE,UNIT,TITLE\n";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-bad-");

    public Board()
    {
        foreach (var each in (string[])[Feeds, Drop]) Directory.CreateDirectory(each);
        Home = PathOf("home");
    }

    public string Home { get; init; }

    public string Feeds => PathOf("feeds");

    public string Drop => PathOf("drop");

    public string Inbox => Path.Combine(Home, "inbox");

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Told to the program with every call.</summary>
    public string Engine { get; init; } = "duckdb";

    /// <summary>Of the engine's server.</summary>
    public string? Connection
    {
        init
        {
            if (value is not null) Environment["ANALYTICS_CONNECTION"] = value;
        }
    }

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>A feed of a few columns.</summary>
    /// <param name="source">What stands in <c>source: { }</c>.</param>
    /// <param name="columns">Further columns of the task, a line each.</param>
    /// <param name="records">Further records, as they stand in the file.</param>
    /// <param name="system">Null where the feed is its own system.</param>
    public Board Feed(string name = "board", string? source = null, string maxRejected = "1", string[]? columns = null, string files = "task*", string from = "", string records = "", string? system = null)
    {
        File.WriteAllText(Path.Combine(Feeds, $"{name}.yml"), $$"""
            feed: {{name}}
            system: {{system ?? name}}
            province: Cần Thơ
            agencies: own
            max_rejected: {{maxRejected}}
            source: { {{source ?? $"kind: csv, settle_seconds: 0, folder: {Drop}"}} }
            records:
              task:
                from: { {{(source is null ? $"files: \"{files}\"" : from)}} }
                columns:
                  task_id: { from: [ID, CODE] }
                  assigned: { from: ASSIGNED, formats: [yyyy-MM-dd] }
                  due: { from: DUE, formats: [yyyy-MM-dd] }
                  agency: { from: UNIT }
                  title: { from: TITLE }
            {{string.Join('\n', (columns ?? []).Select(column => "      " + column))}}
            {{records}}
            """);
        return this;
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Drop, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Good rows of the feed above.</summary>
    public static string Rows(int first, int count) =>
        string.Concat(Enumerable.Range(first, count).Select(id => FormattableString.Invariant($"{id},2025-01-06,2025-02-01,Sở Xây dựng,Việc {id}\n")));

    public Analytics Start(params string[] arguments)
    {
        string[] all = [.. arguments, "--home", Home, "--engine", Engine];
        return Analytics.Start(all, Environment);
    }

    public async Task<Ended> CallAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        var ended = await program.EndAsync();
        // Whatever happens: sentences, and no trace of the program's insides.
        Assert.DoesNotContain("   at ", ended.All);
        Assert.DoesNotContain("Unhandled", ended.All);
        return ended;
    }

    public Task<Ended> RunAsync(params string[] more) => CallAsync(["run", "--feeds", Feeds, .. more]);

    /// <summary>Runs what cannot fail.</summary>
    public async Task<Ended> RunWellAsync(params string[] more)
    {
        var ended = await RunAsync(more);
        Assert.True(ended.Code == 0, ended.All);
        return ended;
    }

    /// <summary>Rows of the published state, values separated by commas.</summary>
    public async Task<IReadOnlyList<string>> SqlAsync(string sql)
    {
        var ended = await CallAsync("sql", sql, "--format", "csv");
        Assert.True(ended.Code == 0, ended.All);
        return [.. ended.Lines.Skip(1)];
    }

    /// <summary>All that readers can ask: the measures, and every task.</summary>
    public async Task<string> PublishedAsync()
    {
        var measured = await CallAsync("measure", "assigned,open,completed", "--by", "province,agency", "--as-of", "2025-06-30", "--format", "csv");
        Assert.True(measured.Code == 0, measured.All);
        return measured.Said + string.Join('\n', await SqlAsync("select task_code, due_date, load_key from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key order by task_code, load_key"));
    }

    public async Task<IReadOnlyList<string>> TasksAsync() =>
        await SqlAsync("select task_code from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null order by task_code");

    public void Dispose() => folder.Delete(recursive: true);
}
