using System.CommandLine;
using System.Globalization;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Warehouse.Measures;
using Warehouse.Reference;

namespace Etl.Commands;

/// <summary>The verbs <c>sql</c> and <c>measure</c>, which read the published state.</summary>
static class QueryCommands
{
    public static Command Sql()
    {
        var statement = new Argument<string>("statement") { Description = "A SELECT over raw, staging, warehouse or analytics" };
        var command = new Command("sql", "Run SQL over the published state, read only") { statement, Options.Format, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) => ReadAsync(Options.HomeOf(parsed), async session =>
        {
            await using var sql = session.Connection.CreateCommand();
            sql.CommandText = session.Physical(parsed.GetValue(statement)!);
            sql.CommandTimeout = 0;
            await using var reader = await sql.ExecuteReaderAsync(cancel);
            await Output.WriteAsync(reader, parsed.GetValue(Options.Format)!, Console.Out, cancel);
            return ExitCode.Done;
        }, cancel));
        return command;
    }

    public static Command Measure()
    {
        var names = new Argument<string>("names") { Description = "Measures, by comma: assigned,completed,on_time_rate_of_due" };
        var by = new Option<string?>("--by") { Description = "Dimensions to split by, by comma: province,assigned_year" };
        var where = new Option<string?>("--where") { Description = "Conditions: \"province=Cần Thơ;assigned_year=2022|2023\"" };
        var asOf = Day("--as-of", "State at the end of this day, UTC+7 (default: --to, else the newest published extract)");
        var from = Day("--from", "First day of the window of assignment, included");
        var to = Day("--to", "Last day of the window of assignment, included");
        var knownAt = Day("--known-at", "As extracts up to this day had told it, with today's definitions (default: all that is known)");
        var view = Options.Listed(
            new Option<string>("--view") { Description = "Provinces and agencies as they were (as-was), as they are today (as-is), or the 34 of 1 July 2025 for all years (panel)", DefaultValueFactory = _ => "as-was" },
            [.. UnitViews.Words]);
        var command = new Command("measure", "Answer measures of sql/measures from the published state") { names, by, where, asOf, from, to, knownAt, view, Options.Format, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) => ReadAsync(Options.HomeOf(parsed), async session =>
        {
            var request = new MeasureRequest(
                Listed(parsed.GetValue(names)), Listed(parsed.GetValue(by)), Condition.Parse(parsed.GetValue(where) ?? ""),
                DayOf(parsed.GetValue(asOf)), DayOf(parsed.GetValue(from)), DayOf(parsed.GetValue(to)),
                View: UnitViews.Read(parsed.GetValue(view)!)!.Value) { KnownAt = DayOf(parsed.GetValue(knownAt)) };
            var table = await new MeasureQuery(MeasureCatalog.Load(), Warehouse.Reference.Calendar.Load()).AskAsync(session, request, cancel);
            Output.Write(table, parsed.GetValue(Options.Format)!, Console.Out);
            return ExitCode.Done;
        }, cancel));
        return command;
    }

    /// <summary>Opens the published state for one question.</summary>
    /// <exception cref="EngineException">Nothing was published yet.</exception>
    internal static Task<int> ReadAsync(Home home, Func<Session, Task<int>> read, CancellationToken cancel) => ReadAsync(home, null, read, cancel);

    /// <param name="byDefault">What the embedded engine may use where the environment does not say.</param>
    /// <inheritdoc cref="ReadAsync(Home, Func{Session, Task{int}}, CancellationToken)"/>
    internal static async Task<int> ReadAsync(Home home, DuckDbSettings? byDefault, Func<Session, Task<int>> read, CancellationToken cancel)
    {
        await using var engine = home.OpenEngine(byDefault);
        await using var session = await engine.OpenPublishedAsync(cancel)
            ?? throw new EngineException($"nothing is published yet in {home.Folder} on {engine.Name}; 'analytics demo' or 'analytics run' makes the first state");
        return await Failure.GuardAsync(engine, () => read(session));
    }

    static Option<string?> Day(string name, string about) => new(name) { Description = about };

    static List<string> Listed(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    internal static DateOnly? DayOf(string? text) => text switch
    {
        null => null,
        _ when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => throw new WrongUseException($"'{text}' is not a day; write yyyy-MM-dd"),
    };
}
