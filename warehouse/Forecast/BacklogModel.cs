namespace Warehouse.Forecast;

/// <summary>Open and overdue tasks to be expected, each with the variance that tasks going their ways by chance make.</summary>
public readonly record struct Expected(double Open, double OpenVariance, double Overdue, double OverdueVariance)
{
    public static Expected operator +(Expected one, Expected other) =>
        new(one.Open + other.Open, one.OpenVariance + other.OpenVariance, one.Overdue + other.Overdue, one.OverdueVariance + other.OverdueVariance);
}

/// <summary>An agency of a province, under the names of the time.</summary>
public readonly record struct Unit(int ProvinceKey, long AgencyKey);

/// <summary>
/// What an origin knows: the sum over the open tasks of the chance that each is still open (and past its deadline) at the
/// end of a later day, plus the same of tasks that are to be expected until then.
/// </summary>
public sealed class BacklogModel
{
    /// <summary>Closings at the common pace that stand in where an agency has few of its own.</summary>
    const double ClosingsOfAll = 10;

    /// <summary>Tasks of a year from which on it says how much there was to do in which season.</summary>
    const int TellsSeason = 100;

    const int MostTerms = 25;

    /// <summary>Days that tell how many tasks come at present, and to whom.</summary>
    const int Quarter = 91;

    readonly DateOnly origin;
    readonly List<OpenCount> open;
    readonly Dictionary<long, Pace> paces;
    readonly Dictionary<Unit, double> ratios;
    readonly List<Coming> coming;

    public BacklogModel(BacklogHistory history, DateOnly origin)
    {
        this.origin = origin;
        open = [.. history.Open[origin]];
        var exposures = history.Exposures[origin].ToList();
        paces = exposures.GroupBy(each => each.SourceKey).ToDictionary(source => source.Key, source => Pace.Of(source, exposures));
        ratios = exposures.GroupBy(each => new Unit(each.ProvinceKey, each.AgencyKey)).ToDictionary(unit => unit.Key, Ratio);
        coming = [.. history.Arrivals.Where(each => each.Seen <= origin && each.Assigned <= origin && each.Assigned > origin.AddDays(-730)).GroupBy(each => each.SourceKey).Select(source => new Coming(source.Key, [.. source], origin))];
    }

    /// <summary>Without open tasks or without a year of closings nothing can be told.</summary>
    public bool CanTell => open.Count > 0 && paces.Count > 0;

    /// <summary>What is to be expected of each agency at the end of a later day.</summary>
    public Dictionary<Unit, Expected> Expect(DateOnly target)
    {
        var (sums, days) = (new Dictionary<Unit, Expected>(), target.DayNumber - origin.DayNumber);
        void Add(Unit unit, Expected more) => sums[unit] = sums.GetValueOrDefault(unit) + more;
        foreach (var each in open.Where(each => paces.ContainsKey(each.SourceKey)))
        {
            var unit = new Unit(each.ProvinceKey, each.AgencyKey);
            var (stays, late) = Stays(paces[each.SourceKey], RatioOf(unit), each.Class, each.Position, each.Position + days);
            Add(unit, new(each.Tasks * stays, each.Tasks * stays * (1 - stays), each.Tasks * late, each.Tasks * late * (1 - late)));
        }
        foreach (var source in coming.Where(source => paces.ContainsKey(source.SourceKey)))
        {
            var (expected, ways) = (source.Until(target), Ways(paces[source.SourceKey], source.Terms, days));
            foreach (var (unit, share) in source.Units)
            {
                var (stays, late) = Arrived(ways, RatioOf(unit));
                // As many as come is chance too (Poisson), so the variance is the mean.
                Add(unit, new(expected * share * stays, expected * share * stays, expected * share * late, expected * share * late));
            }
        }
        return sums;
    }

    /// <summary>The chance to be open, and to be open past the deadline, at the position of the target.</summary>
    static (double Stays, double Late) Stays(Pace pace, double ratio, string kind, int from, int to)
    {
        var stays = Math.Exp(-ratio * pace.Closings(kind, from, to));
        return (stays, kind == Pace.Due && to >= 0 ? stays * Math.Exp(-pace.Extensions(kind, from, to)) : 0);
    }

