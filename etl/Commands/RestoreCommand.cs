using System.CommandLine;
using Warehouse.Runs;

namespace Etl.Commands;

/// <summary>The verb <c>restore</c>: readers see the state before the published one again.</summary>
static class RestoreCommand
{
    public static Command Create(Shown shown, TimeProvider time)
    {
        var command = new Command("restore", "Go back to the state before the published one, while no run has begun to work in its place") { Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) =>
        {
            var home = Options.HomeOf(parsed);
            return RunCommands.InHomeAsync(home, "restore", time, async (engine, log) =>
            {
                var previous = await engine.FindPreviousAsync(cancel)
                    ?? throw new WrongUseException($"there is no state to go back to in {home.Folder} on {engine.Name}: none was published before, or a run has begun to work in its place");
                var restored = await log.TimeAsync(RunSteps.Publish, () => engine.RestoreAsync(cancel), _ => RunOutcome.Done);
                shown.Say(FormattableString.Invariant($"published state {restored.Number}, which is state {previous} again; the next run builds on what is loaded, so what was wrong with its data or models is to be mended first"));
                return ExitCode.Done;
            });
        });
        return command;
    }
}
