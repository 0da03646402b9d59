using System.Text;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;

namespace Warehouse.Runs;

/// <summary>The table <c>raw.run_log</c>: filled from the home's own record before each publication, and read from the published state.</summary>
public static class RunTable
{
    static readonly TableShape Table = RawTables.RunLog;

    /// <summary>Brings the table up to the steps given: what it has already stays, the rest is added, a run that ended since replaces its beginning.</summary>
    public static async Task FillAsync(Workspace workspace, IEnumerable<RunStep> steps, CancellationToken cancel)
    {
        var known = (await workspace.ReadAsync<Known>("select run_key as RunKey, step_no as StepNo, outcome_code as Outcome from raw.run_log", cancel: cancel)).ToDictionary(row => (row.RunKey, row.StepNo), row => row.Outcome);
        var fresh = steps.Where(step => known.GetValueOrDefault((step.RunKey, step.StepNo)) is not { } outcome || (outcome == RunOutcome.Started && step.Outcome != RunOutcome.Started)).ToList();
        if (fresh.Count == 0) return;
        await using var transaction = await workspace.BeginAsync(cancel);
        foreach (var step in fresh.Where(step => known.ContainsKey((step.RunKey, step.StepNo))))
            await workspace.RunAsync("delete from raw.run_log where run_key = @RunKey and step_no = @StepNo", new { step.RunKey, step.StepNo }, cancel);
        var chunk = new RowChunk(Table, fresh.Count);
        foreach (var step in fresh) Add(chunk, step);
        await using (var writer = workspace.OpenBulkWriter(Table))
        {
            await writer.WriteAsync(chunk, cancel);
            await writer.CompleteAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Every step that the state holds, oldest first; none where the state is older than the table.</summary>
    public static async Task<IReadOnlyList<RunStep>> ReadAsync(Session session, CancellationToken cancel)
    {
        if (!await session.ExistsAsync(Table.FullName, cancel)) return [];
        const string Sql = """
            select run_key as RunKey, step_no as StepNo, load_key as LoadKey, verb_code as Verb, step_code as Step, feed_code as Feed, record_code as Record, part_name as Part,
                outcome_code as Outcome, message_text as Message, attempt_count as Attempts, exit_code as ExitCode, received_count as Received, accepted_count as Accepted,
                quarantined_count as Quarantined, withheld_count as Withheld, seconds as Seconds, started_at as Started
            from raw.run_log
            order by started_at, run_key, step_no
            """;
        return [.. (await session.ReadAsync<Row>(Sql, cancel: cancel)).Select(Step)];
    }

    /// <summary>
    /// How each source stood at the newest publication, by feed: <see cref="RunOutcome.InTime"/>, <see cref="RunOutcome.Late"/> or
    /// <see cref="RunOutcome.Absent"/>, and the cut-off it was judged by (<c>2026-04-27 16:00</c>, in the schedule's time zone; empty where it has none).
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, (string Outcome, string CutOff)>> StandingsAsync(Session session, CancellationToken cancel)
    {
        if (!await session.ExistsAsync(Table.FullName, cancel)) return new Dictionary<string, (string, string)>();
        const string Sql = """
            select run_log.feed_code as Feed, max(run_log.outcome_code) as Outcome, max(run_log.part_name) as CutOff
            from raw.run_log
            join (select feed_code, max(started_at) as newest_at from raw.run_log where step_code = 'source' group by feed_code) as newest
                on run_log.feed_code = newest.feed_code and run_log.started_at = newest.newest_at
            where run_log.step_code = 'source'
            group by run_log.feed_code
            """;
        return (await session.ReadAsync<Standing>(Sql, cancel: cancel)).ToDictionary(row => row.Feed, row => (row.Outcome, row.CutOff ?? ""));
    }

    static void Add(RowChunk chunk, RunStep step)
    {
        void Number(string column, long value) => chunk.Set(Table[column], value);
        void Text(string column, string value) => chunk.Set(Table[column], Encoding.UTF8.GetBytes(value));
        Number("run_key", step.RunKey);
        Number("step_no", step.StepNo);
        Number("source_key", step.Feed.Length == 0 ? 0 : StableKey.Of("source", step.Feed));
        Number("load_key", step.LoadKey);
        Text("verb_code", step.Verb);
        Text("step_code", step.Step);
        Text("feed_code", step.Feed);
        Text("record_code", step.Record);
        Text("part_name", step.Part);
        Text("outcome_code", step.Outcome);
        // PostgreSQL stores no NUL.
        Text("message_text", step.Message.Replace('\0', '␀'));
        Number("attempt_count", step.Attempts);
        if (step.ExitCode is { } code) Number("exit_code", code);
        Number("received_count", step.Received);
        Number("accepted_count", step.Accepted);
        Number("quarantined_count", step.Quarantined);
        Number("withheld_count", step.Withheld);
        chunk.Set(Table["seconds"], step.Seconds);
        Number("started_at", Microseconds(step.Started));
        Number("ended_at", Microseconds(step.Ended));
        chunk.EndRow();
    }

    static RunStep Step(Row row) => new(row.RunKey, row.StepNo, row.Verb, row.Step, row.Outcome, new(DateTime.SpecifyKind(row.Started, DateTimeKind.Utc)), row.Seconds)
    {
        Feed = row.Feed, Record = row.Record, Part = row.Part, LoadKey = row.LoadKey, Attempts = row.Attempts, ExitCode = row.ExitCode, Message = row.Message,
        Received = row.Received, Accepted = row.Accepted, Quarantined = row.Quarantined, Withheld = row.Withheld,
    };

    static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;

    sealed record Standing(string Feed, string Outcome, string? CutOff);

    sealed record Known(long RunKey, int StepNo, string Outcome);

    sealed class Row
    {
        public long RunKey { get; set; }
        public int StepNo { get; set; }
        public long LoadKey { get; set; }
        public string Verb { get; set; } = "";
        public string Step { get; set; } = "";
        public string Feed { get; set; } = "";
        public string Record { get; set; } = "";
        public string Part { get; set; } = "";
        public string Outcome { get; set; } = "";
        public string Message { get; set; } = "";
        public int Attempts { get; set; }
        public int? ExitCode { get; set; }
        public long Received { get; set; }
        public long Accepted { get; set; }
        public long Quarantined { get; set; }
        public long Withheld { get; set; }
        public double Seconds { get; set; }
        public DateTime Started { get; set; }
    }
}
