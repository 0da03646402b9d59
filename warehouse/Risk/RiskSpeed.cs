using System.Diagnostics;
using System.Globalization;
using Warehouse.Risk.XGBoost;

namespace Warehouse.Risk;

/// <summary>How long the library trains on a matrix from our side, for a comparison with its own command-line program.</summary>
/// <param name="File">The same matrix as the program reads it, in the library's own form.</param>
/// <param name="Settings">What both are told.</param>
public sealed record BoosterSpeed(TimeSpan Ours, int Rounds, string File, IReadOnlyDictionary<string, string> Settings);

/// <summary>How long all learners take, and the one that serves to score.</summary>
/// <param name="Taught">Rows that taught: of many, whole tasks are left out.</param>
/// <param name="Learners">Each learner with the seconds that it took to train, and the microseconds that it takes for a task.</param>
public sealed record TrainingSpeed(int Rows, int Taught, TimeSpan Training, IReadOnlyList<(string Name, double Seconds, double MicrosecondsPerTask)> Learners, string Served, double MicrosecondsPerTask, IReadOnlyList<string> Notes);

/// <summary>Times of the learner on made-up landmark rows, as wide as real ones and with their gaps.</summary>
public static class RiskSpeed
{
    const int Columns = 96;
    const int LandmarksOfTask = 10;
    const int Rounds = 200;

    static readonly DateOnly First = new(2023, 1, 2);
    static readonly DateOnly Until = First.AddDays(7 * 104);

    /// <summary>XGBoost's library is there.</summary>
    public static bool CanTrain => Learner.IsThere;

    /// <summary>Trains the boosted trees alone on a matrix of so many rows, and leaves the matrix in a file.</summary>
    public static BoosterSpeed Boost(int rows, int seed, string folder)
    {
        var made = Rows(rows, seed);
        var settings = BoostedTrees.Settings(made, seed);
        settings.Remove("monotone_constraints"); // the program's configuration has no way to write them
        var labels = made.Cases.Select(each => (float)each.Late!.Value).ToArray();
        var watch = Stopwatch.StartNew();
        using var matrix = new Matrix(made.Values, Columns).With("label", labels);
        using var booster = Booster.Train(matrix, settings, Rounds);
        watch.Stop();
        var file = Path.Combine(folder, "landmarks.buffer");
        matrix.Save(file);
        return new(watch.Elapsed, Rounds, file, settings);
    }

    /// <summary>Trains all learners on so many rows, as a prediction does, and scores as many tasks as were open at the last landmarks.</summary>
    public static TrainingSpeed Train(int rows, int seed)
    {
        var made = Rows(rows, seed);
        var watch = Stopwatch.StartNew();
        var trained = new RiskTraining(made, Until.AddDays(-7 * 21), Until, seed).Train();
        var training = watch.Elapsed;
        var asked = made.Where(each => each.Landmark >= Until.AddDays(-7 * 21)).Only(trained.Rows.Columns);
        return new(made.Count, trained.Rows.Count, training, [.. trained.Others.Where(each => each.Model is not Mean).Select(each => (each.Model.Name, each.TrainSeconds, Score(each)))], trained.Served.Model.Name, Score(trained.Served), trained.Notes);

        double Score(Candidate each)
        {
            watch.Restart();
            each.Predict(asked);
            return watch.Elapsed.TotalMicroseconds / Math.Max(1, asked.Count);
        }
    }

    /// <summary>Tasks of ten weekly landmarks each; a few columns tell how they end, a fifth of the values is missing.</summary>
    static RiskRows Rows(int rows, int seed)
    {
        var random = new Random(seed);
        var (cases, values) = (new RiskCase[rows], new float[rows * Columns]);
        for (var i = 0; i < rows; i++)
        {
            var task = i / LandmarksOfTask;
            var landmark = First.AddDays((int)((long)task * LandmarksOfTask * 7 * 90 / Math.Max(1, rows)) + (7 * (i % LandmarksOfTask)));
            var (assigned, term, slow) = (landmark.AddDays(-7 * (i % LandmarksOfTask) - 1), 70 + (task % 5 * 14), task % 3 == 0);
            var close = term * (slow ? 1.1 : 0.8) * (0.7 + 0.6 * random.NextDouble());
            cases[i] = new(task, landmark, 1, 1, task % 50, assigned, assigned.AddDays(term), (landmark.DayNumber - assigned.DayNumber) / (term + 1.0))
            {
                Late = close > term ? 1 : 0, LabelKnown = assigned.AddDays((int)Math.Min(close, term)), DaysToDue = assigned.AddDays(term).DayNumber - landmark.DayNumber + 1,
                DaysToClose = Math.Max(0.5, close - (landmark.DayNumber - assigned.DayNumber)),
            };
            var row = values.AsSpan(i * Columns, Columns);
            for (var j = 0; j < Columns; j++) row[j] = random.Next(5) == 0 ? float.NaN : (float)random.NextDouble() + (j % 8 == 0 && slow ? 0.3f : 0);
            row[0] = (float)cases[i].Elapsed;
        }
        return new(["elapsed_share", .. Enumerable.Range(1, Columns - 1).Select(j => "column_" + j.ToString(CultureInfo.InvariantCulture))], cases, values);
    }
}
