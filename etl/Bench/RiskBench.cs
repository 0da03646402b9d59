using System.ComponentModel;
using System.Diagnostics;
using Etl.Commands;
using Warehouse.Risk;

namespace Etl.Bench;

/// <summary>How long the risk model trains on made-up landmark rows and scores tasks, beside XGBoost's command-line program on the same matrix.</summary>
sealed class RiskBench(Home home, Shown shown)
{
    const string Program = "xgboost";
    const double RatioGoal = 1.2, TrainingGoal = 60, ScoringGoal = 0.02;
    const int GoalRows = 1_000_000, Seed = 1;

    public async Task<int> RunAsync(int rows, CancellationToken cancel)
    {
        if (rows < 1000) throw new WrongUseException("a measurement needs 1,000 landmark rows or more");
        if (!RiskSpeed.CanTrain) throw new WrongUseException("XGBoost's library is not there (Debian package libxgboost0): there is nothing to measure");
        var folder = Directory.CreateDirectory(Path.Combine(home.Folder, "bench-risk")).FullName;
        shown.Say(FormattableString.Invariant($"{rows:N0} landmark rows of 96 columns, made up{(rows == GoalRows ? "" : FormattableString.Invariant($"; goals are of {GoalRows:N0}"))}"));
        var ours = RiskSpeed.Boost(rows, Seed, folder);
        shown.Say(Meter.Line($"boosted trees, {ours.Rounds} rounds, our binding", $"{ours.Ours.TotalSeconds:0.0} s with the rows handed over"));
        if (await TheirsAsync(ours, folder, cancel) is { } theirs)
        {
            shown.Say(Meter.Line("the same by the program xgboost", $"{theirs.TotalSeconds:0.0} s with the rows read"));
            shown.Say(Meter.Line("ratio", $"{ours.Ours / theirs:0.00} {Meter.Verdict("up to 1.2", ours.Ours / theirs <= RatioGoal)}"));
        }
        else shown.Say("the program xgboost (Debian package xgboost) is not there: no comparison");
        File.Delete(ours.File);
        var speed = RiskSpeed.Train(rows, Seed);
        foreach (var note in speed.Notes) shown.Say(note);
        shown.Say(Meter.Line("all learners, choice and calibration", $"{speed.Training.TotalSeconds:0.0} s {Meter.Verdict("up to 60 s", speed.Training.TotalSeconds <= TrainingGoal)}, {speed.Taught:N0} rows taught"));
        foreach (var (name, seconds, scoring) in speed.Learners) shown.Say(Meter.Line($"of them {name}", $"{seconds:0.0} s, scoring {scoring / 1000:0.0000} ms per task"));
        shown.Say(Meter.Line($"scoring, {speed.Served}", $"{speed.MicrosecondsPerTask / 1000:0.0000} ms per task {Meter.Verdict("up to 0.02 ms", speed.MicrosecondsPerTask / 1000 <= ScoringGoal)}"));
        return ExitCode.Done;
    }

    /// <summary>Null where the program is not installed.</summary>
    static async Task<TimeSpan?> TheirsAsync(BoosterSpeed ours, string folder, CancellationToken cancel)
    {
        var configuration = Path.Combine(folder, "xgboost.conf");
        await File.WriteAllLinesAsync(configuration,
            [.. ours.Settings.Select(setting => $"{setting.Key} = {setting.Value}"), FormattableString.Invariant($"num_round = {ours.Rounds}"), $"data = \"{ours.File}\"", $"model_out = \"{Path.Combine(folder, "xgboost.model")}\""], cancel);
        var watch = Stopwatch.StartNew();
        Process? program;
        try
        {
            program = Process.Start(new ProcessStartInfo(Program, [configuration]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
        using (program)
        {
            var said = await Task.WhenAll(program!.StandardOutput.ReadToEndAsync(cancel), program.StandardError.ReadToEndAsync(cancel));
            await program.WaitForExitAsync(cancel);
            return program.ExitCode == 0 ? watch.Elapsed : throw new InvalidOperationException($"bench: xgboost ended with {program.ExitCode}: {string.Join(' ', said).Trim()}");
        }
    }
}
