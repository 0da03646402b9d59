using Warehouse.Risk.XGBoost;
using Xunit;

namespace Tests.Risk;

/// <summary>Trees that are followed here say what the library says of the same rows.</summary>
public sealed class TreesTests
{
    const int Shared = 6, Own = 3, Cases = 300, RowsOfCase = 11, Rounds = 60;

    [LearnerFact]
    public void Each_row_gets_the_librarys_probability()
    {
        var random = new Random(20260902);
        float Value() => random.Next(4) == 0 ? float.NaN : (float)random.NextDouble();
        var width = Shared + Own;
        var values = new float[Cases * RowsOfCase * width];
        for (var one = 0; one < Cases; one++)
        {
            float[] shared = [.. Enumerable.Range(0, Shared).Select(_ => Value())];
            for (var row = 0; row < RowsOfCase; row++)
            {
                var at = values.AsSpan(((one * RowsOfCase) + row) * width, width);
                shared.CopyTo(at);
                for (var own = Shared; own < width; own++) at[own] = Value();
            }
        }
        float[] labels = [.. Enumerable.Range(0, Cases * RowsOfCase).Select(row => (values[row * width] > 0.5f) ^ (values[(row * width) + Shared] > 0.4f) || random.Next(9) == 0 ? 1f : 0f)];
        using var matrix = new Matrix(values, width).With("label", labels);
        using var booster = Booster.Train(matrix, new Dictionary<string, string> { ["objective"] = "binary:logistic", ["tree_method"] = "hist", ["max_depth"] = "4", ["seed"] = "1", ["verbosity"] = "0" }, Rounds);
        foreach (var count in new[] { Rounds, 25 }) Compare(Trees.Read(booster.Write(), count), values, booster.Predict(matrix, count));
    }

    static void Compare(Trees trees, float[] values, float[] expected)
    {
        var width = Shared + Own;
        Span<float> found = stackalloc float[RowsOfCase];
        for (var one = 0; one < Cases; one++)
        {
            var rows = values.AsSpan(one * RowsOfCase * width, RowsOfCase * width);
            var own = new float[Own * Trees.MostRows];
            for (var row = 0; row < RowsOfCase; row++)
                for (var column = 0; column < Own; column++) own[(column * Trees.MostRows) + row] = rows[(row * width) + Shared + column];
            trees.Predict(rows[..Shared], own, found);
            for (var row = 0; row < RowsOfCase; row++) Assert.Equal(expected[(one * RowsOfCase) + row], found[row], 1e-6f);
        }
        Assert.True(expected.Max() - expected.Min() > 0.5, "the trees tell nothing apart");
    }
}
