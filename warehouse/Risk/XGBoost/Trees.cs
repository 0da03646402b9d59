using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Warehouse.Risk.XGBoost;

/// <summary>
/// The trees of a booster of probabilities, read out of the library. Rows that share most of their columns are followed together, and part
/// only where a tree asks for one that they do not share; the library follows each by itself. What comes out is the same.
/// </summary>
sealed class Trees
{
    /// <summary>As many as a mask has bits.</summary>
    public const int MostRows = 32;

    readonly Node[] nodes;
    readonly int[] roots;
    readonly float start;

    Trees(Node[] nodes, int[] roots, float start)
    {
        this.nodes = nodes;
        this.roots = roots;
        this.start = start;
    }

    /// <param name="model">As the library writes it in JSON (learner.gradient_booster.model of its schema).</param>
    /// <param name="count">How many of the trees count.</param>
    /// <exception cref="LearnerException">Its trees are laid out otherwise than the library does.</exception>
    public static Trees Read(byte[] model, int count)
    {
        using var text = JsonDocument.Parse(model);
        var learner = text.RootElement.GetProperty("learner");
        var chance = float.Parse(learner.GetProperty("learner_model_param").GetProperty("base_score").GetString()!, CultureInfo.InvariantCulture);
        var all = learner.GetProperty("gradient_booster").GetProperty("model").GetProperty("trees");
        var (nodes, roots) = (new List<Node>(), new List<int>());
        foreach (var tree in all.EnumerateArray().Take(count))
        {
            roots.Add(nodes.Count);
            nodes.AddRange(ReadTree(tree, nodes.Count));
        }
        return new([.. nodes], [.. roots], -MathF.Log(1 / chance - 1));
    }

    /// <param name="first">Where its nodes are among those of all trees.</param>
    static IEnumerable<Node> ReadTree(JsonElement tree, int first)
    {
        T[] Values<T>(string name, Func<JsonElement, T> value) => [.. tree.GetProperty(name).EnumerateArray().Select(value)];
        var (left, right) = (Values("left_children", each => each.GetInt32()), Values("right_children", each => each.GetInt32()));
        var (columns, bounds) = (Values("split_indices", each => each.GetInt32()), Values("split_conditions", each => each.GetSingle()));
        var missing = Values("default_left", each => each.ValueKind is JsonValueKind.True || (each.ValueKind is JsonValueKind.Number && each.GetInt32() != 0));
        // Less than the bound goes left. NaN is less than nothing: where it is to go left, what is asked is whether a row goes right.
        return left.Select((_, i) => left[i] < 0 ? new Node(-1, 0, 0, bounds[i])
            : right[i] != left[i] + 1 ? throw new LearnerException("a tree's branches do not lie side by side")
            : missing[i] ? new Node(columns[i], first + right[i], -1, -MathF.BitDecrement(bounds[i]))
            : new Node(columns[i], first + left[i], 1, bounds[i]));
    }

    /// <summary>The probabilities of at most <see cref="MostRows"/> rows.</summary>
    /// <param name="shared">Their first columns.</param>
    /// <param name="own">Their last columns, column after column, each with room for <see cref="MostRows"/>.</param>
    public void Predict(ReadOnlySpan<float> shared, ReadOnlySpan<float> own, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(result.Length, MostRows);
        var everyone = uint.MaxValue >> (MostRows - result.Length);
        // A tree leaves at most one branch behind at each of its levels.
        Span<(int Node, uint Rows)> left = stackalloc (int, uint)[64];
        result.Fill(start);
        foreach (var root in roots)
        {
            var waiting = 0;
            left[waiting++] = (root, everyone);
            while (waiting > 0)
            {
                var (at, rows) = left[--waiting];
                ref readonly var node = ref nodes[at];
                while (node.Column >= 0)
                {
                    if (node.Column < shared.Length)
                    {
                        node = ref nodes[node.Next(shared[node.Column])];
                        continue;
                    }
                    var some = Meeting(node, own.Slice((node.Column - shared.Length) * MostRows, MostRows), result.Length) & rows;
                    if (some != 0 && some != rows) left[waiting++] = (node.Else, rows & ~some);
                    rows = some == 0 ? rows : some;
                    node = ref nodes[some == 0 ? node.Else : node.Then];
                }
                for (; rows != 0; rows &= rows - 1) result[BitOperations.TrailingZeroCount(rows)] += node.Bound;
            }
        }
        for (var i = 0; i < result.Length; i++) result[i] = 1 / (1 + MathF.Exp(-result[i]));
    }

    /// <summary>Which of the first rows meet a node's condition, several at a time; those behind the last are to be left out.</summary>
    static uint Meeting(in Node node, ReadOnlySpan<float> values, int rows)
    {
        var (some, sign, bound) = (0u, Vector256.Create((float)node.Sign), Vector256.Create(node.Bound));
        for (var row = 0; row < rows; row += Vector256<float>.Count)
            some |= Vector256.LessThan(Vector256.LoadUnsafe(in MemoryMarshal.GetReference(values), (nuint)row) * sign, bound).ExtractMostSignificantBits() << row;
        return some;
    }

    /// <param name="Column">-1 at a leaf.</param>
    /// <param name="Then">The node for values that, times the sign, are less than the bound; beside it, on the side of the sign, is the one for others and for no value.</param>
    /// <param name="Bound">At a leaf, what it adds.</param>
    readonly record struct Node(int Column, int Then, int Sign, float Bound)
    {
        public int Else => Then + Sign;

        public bool Meets(float value) => value * Sign < Bound;

        public int Next(float value) => Meets(value) ? Then : Else;
    }
}
