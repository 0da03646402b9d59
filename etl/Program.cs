using System.CommandLine;
using Etl.Commands;

var shown = Shown.OnConsole();
var parsed = Root.Create(shown, TimeProvider.System).Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var line in Misuse.Told(parsed)) shown.Complain(line);
    return ExitCode.WrongUse;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
}
catch (Exception error)
{
    var (code, message) = Failure.Of(error);
    shown.Complain(message);
    return code;
}
