using System.CommandLine;
using System.Globalization;
using Etl.Feeds;
using Warehouse.Engines;

namespace Etl.Commands;

/// <summary>The verb <c>quarantine</c>: what was refused and why, one row whole, and the second try.</summary>
static class QuarantineCommands
{
    const string OpenRows = """
        from raw.quarantine
        join raw.batch on quarantine.load_key = batch.load_key
        join raw.source on quarantine.source_key = source.source_key
        left join raw.quarantine_resolved on quarantine.quarantine_key = quarantine_resolved.quarantine_key
        """;

    public static Command Create(Shown shown, TimeProvider time) => new("quarantine", "Rows that were refused: list them, show one, load corrected ones again") { List(), Show(), Replay(shown, time) };

    static Command List()
    {
        var command = new Command("list", "Every row in quarantine with its coordinates and the rule that refused it") { Options.Feed, Options.Format, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) => QueryAsync(parsed, $"""
            select quarantine.quarantine_key, source.feed_code as feed, quarantine.record_code as record, batch.part_name as part, quarantine.row_no as row_no,
                quarantine.column_name, quarantine.rule_code as rule, quarantine.received_text, quarantine.reason,
                case when quarantine_resolved.quarantine_key is null then 'open' else 'replayed' end as state
            {OpenRows}
            {FeedFilter(parsed)}
            order by source.feed_code, batch.part_name, quarantine.row_no, quarantine.quarantine_key
            """, cancel));
        return command;
    }

    static Command Show()
    {
        var key = new Argument<long>("key") { Description = "quarantine_key of the row, as list prints it" };
        var command = new Command("show", "One row as it was received") { key, Options.Format, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) => QueryCommands.ReadAsync(Options.HomeOf(parsed), async session =>
        {
            if (await session.ReadValueAsync<long>(FormattableString.Invariant($"select count(*) from raw.quarantine where quarantine_key = {parsed.GetValue(key)}"), cancel: cancel) == 0)
                throw new WrongUseException(FormattableString.Invariant($"there is no row {parsed.GetValue(key)} in quarantine; 'quarantine list' tells the keys"));
            return await WriteAsync(session, parsed, FormattableString.Invariant($"""
            select quarantine.quarantine_key, source.feed_code as feed, quarantine.record_code as record, batch.part_name as part, quarantine.row_no as row_no,
                quarantine.column_name, quarantine.rule_code as rule, quarantine.received_text, quarantine.reason, quarantine.received_row,
                case when quarantine_resolved.quarantine_key is null then 'open' else 'replayed' end as state
            {OpenRows}
            where quarantine.quarantine_key = {parsed.GetValue(key)}
            """), cancel);
        }, cancel));
        return command;
    }

    static Command Replay(Shown shown, TimeProvider time)
    {
        var command = new Command("replay", "Load quarantined rows again: with the corrections in the home's inbox, and as the feeds read them now; then build, check and publish")
        {
            Options.Feeds, Options.Feed, Options.Home, Options.Engine,
        };
        command.SetAction((parsed, cancel) =>
        {
            var home = Options.HomeOf(parsed);
            var feeds = RunCommands.Choose(FeedFolder.Read(parsed.GetValue(Options.Feeds) ?? FeedFolder.Shipped), parsed.GetValue(Options.Feed) ?? []);
            return RunCommands.InWorkspaceAsync(home, "quarantine replay", time, async (workspace, log) =>
            {
                var steps = new Steps(home, shown, time, log);
                await steps.ReplayAsync(workspace, feeds, cancel);
                await steps.BuildAsync(workspace, whole: false, cancel);
                return await steps.CheckAsync(workspace, full: false, cancel);
            }, cancel);
        });
        return command;
    }

    static string FeedFilter(ParseResult parsed)
    {
        var names = parsed.GetValue(Options.Feed) ?? [];
        return names.Length == 0 ? "" : $"where source.feed_code in ({string.Join(", ", names.Select(name => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"))})";
    }

    static Task<int> QueryAsync(ParseResult parsed, string sql, CancellationToken cancel) =>
        QueryCommands.ReadAsync(Options.HomeOf(parsed), session => WriteAsync(session, parsed, sql, cancel), cancel);

    static async Task<int> WriteAsync(Session session, ParseResult parsed, string sql, CancellationToken cancel)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = session.Physical(sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await Output.WriteAsync(reader, parsed.GetValue(Options.Format)!, Console.Out, cancel);
        return ExitCode.Done;
    }
}
