using System.CommandLine;
using Warehouse.Measures;
using Warehouse.Reports;

namespace Etl.Commands;

/// <summary>The verb <c>report</c>: a list or table of <c>sql/reports</c>, as of a day.</summary>
static class ReportCommand
{
    /// <summary>Parameters that many reports have; the others are given with <c>--set</c>.</summary>
    static readonly (Option<string?> Option, string Parameter)[] Common =
    [
        (Text("--as-of", "State at the end of this day, UTC+7 (default: of the report)"), "as_of"),
        (Text("--from", "First day of the report's window, included"), "from"),
        (Text("--to", "Last day of the report's window, included"), "to"),
        (Text("--province", "Only this province, by name or code"), "province"),
        (Text("--agency", "Only this agency, by name or code"), "agency"),
    ];

    public static Command Create()
    {
        var reports = ReportFolder.Load();
        var name = new Argument<string?>("name") { Description = "The report; without one they are listed with their parameters", Arity = ArgumentArity.ZeroOrOne };
        var set = new Option<string[]>("--set") { Description = "Any other parameter of the report, as NAME=VALUE; may be given several times" };
        var command = new Command("report", "Show a report of sql/reports from the published state") { name, set, Options.Format, Options.Home, Options.Engine };
        foreach (var (option, _) in Common) command.Add(option);
        command.SetAction((parsed, cancel) =>
        {
            if (parsed.GetValue(name) is not { } asked) return Task.FromResult(List(reports));
            var report = reports.Find(asked);
            var given = Common.Where(each => parsed.GetValue(each.Option) is not null).ToDictionary(each => each.Parameter, each => parsed.GetValue(each.Option)!);
            foreach (var (parameter, value) in (parsed.GetValue(set) ?? []).Select(Assignment)) given[parameter] = value;
            return QueryCommands.ReadAsync(Options.HomeOf(parsed), async session =>
            {
                var table = await new ReportQuery(MeasureCatalog.Load(), Warehouse.Reference.Calendar.Load()).AskAsync(session, report, given, cancel);
                Output.Write(table, parsed.GetValue(Options.Format)!, Console.Out);
                return ExitCode.Done;
            }, cancel);
        });
        return command;
    }

    static int List(ReportFolder reports)
    {
        foreach (var report in reports.Reports)
        {
            Console.WriteLine($"{report.Name}: {report.TitleEn}");
            foreach (var parameter in report.Parameters)
                Console.WriteLine($"  {parameter.Name} = {(parameter.Default.Length > 0 ? parameter.Default : "(every one)")}: {parameter.About}");
        }
        return ExitCode.Done;
    }

    static (string Name, string Value) Assignment(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (text[..at].Trim(), text[(at + 1)..].Trim()) : throw new WrongUseException($"'{text}' sets no parameter; write NAME=VALUE");

    static Option<string?> Text(string name, string about) => new(name) { Description = about };
}
