using System.CommandLine;
using Etl.Commands;

var shown = Shown.OnConsole();
var time = TimeProvider.System;
var root = new RootCommand("Analytics: loads municipal task systems into a star schema and answers questions about it.")
{
    DemoCommand.Create(shown, time), RunCommands.Load(shown, time), RunCommands.Build(shown, time), RunCommands.Check(shown, time), RunCommands.Run(shown, time),
    StatusCommand.Create(), QueryCommands.Sql(), QueryCommands.Measure(), QuarantineCommands.Create(shown, time), BenchCommand.Create(shown, time),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var line in Misuse.Told(parsed)) shown.Complain(line);
    return ExitCode.WrongUse;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error)
{
    var (code, message) = Failure.Of(error);
    shown.Complain(message);
    return code;
}
