using System.Collections.Concurrent;
using Etl.Commands;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Measures;
using Xunit;
using Calendar = Warehouse.Reference.Calendar;

namespace Tests.EndToEnd;

/// <summary>
/// Readers ask all the while in which the real program publishes one state after the other, in increments and as a whole: each
/// state gives always the same answers, the months reconcile in each, and who holds on to one sees no other and keeps no run waiting.
/// </summary>
public sealed class ReaderTests
{
    const int Readers = 2;
    const int Publications = 6;

    static readonly MeasureCatalog Catalog = MeasureCatalog.Load();
    static readonly Calendar Days = Calendar.Load();

    [EngineFact(TestEngine.DuckDb)]
    public Task Readers_see_only_complete_states_in_a_file() => AskAllTheWhileAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task Readers_see_only_complete_states_on_a_server() => AskAllTheWhileAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task Readers_see_only_complete_states_on_SQL_Server() => AskAllTheWhileAsync(TestEngine.SqlServer);

    static async Task AskAllTheWhileAsync(string engineName)
    {
        using var extracts = new CrashExtracts().Write(1);
        await using var site = await CrashSite.CreateAsync(engineName);
        Assert.Equal(0, await site.RunAsync(extracts));
        var answers = new ConcurrentDictionary<int, string>();
        var mixtures = new ConcurrentQueue<string>();
        using var over = new CancellationTokenSource();
        await using var engine = site.Home.OpenEngine();
        var readers = Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await using var session = (await engine.OpenPublishedAsync(default))!;
                await NoteAsync(session);
            }
        })).ToList();

        // Each of these holds on to the state of its time until the end.
        var held = new List<Session>();
        for (var month = 2; month <= Publications; month++)
        {
            held.Add((await engine.OpenPublishedAsync(default))!);
            await NoteAsync(held[^1]);
            // All is built anew in the fourth, in the slot that the second one's reader still reads.
            using var program = site.Start(extracts.Write(month, much: month == 4));
            var ended = await program.EndAsync();
            Assert.True(ended.Code == 0, ended.All);
            Assert.Contains($"published state {month}", ended.Said);
            foreach (var session in held) await NoteAsync(session);
        }
        await over.CancelAsync();
        await Task.WhenAll(readers);
        foreach (var session in held)
        {
            await NoteAsync(session);
            await session.DisposeAsync();
        }

        await using (var last = (await engine.OpenPublishedAsync(default))!) await NoteAsync(last);
        Assert.Empty(mixtures.Distinct());
        Assert.Equal(Enumerable.Range(1, Publications), answers.Keys.Order());
        Assert.Equal(Publications, answers.Values.Distinct().Count());
        Assert.All(answers.Values, answer => Assert.StartsWith("whole", answer));

        // Nobody reads any more, so what was left to readers is gone with the next runs.
        Assert.Equal(0, await site.RunAsync(extracts));
        Assert.Equal(0, await site.RunAsync(extracts));
        Assert.Equal((Publications + 2, 2L), ((await site.ReadAsync()).Number, await site.CountSlotsAsync()));

        async Task NoteAsync(Session session)
        {
            var answer = await AskAsync(session);
            if (answers.GetOrAdd(session.Publication.Number, answer) is var first && first != answer) mixtures.Enqueue($"state {session.Publication.Number} told\n{first}\nand then\n{answer}");
        }
    }

    /// <summary>The months with what came and went, as <c>measure</c> prints them, beside counts of tables that hold the same tasks.</summary>
    static async Task<string> AskAsync(Session session)
    {
        var request = new MeasureRequest(["backlog_opening", "new_tasks", "completions", "backlog_closing"], ["month"], [], From: new DateOnly(2022, 10, 1));
        var months = new StringWriter();
        Output.Write(await new MeasureQuery(Catalog, Days).AskAsync(session, request, default), "csv", months);
        var unequal = await session.ReadValueAsync<long>("""
            select count(*) from analytics.backlog_flow_month
            where opening_count + new_count + reopened_count + transferred_in_count - completed_count - withdrawn_count - transferred_out_count <> closing_count
            """);
        var tasks = await session.ReadValueAsync<long>("select count(*) from warehouse.fact_task");
        var texts = await session.ReadValueAsync<long>("select count(*) from warehouse.task_text join warehouse.fact_task on task_text.task_key = fact_task.task_key");
        var open = await session.ReadValueAsync<long>("select count(*) from warehouse.fact_task where completed_date is null");
        var spans = await session.ReadValueAsync<long>("select count(*) from warehouse.fact_task_state where is_open = 1 and valid_to = date '9999-12-31'");
        var whole = unequal == 0 && tasks == texts && open == spans && tasks > 0;
        return $"{(whole ? "whole" : "IN PIECES")}: {unequal} months do not reconcile, {tasks} tasks, {texts} texts, {open} open, {spans} open spans\n{months}";
    }
}
