namespace Warehouse.Forecast;

/// <summary>
/// How fast open tasks leave: the daily chance in each stage, counted over the year before, added up along the positions that
/// a task passes through. So the chance to be still open is one subtraction and one exponential.
/// </summary>
public sealed class Pace
{
    public const string Due = "due", None = "none", Waiting = "waiting";

    /// <summary>Days of all sources together that stand in where a source has few of its own.</summary>
    const double DaysOfAll = 500;

    /// <summary>Days below which a stage says nothing by itself: the stage before it goes on.</summary>
    const double FewestDays = 50;

    readonly Dictionary<string, Line> closings, extensions;

    Pace(Dictionary<string, Line> closings, Dictionary<string, Line> extensions) => (this.closings, this.extensions) = (closings, extensions);

    /// <summary>The pace of a source, drawn towards that of all.</summary>
    public static Pace Of(IEnumerable<Exposure> source, IEnumerable<Exposure> all)
    {
        var (own, together) = (source.ToLookup(each => each.Class), all.ToLookup(each => each.Class));
        Dictionary<string, Line> Lines(Func<Exposure, long> left) => together.ToDictionary(each => each.Key, each => Line.Of(own[each.Key], each, left));
        return new(Lines(each => each.Closed), Lines(each => each.Extended));
    }

    /// <summary>Closings to be expected of a task that stands at a position at the end of a day, until the end of the day on which it stands at another.</summary>
    public double Closings(string kind, double from, double to) => closings.TryGetValue(kind, out var line) ? line.Between(from + 1, to + 1) : 0;

    /// <summary>Extensions to be expected on the same way.</summary>
    public double Extensions(string kind, double from, double to) => extensions.TryGetValue(kind, out var line) ? line.Between(from + 1, to + 1) : 0;

    /// <summary>Chances added up along the positions.</summary>
    sealed class Line(double[] edges, double[] rates)
    {
        public static Line Of(IEnumerable<Exposure> own, IEnumerable<Exposure> all, Func<Exposure, long> left)
        {
            var mine = own.GroupBy(each => each.Low).ToDictionary(stage => stage.Key, stage => (Days: stage.Sum(each => each.Days), Left: stage.Sum(left)));
            var (edges, rates, before) = (new List<double>(), new List<double>(), 0.0);
            foreach (var stage in all.GroupBy(each => each.Low).OrderBy(stage => stage.Key))
            {
                var (days, gone) = ((double)stage.Sum(each => each.Days), (double)stage.Sum(left));
                var common = days < FewestDays ? before : gone / days;
                var (ownDays, ownGone) = mine.GetValueOrDefault(stage.Key);
                var chance = (ownGone + DaysOfAll * common) / (ownDays + DaysOfAll);
                edges.Add(stage.Key);
                rates.Add(-Math.Log(1 - Math.Min(chance, 0.99)));
                before = common;
            }
            return new([.. edges], [.. rates]);
        }

        public double Between(double from, double to)
        {
            var sum = 0.0;
            for (var i = 0; i < edges.Length; i++)
            {
                var (low, high) = (i == 0 ? double.MinValue : edges[i], i + 1 < edges.Length ? edges[i + 1] : double.MaxValue);
                if (high <= from) continue;
                if (low >= to) break;
                sum += rates[i] * (Math.Min(to, high) - Math.Max(from, low));
            }
            return sum;
        }
    }
}
