using System.CommandLine;
using Warehouse.Engines;

namespace Etl.Commands;

/// <summary>Options that several verbs take.</summary>
static class Options
{
    public static readonly Option<string?> Home = new("--home") { Description = "Folder of the warehouse (default: ANALYTICS_HOME, else ./home)" };

    public static readonly Option<string?> Engine = new("--engine") { Description = "duckdb (default) or postgres (default: ANALYTICS_ENGINE; a server's connection string is in ANALYTICS_CONNECTION)" };

    public static readonly Option<string?> Feeds = new("--feeds") { Description = "Folder of feed files to load instead of those that ship with the program" };

    public static readonly Option<string[]> Feed = new("--feed") { Description = "Load only this feed; may be given several times" };

    public static readonly Option<string> Format = Listed(new Option<string>("--format") { Description = "table, csv or json", DefaultValueFactory = _ => "table" }, "table", "csv", "json");

    public static Home HomeOf(ParseResult parsed)
    {
        var choice = EngineChoice.From(parsed.GetValue(Home), parsed.GetValue(Engine));
        return new(choice.Folder, choice.EngineName, choice.Connection);
    }

    public static Option<string> Listed(Option<string> option, params string[] values) => option.AcceptOnlyFromAmong(values);
}
