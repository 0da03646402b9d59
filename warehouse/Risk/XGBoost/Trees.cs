using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Warehouse.Risk.XGBoost;

/// <summary>
/// The trees of a booster of probabilities, read out of the library. Rows that share most of their columns are followed together, and part
/// only where a tree asks for one that they do not share; the library follows each by itself. What comes out is the same.
/// </summary>
sealed class Trees
{
    readonly Node[][] trees;
    readonly float start;

    Trees(Node[][] trees, float start)
    {
        this.trees = trees;
        this.start = start;
    }

    /// <param name="model">As the library writes it in JSON (learner.gradient_booster.model of its schema).</param>
    /// <param name="count">How many of the trees count.</param>
    public static Trees Read(byte[] model, int count)
    {
        using var text = JsonDocument.Parse(model);
        var learner = text.RootElement.GetProperty("learner");
        var chance = float.Parse(learner.GetProperty("learner_model_param").GetProperty("base_score").GetString()!, CultureInfo.InvariantCulture);
        var all = learner.GetProperty("gradient_booster").GetProperty("model").GetProperty("trees");
        return new([.. all.EnumerateArray().Take(count).Select(ReadTree)], -MathF.Log(1 / chance - 1));
    }

    static Node[] ReadTree(JsonElement tree)
    {
        T[] Values<T>(string name, Func<JsonElement, T> value) => [.. tree.GetProperty(name).EnumerateArray().Select(value)];
        var (left, right) = (Values("left_children", each => each.GetInt32()), Values("right_children", each => each.GetInt32()));
        var (columns, bounds) = (Values("split_indices", each => each.GetInt32()), Values("split_conditions", each => each.GetSingle()));
        var missing = Values("default_left", each => each.ValueKind is JsonValueKind.True || (each.ValueKind is JsonValueKind.Number && each.GetInt32() != 0));
        return [.. left.Select((_, i) => new Node(left[i], right[i], columns[i], bounds[i], missing[i]))];
    }

    /// <summary>The probabilities of at most 32 rows.</summary>
    /// <param name="shared">Their first columns.</param>
    /// <param name="own">Their last columns, row after row.</param>
    public void Predict(ReadOnlySpan<float> shared, ReadOnlySpan<float> own, Span<float> result)
    {
        var (width, everyone) = (own.Length / result.Length, uint.MaxValue >> (32 - result.Length));
        // Each tree leaves at most one branch behind at each of its levels.
        Span<(int Node, uint Rows)> left = stackalloc (int, uint)[64];
        result.Fill(start);
        foreach (var tree in trees)
        {
            var waiting = 0;
            left[waiting++] = (0, everyone);
            while (waiting > 0)
            {
                var (at, rows) = left[--waiting];
                while (tree[at] is { IsLeaf: false } node)
                {
                    var first = node.Column < shared.Length
                        ? node.GoesLeft(shared[node.Column]) ? rows : 0
                        : GoLeft(node, rows, own[(node.Column - shared.Length)..], width);
                    if (first != 0 && first != rows) left[waiting++] = (node.Right, rows & ~first);
                    (at, rows) = first == 0 ? (node.Right, rows) : (node.Left, first);
                }
                for (; rows != 0; rows &= rows - 1) result[BitOperations.TrailingZeroCount(rows)] += tree[at].Bound;
            }
        }
        for (var i = 0; i < result.Length; i++) result[i] = 1 / (1 + MathF.Exp(-result[i]));
    }

    static uint GoLeft(Node node, uint rows, ReadOnlySpan<float> values, int width)
    {
        var first = 0u;
        for (var rest = rows; rest != 0; rest &= rest - 1)
        {
            var row = BitOperations.TrailingZeroCount(rest);
            if (node.GoesLeft(values[row * width])) first |= 1u << row;
        }
        return first;
    }

    /// <param name="Left">-1 at a leaf.</param>
    /// <param name="Bound">Less goes left; at a leaf, what it adds.</param>
    /// <param name="IsMissingLeft">Where a row goes that has no value.</param>
    readonly record struct Node(int Left, int Right, int Column, float Bound, bool IsMissingLeft)
    {
        public bool IsLeaf => Left < 0;

        public bool GoesLeft(float value) => float.IsNaN(value) ? IsMissingLeft : value < Bound;
    }
}
