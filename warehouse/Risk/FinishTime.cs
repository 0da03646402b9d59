namespace Warehouse.Risk;

/// <summary>How good the intervals of the finish were. A task still open at the data's end is covered where the upper end lies beyond it, else undecided.</summary>
/// <param name="Mae">Mean distance in days between the expected and the real finish, of closed tasks.</param>
/// <param name="Judged">Tasks closed, or open and covered.</param>
public sealed record FinishMetrics(double Coverage50, double Coverage90, double Width50, double Width90, double Mae, int Judged, int Undecided);

/// <summary>Days from the landmark until a task is expected to be finished, and the ends of its intervals.</summary>
public readonly record struct Finish(double Days, double Low50, double High50, double Low90, double High90);

/// <summary>
/// When open tasks will be finished: the curve of staying open that a model draws for each, read at the points at which
/// tasks of the latest weeks were really closed. Those points are learned again at every landmark from what is known by
/// then (adaptive conformal), tasks that are still open counting as far as they were watched.
/// </summary>
sealed class FinishTime(ISurvivalModel model)
{
    const double Longest = 3650;
    const int Weeks = 26;

    /// <summary>The finish of each case, the points learned from rows of earlier landmarks as they were known at each case's own.</summary>
    public Finish[] Expect(RiskRows rows, RiskRows earlier)
    {
        var curves = model.Curves(rows);
        var (pool, poolCurves) = (earlier, model.Curves(earlier));
        var result = new Finish[rows.Count];
        foreach (var group in Enumerable.Range(0, rows.Count).GroupBy(i => rows.Cases[i].Landmark))
        {
            var points = new Points(Enumerable.Range(0, pool.Count)
                .Where(i => pool.Cases[i].Landmark < group.Key && pool.Cases[i].Landmark >= group.Key.AddDays(-7 * Weeks))
                .Select(i => (pool.Cases[i].Watched(group.Key), poolCurves[i]))
                .Select(each => (1 - Horizon.Survival(each.Item2, each.Item1.Days), each.Item1.IsClosed)));
            foreach (var i in group)
            {
                double At(double share) => Math.Min(Longest, Horizon.Until(curves[i], points.At(share)));
                var (half, most) = (points.Ends(0.5), points.Ends(0.9));
                result[i] = new(At(0.5), At(half.Low), At(half.High), At(most.Low), At(most.High));
            }
        }
        return result;
    }

    /// <summary>Judges intervals by what the data say up to their end.</summary>
    public static FinishMetrics Judge(RiskRows rows, Finish[] expected, DateOnly dataEnd)
    {
        var (in50, in90, judged50, judged90, undecided, closed, off) = (0, 0, 0, 0, 0, 0, 0.0);
        for (var i = 0; i < rows.Count; i++)
        {
            var (one, finish) = (rows.Cases[i], expected[i]);
            if (one.DaysToClose is { } days)
            {
                judged50++;
                judged90++;
                if (days >= finish.Low50 && days <= finish.High50) in50++;
                if (days >= finish.Low90 && days <= finish.High90) in90++;
                off += Math.Abs(days - finish.Days);
                closed++;
                continue;
            }
            var open = dataEnd.DayNumber - one.Landmark.DayNumber + 1;
            if (finish.High50 > open)
            {
                judged50++;
                in50++;
            }
            if (finish.High90 > open)
            {
                judged90++;
                in90++;
            }
            else undecided++;
        }
        double Mean(Func<Finish, double> width) => expected.Length == 0 ? double.NaN : expected.Average(width);
        return new((double)in50 / judged50, (double)in90 / judged90, Mean(each => each.High50 - each.Low50), Mean(each => each.High90 - each.Low90), closed == 0 ? double.NaN : off / closed, judged90, undecided);
    }

    /// <summary>At which points of their curves tasks were closed: the product-limit estimate (Kaplan and Meier 1958) over those points.</summary>
    sealed class Points
    {
        readonly List<(double Point, double Closed)> steps = [];

        public Points(IEnumerable<(double Point, bool IsClosed)> seen)
        {
            var ordered = seen.OrderBy(each => each.Point).ToList();
            var open = 1.0;
            for (var i = 0; i < ordered.Count; i++)
            {
                if (!ordered[i].IsClosed) continue;
                open *= 1 - 1.0 / (ordered.Count - i);
                steps.Add((ordered[i].Point, 1 - open));
            }
        }

        /// <summary>Whether so many were closed that their points say more than the curve itself.</summary>
        bool Teaches => steps.Count >= 20;

        /// <summary>
        /// The shares between which an interval lies. Where fewer tasks were ever seen closed than its upper end asks for, hardly any task is
        /// closed beyond that end: all that the interval leaves out then lies below it.
        /// </summary>
        public (double Low, double High) Ends(double covered)
        {
            var (low, high) = ((1 - covered) / 2, (1 + covered) / 2);
            return Teaches && steps[^1].Closed < high ? (1 - covered, high) : (low, high);
        }

        /// <summary>The point by which the share of tasks was closed; where so many were never seen closed, the curve itself is believed from the last point on.</summary>
        public double At(double share)
        {
            if (!Teaches) return share;
            foreach (var (point, closed) in steps)
                if (closed >= share) return point;
            var (last, reached) = steps[^1];
            return Math.Max(last, 1 - (1 - last) * (1 - share) / Math.Max(1e-9, 1 - reached));
        }
    }
}
