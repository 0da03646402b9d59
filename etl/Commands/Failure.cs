using System.Data.Common;
using System.Threading.Channels;
using Etl.Feeds;
using Etl.Sources;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Reports;

namespace Etl.Commands;

/// <summary>What an error means to whoever started the program: an exit code and one sentence, never a stack trace.</summary>
static class Failure
{
    public static (int Code, string Message) Of(Exception error) => error switch
    {
        WrongUseException or FeedException or CatalogException => (ExitCode.WrongUse, error.Message),
        SourceException source => (CodeOf(source.Fault), source.Message),
        EngineException or HomeLockedException => (ExitCode.Absent, error.Message),
        ModelException or ReportException => (ExitCode.DataFailed, error.Message),
        OperationCanceledException => (ExitCode.Stopped, "stopped; the last published state stands"),
        // Nothing is wrong with what was asked: another time it succeeds.
        DbException { IsTransient: true } => (ExitCode.Absent, error.Message),
        DbException => (ExitCode.WrongUse, $"the database refused: {error.Message}"),
        // A stage that waited for another was told of that one's error.
        ChannelClosedException { InnerException: { } reason } => Of(reason),
        IOException or UnauthorizedAccessException => (ExitCode.Absent, error.Message),
        _ => (ExitCode.DataFailed, $"a fault of the program itself, please report it: {error.GetType().Name} in {error.TargetSite?.DeclaringType?.Name}.{error.TargetSite?.Name}: {error.Message}"),
    };

    public static int CodeOf(SourceFault fault) => fault switch
    {
        SourceFault.Data => ExitCode.DataFailed,
        SourceFault.Configuration => ExitCode.WrongUse,
        _ => ExitCode.Absent,
    };

    /// <summary>Does something on an engine.</summary>
    /// <exception cref="EngineException">The engine went away in the middle, whatever error that showed as.</exception>
    public static async Task<int> GuardAsync(IEngine engine, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is not (EngineException or OperationCanceledException) && engine.FailureBehind(error) is { } failure)
        {
            throw failure;
        }
    }
}
