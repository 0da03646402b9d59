using System.CommandLine;
using Etl.Commands;
using Etl.Feeds;
using Etl.Sources;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;

var shown = Shown.OnConsole();
var parsed = Root.Create(shown, TimeProvider.System).Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) shown.Complain(error.Message);
    shown.Complain("'--help' tells what there is.");
    return ExitCode.WrongUse;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is WrongUseException or FeedException or CatalogException)
{
    shown.Complain(error.Message);
    return ExitCode.WrongUse;
}
catch (SourceException error)
{
    shown.Complain(error.Message);
    return error.Fault == SourceFault.Data ? ExitCode.DataFailed : error.Fault == SourceFault.Configuration ? ExitCode.WrongUse : ExitCode.Absent;
}
catch (ModelException error)
{
    shown.Complain(error.Message);
    return ExitCode.DataFailed;
}
catch (EngineException error)
{
    shown.Complain(error.Message);
    return ExitCode.Absent;
}
catch (System.Data.Common.DbException error)
{
    shown.Complain($"the database refused: {error.Message}");
    return ExitCode.WrongUse;
}
