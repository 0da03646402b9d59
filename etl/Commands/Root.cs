using System.CommandLine;

namespace Etl.Commands;

/// <summary>The program's verbs and their options, all that the command line knows.</summary>
static class Root
{
    public static RootCommand Create(Shown shown, TimeProvider time) => new("Analytics: loads municipal task systems into a star schema and answers questions about it.")
    {
        DemoCommand.Create(shown, time), RunCommands.Load(shown, time), RunCommands.Build(shown, time), RunCommands.Check(shown, time), RunCommands.Run(shown, time), RestoreCommand.Create(shown, time),
        StatusCommand.Create(time), QueryCommands.Sql(), QueryCommands.Measure(), ReportCommand.Create(), ExportCommand.Create(shown, time), ScheduleCommand.Create(shown, time), QuarantineCommands.Create(shown, time), BenchCommand.Create(shown, time), BacktestCommand.Create(shown, time), RiskCommands.Predict(shown, time), RiskCommands.Risk(),
    };
}