    /// <summary>Tasks that come evenly over the days until the target, by the closings to be expected of each at the common pace: like ones together.</summary>
    static List<(double Closings, double Share, double Overdue)> Ways(Pace pace, IReadOnlyList<(int Term, double Share)> terms, int days)
    {
        var ways = new Dictionary<int, (double Closings, double Share, double Overdue)>();
        foreach (var (term, share) in terms)
            for (var age = 0; age < days; age++)
            {
                // The day of the assignment is one on which a task can be closed.
                var (kind, from, to) = term < 0 ? (Pace.None, -1, age) : (Pace.Due, -term - 1, age - term);
                var closings = pace.Closings(kind, from, to);
                var late = kind == Pace.Due && to >= 0 ? Math.Exp(-pace.Extensions(kind, from, to)) : 0;
                var (sum, weight, overdue) = ways.GetValueOrDefault((int)(closings * 20));
                ways[(int)(closings * 20)] = (sum + share / days * closings, weight + share / days, overdue + share / days * late);
            }
        return [.. ways.Values.Select(way => way with { Closings = way.Closings / way.Share })];
    }

    static (double Stays, double Late) Arrived(List<(double Closings, double Share, double Overdue)> ways, double ratio)
    {
        var (open, overdue) = (0.0, 0.0);
        foreach (var (closings, share, late) in ways)
        {
            var stays = Math.Exp(-ratio * closings);
            open += share * stays;
            overdue += late * stays;
        }
        return (open, overdue);
    }

    double RatioOf(Unit unit) => ratios.TryGetValue(unit, out var ratio) ? ratio : 1;

    /// <summary>How much faster than its sources an agency closes, drawn towards 1.</summary>
    double Ratio(IEnumerable<Exposure> unit)
    {
        var (closed, expected) = (0.0, 0.0);
        foreach (var each in unit)
        {
            closed += each.Closed;
            expected += each.Days * paces[each.SourceKey].Closings(each.Class, each.Low - 1, each.Low);
        }
        return (closed + ClosingsOfAll) / (expected + ClosingsOfAll);
    }

    /// <summary>Tasks that a source is to be expected to bring: as a whole, because units that merge leave no year to compare with.</summary>
    sealed class Coming
    {
        readonly IReadOnlyList<Arrival> past;
        readonly DateOnly origin;
        readonly double year, before, recent;

        public Coming(long sourceKey, IReadOnlyList<Arrival> past, DateOnly origin)
        {
            (SourceKey, this.past, this.origin) = (sourceKey, past, origin);
            var lastYear = past.Where(each => each.Assigned > origin.AddDays(-365)).ToList();
            (year, before) = (lastYear.Sum(each => each.Tasks), past.Sum(each => each.Tasks) - lastYear.Sum(each => each.Tasks));
            var quarter = past.Where(each => each.Assigned > origin.AddDays(-Quarter)).ToList();
            recent = quarter.Sum(each => each.Tasks);
            Units = [.. quarter.GroupBy(each => new Unit(each.ProvinceKey, each.AgencyKey)).Select(unit => (unit.Key, unit.Sum(each => each.Tasks) / recent))];
            Terms = Representative(lastYear);
        }

        public long SourceKey { get; }

        public IReadOnlyList<(Unit Unit, double Share)> Units { get; }

        public IReadOnlyList<(int Term, double Share)> Terms { get; }

        /// <summary>As many as in the last quarter, and as many as a year ago with the growth since: the mean of both, where the year before last tells a growth.</summary>
        public double Until(DateOnly target)
        {
            var days = target.DayNumber - origin.DayNumber;
            var going = recent / Quarter * days;
            if (before < TellsSeason) return going;
            var season = past.Where(each => each.Assigned > origin.AddDays(-365) && each.Assigned <= target.AddDays(-365)).Sum(each => each.Tasks) * Math.Clamp(year / before, 0.5, 2);
            return (going + season) / 2;
        }

        /// <summary>As many terms as are told apart, each the middle of a part of equal weight.</summary>
        static List<(int, double)> Representative(List<Arrival> arrivals)
        {
            var ordered = arrivals.GroupBy(each => each.Term).OrderBy(term => term.Key).Select(term => (Term: term.Key, Tasks: (double)term.Sum(each => each.Tasks))).ToList();
            var all = ordered.Sum(each => each.Tasks);
            if (ordered.Count <= MostTerms) return [.. ordered.Select(each => (each.Term, each.Tasks / all))];
            var without = ordered.Where(each => each.Term < 0).Sum(each => each.Tasks);
            var terms = new List<(int, double)>();
            if (without > 0) terms.Add((-1, without / all));
            var (passed, next) = (0.0, 0);
            foreach (var (term, tasks) in ordered.Where(each => each.Term >= 0))
            {
                passed += tasks;
                for (; next < MostTerms && passed >= (next + 0.5) / MostTerms * (all - without); next++) terms.Add((term, (all - without) / all / MostTerms));
            }
            return terms;
        }
    }
}
