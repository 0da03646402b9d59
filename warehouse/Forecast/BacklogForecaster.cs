namespace Warehouse.Forecast;

/// <summary>
/// Forecasts from every origin of a plan: the sums over tasks, mixed with the count of the day as earlier origins say is best. How far forecasts of earlier origins missed, as was known on the day of a
/// forecast, says how wide its intervals are: so nothing of the future is in them, and they widen when times change.
/// </summary>
public sealed class BacklogForecaster(BacklogHistory history, ForecastPlan plan, IReadOnlyList<ForecastTarget> conferences)
{
    /// <summary>Misses below which no interval of 90 % can be told: the widest of them is its end.</summary>
    public const int FewestMisses = 9;

    /// <summary>Share of the count that a forecast may be wrong by as a whole, besides chance of single tasks.</summary>
    const double Common = 0.05;

    /// <summary>Origins that must have come true before they say how far to trust the sums, and months for which they do.</summary>
    const int FewestOrigins = 3, Remembered = 15;

    readonly Dictionary<DateOnly, Dictionary<(string, Unit, string), long>> counts = [];

    /// <summary>All that is told, of each origin in turn.</summary>
    public IReadOnlyList<Told> Tell()
    {
        var told = new List<Told>();
        foreach (var origin in plan.Origins)
        {
            var model = new BacklogModel(history, origin);
            if (!model.CanTell) continue;
            var targets = ForecastPlan.Targets(origin).Concat(origin == plan.AsOf ? conferences : []);
            told.AddRange(targets.SelectMany(target => Of(model, origin, target)));
        }
        return [.. told.GroupBy(each => (each.Level, each.Measure, each.Target.Step)).SelectMany(Settled)];
    }

    IEnumerable<Told> Of(BacklogModel model, DateOnly origin, ForecastTarget target)
    {
        var sums = new Dictionary<(string Level, Unit Unit), Expected>();
        foreach (var (unit, expected) in model.Expect(target.Date))
            foreach (var group in Groups(unit))
                if (target.ProvinceKey is null || (group.Level != Told.Whole && unit.ProvinceKey == target.ProvinceKey))
                    sums[group] = sums.GetValueOrDefault(group) + expected;
        var (now, then, before) = (CountsAt(origin), target.Date <= plan.AsOf ? CountsAt(target.Date) : null, CountsAt(ForecastPlan.YearBefore(target.Date)));
        foreach (var ((level, unit), expected) in sums)
            foreach (var (measure, count, variance) in ((string, double, double)[])[(Told.Open, expected.Open, expected.OpenVariance), (Told.Overdue, expected.Overdue, expected.OverdueVariance)])
                yield return new(origin, target, level, unit, measure, count, Math.Sqrt(1 + variance + (Common * count * Common * count)))
                {
                    Last = now.GetValueOrDefault((level, unit, measure)), YearAgo = before.Count == 0 ? null : before.GetValueOrDefault((level, unit, measure)), Actual = then?.GetValueOrDefault((level, unit, measure)),
                };
    }

    /// <summary>Origin after origin: the sums drawn towards the count of the day as far as that would have helped before, and as wide as forecasts before missed.</summary>
    static IEnumerable<Told> Settled(IEnumerable<Told> step)
    {
        var (summed, settled) = (step.Where(each => each.Target.Code == ForecastTarget.MonthEnd && each.Actual is not null).ToList(), new List<Told>());
        foreach (var origin in step.GroupBy(each => each.AsOf).OrderBy(origin => origin.Key))
        {
            var weight = Weight([.. summed.Where(each => each.Target.Date <= origin.Key && each.AsOf >= origin.Key.AddMonths(-Remembered))]);
            var misses = settled.Where(each => each.Target.Date <= origin.Key && each.Target.Code == ForecastTarget.MonthEnd).Select(each => Math.Abs(each.Miss!.Value)).Order().ToList();
            foreach (var each in origin)
            {
                var drawn = each with { Count = Mixed(each, weight) };
                settled.Add(misses.Count < FewestMisses ? drawn : drawn with { Half = Around(drawn, misses, 0.5), Most = Around(drawn, misses, 0.9) });
            }
        }
        return settled;
    }

    /// <summary>The share of the sums in the forecast that would have missed least.</summary>
    static double Weight(List<Told> known) => known.Select(each => each.AsOf).Distinct().Count() < FewestOrigins
        ? 0.5
        : Enumerable.Range(0, 11).Select(tenth => tenth / 10.0).MinBy(weight => (known.Sum(each => Math.Abs(Mixed(each, weight) - each.Actual!.Value)), -weight));

    static double Mixed(Told one, double weight) => (weight * one.Count) + ((1 - weight) * one.Last);

    static (double, double) Around(Told one, List<double> misses, double share)
    {
        var far = misses[Math.Min(misses.Count, (int)Math.Ceiling(share * (misses.Count + 1))) - 1] * one.Spread;
        return (Math.Max(0, one.Count - far), one.Count + far);
    }

    Dictionary<(string, Unit, string), long> CountsAt(DateOnly day)
    {
        if (counts.TryGetValue(day, out var known)) return known;
        known = [];
        foreach (var each in history.Open[day])
            foreach (var (level, unit) in Groups(new(each.ProvinceKey, each.AgencyKey)))
            {
                known[(level, unit, Told.Open)] = known.GetValueOrDefault((level, unit, Told.Open)) + each.Tasks;
                if (each.IsOverdue) known[(level, unit, Told.Overdue)] = known.GetValueOrDefault((level, unit, Told.Overdue)) + each.Tasks;
            }
        return counts[day] = known;
    }

    static IEnumerable<(string Level, Unit Unit)> Groups(Unit unit) => [(Told.Whole, default), (Told.Province, unit with { AgencyKey = 0 }), (Told.Agency, unit)];
}
