using MathNet.Numerics.LinearAlgebra;

namespace Warehouse.Risk;

/// <summary>Regularised logistic regression on standardised features; what is missing stands at the middle. The learner that is always there.</summary>
sealed class Logistic : IRiskModel
{
    const int MostRows = 20_000;
    const double Ridge = 30;

    readonly int[] columns;
    readonly float[] low, high;
    readonly double[] middle, spread, weights;

    Logistic(int[] columns, float[] low, float[] high, double[] middle, double[] spread, double[] weights) =>
        (this.columns, this.low, this.high, this.middle, this.spread, this.weights) = (columns, low, high, middle, spread, weights);

    public string Name => "logistic";

    public static Logistic Train(RiskRows rows, double[] labels, int seed) => Train(rows.Values, labels, rows.Columns.Count, seed);

    public static Logistic Train(float[] values, double[] labels, int width, int seed)
    {
        var rows = Enumerable.Range(0, labels.Length).ToArray();
        if (rows.Length > MostRows)
        {
            var random = new Random(seed);
            rows = [.. rows.OrderBy(_ => random.Next()).Take(MostRows).Order()];
        }
        var columns = Enumerable.Range(0, width).ToArray();
        var (low, high, middle, spread) = (new float[width], new float[width], new double[width], new double[width]);
        for (var j = 0; j < width; j++) Measure([.. rows.Select(i => values[i * width + j])], out low[j], out high[j], out middle[j], out spread[j]);
        var model = new Logistic(columns, low, high, middle, spread, []);
        var weights = Newton(rows.Length, width + 1, (i, j) => j == 0 ? 1 : model.Standard(values[rows[i] * width + j - 1], j - 1), [.. rows.Select(i => labels[i])], null, Ridge);
        return new Logistic(columns, low, high, middle, spread, weights);
    }

    public double[] Predict(RiskRows rows) => Predict(rows.Values, rows.Columns.Count);

    public double[] Predict(float[] values, int width)
    {
        var result = new double[values.Length / width];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = weights[0];
            for (var j = 0; j < width; j++) sum += weights[j + 1] * Standard(values[i * width + j], j);
            result[i] = Calibration.Sigmoid(sum);
        }
        return result;
    }

    public double[][] Contribute(RiskRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(i => Enumerable.Range(0, columns.Length).Select(j => weights[j + 1] * Standard(rows[i, j], j)).ToArray())];

    double Standard(float value, int column) => float.IsNaN(value) ? 0 : (Math.Clamp(value, low[column], high[column]) - middle[column]) / spread[column];

    static void Measure(float[] values, out float low, out float high, out double middle, out double spread)
    {
        var known = values.Where(value => !float.IsNaN(value)).Order().ToArray();
        if (known.Length == 0)
        {
            (low, high, middle, spread) = (0, 0, 0, 1);
            return;
        }
        var (from, to) = (known[(int)(known.Length * 0.01)], known[(int)((known.Length - 1) * 0.99)]);
        var mean = known.Average(value => (double)Math.Clamp(value, from, to));
        var variance = known.Average(value => Math.Pow(Math.Clamp(value, from, to) - mean, 2));
        (low, high, middle, spread) = (from, to, mean, variance > 1e-12 ? Math.Sqrt(variance) : 1);
    }

    /// <summary>Maximises the likelihood less <paramref name="ridge"/> times half the squared weights, the start's left aside.</summary>
    internal static double[] Newton(int rows, int columns, Func<int, int, double> at, IReadOnlyList<double> labels, IReadOnlyList<double>? rowWeights, double ridge)
    {
        var x = Matrix<double>.Build.Dense(rows, columns, at);
        var weights = Vector<double>.Build.Dense(columns);
        var target = Vector<double>.Build.Dense(rows, i => labels[i]);
        for (var step = 0; step < 25; step++)
        {
            var p = (x * weights).Map(Calibration.Sigmoid);
            var scale = p.Map(each => Math.Sqrt(Math.Max(each * (1 - each), 1e-9)));
            if (rowWeights is not null) scale = scale.MapIndexed((i, each) => each * Math.Sqrt(rowWeights[i]));
            var residual = target - p;
            if (rowWeights is not null) residual = residual.MapIndexed((i, each) => each * rowWeights[i]);
            var scaled = Matrix<double>.Build.Dense(rows, columns, (i, j) => x[i, j] * scale[i]);
            var curve = scaled.TransposeThisAndMultiply(scaled);
            var slope = x.TransposeThisAndMultiply(residual);
            for (var j = 0; j < columns; j++)
            {
                var held = j == 0 ? 1e-6 : ridge;
                curve[j, j] += held;
                slope[j] -= held * weights[j];
            }
            var move = curve.Cholesky().Solve(slope);
            weights += move;
            if (move.L2Norm() < 1e-6) break;
        }
        return [.. weights];
    }
}
