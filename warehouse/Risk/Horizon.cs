namespace Warehouse.Risk;

/// <summary>
/// Cases spread over the days ahead of their landmarks: a row per case and stretch of days that it was still open at the
/// beginning of, labelled by whether it was closed in it. So a task that is still open teaches as far as it was watched,
/// and one whose deadline lies beyond what is known teaches nothing about its deadline.
/// </summary>
static class Horizon
{
    /// <summary>Where stretches begin, in days from the landmark; the last one does not end.</summary>
    public static readonly double[] Edges = [0, 1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 63, 91, 133, 182, 273, 365, 547];

    static readonly string[] Added = ["ahead_days", "ahead_age_days", "ahead_to_due_days", "ahead_elapsed_share"];

    public static IReadOnlyList<string> Columns(RiskRows rows) => [.. rows.Columns, .. Added];

    public static double End(int stretch) => stretch + 1 < Edges.Length ? Edges[stretch + 1] : Edges[^1] * 2;

    /// <summary>Stretches in which each case was watched until a day; labels are 1 where it was closed in the stretch.</summary>
    public static (float[] Values, float[] Labels, int Last) Spread(RiskRows rows, DateOnly until)
    {
        var width = rows.Columns.Count + Added.Length;
        var (values, labels) = (new List<float>(rows.Count * 4 * width), new List<float>());
        var (row, last) = (new float[width], 0);
        for (var i = 0; i < rows.Count; i++)
        {
            var (days, isClosed) = rows.Cases[i].Watched(until);
            // Only stretches that could be watched to their end: a closing in half a stretch would count, staying open would not.
            var possible = until.DayNumber - rows.Cases[i].Landmark.DayNumber;
            for (var stretch = 0; stretch < Edges.Length && Edges[stretch] < days && End(stretch) <= possible; stretch++)
            {
                var closes = isClosed && days < End(stretch);
                Fill(rows, i, stretch, row);
                values.AddRange(row);
                labels.Add(closes ? 1 : 0);
                last = Math.Max(last, stretch);
                if (closes) break;
            }
        }
        return ([.. values], [.. labels], last);
    }

    /// <summary>Every stretch of every case up to the days asked for, case after case, and how many each has.</summary>
    public static (float[] Values, int[] Counts) Ahead(RiskRows rows, Func<RiskCase, double> days, int last)
    {
        var width = rows.Columns.Count + Added.Length;
        var counts = rows.Cases.Select(each => CountAhead(days(each), last)).ToArray();
        var values = new float[counts.Sum() * width];
        var at = 0;
        for (var i = 0; i < rows.Count; i++)
            for (var stretch = 0; stretch < counts[i]; stretch++, at += width) Fill(rows, i, stretch, values.AsSpan(at, width));
        return (values, counts);
    }

    /// <summary>How many stretches a case has up to the days asked for, at least one; none beyond the last that could be watched.</summary>
    public static int CountAhead(double days, int last) => Math.Clamp(Edges.Count(edge => edge < days), 1, last + 1);

    /// <summary>The columns of a case that differ from stretch to stretch, column after column.</summary>
    /// <param name="room">How many values a column has room for.</param>
    public static float[] Ahead(RiskCase one, int stretches, int room)
    {
        var values = new float[Added.Length * room];
        Span<float> added = stackalloc float[Added.Length];
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            Fill(one, stretch, added);
            for (var column = 0; column < added.Length; column++) values[(column * room) + stretch] = added[column];
        }
        return values;
    }

    static void Fill(RiskRows rows, int i, int stretch, Span<float> row)
    {
        rows.Row(i).CopyTo(row);
        Fill(rows.Cases[i], stretch, row[rows.Columns.Count..]);
    }

    static void Fill(RiskCase one, int stretch, Span<float> added)
    {
        var middle = (Edges[stretch] + End(stretch)) / 2;
        var (age, term) = ((double)(one.Landmark.DayNumber - one.Assigned.DayNumber), (double)(one.Due.DayNumber - one.Assigned.DayNumber + 1));
        added[0] = (float)middle;
        added[1] = (float)(age + middle);
        added[2] = (float)(one.DaysToDue - middle);
        added[3] = (float)((age + middle) / term);
    }

    /// <summary>The chance to be still open after so many days, from the chance of closing in each stretch; beyond the last of them tasks are closed at its pace.</summary>
    public static double Survival(ReadOnlySpan<float> hazards, double days)
    {
        var log = 0.0;
        for (var stretch = 0; stretch < hazards.Length && Edges[stretch] < days; stretch++)
        {
            var isLast = stretch == hazards.Length - 1;
            var part = (isLast ? days - Edges[stretch] : Math.Min(days, End(stretch)) - Edges[stretch]) / (End(stretch) - Edges[stretch]);
            log += part * Math.Log(1 - Math.Clamp(hazards[stretch], 1e-7, 1 - 1e-7));
        }
        return Math.Exp(log);
    }

    /// <summary>After how many days a share of such tasks is closed: where <see cref="Survival"/> has fallen to the rest.</summary>
    public static double Until(ReadOnlySpan<float> hazards, double closed)
    {
        var left = -Math.Log(Math.Max(1e-9, 1 - closed));
        for (var stretch = 0; stretch < hazards.Length; stretch++)
        {
            var step = -Math.Log(1 - Math.Clamp(hazards[stretch], 1e-7, 1 - 1e-7));
            if (left <= step || stretch == hazards.Length - 1) return Edges[stretch] + left / step * (End(stretch) - Edges[stretch]);
            left -= step;
        }
        return 0;
    }
}
