using Reports.Published;
using Warehouse.Measures;

namespace Reports.Pages.Compare;

/// <summary>The places by a rate: raw and standardised, each with its rank.</summary>
/// <param name="Places">The best first; those of too few tasks last.</param>
/// <param name="All">The rate of all places together.</param>
public sealed record Ranking(Measure Measure, IReadOnlyList<RankedPlace> Places, MeasureValue All)
{
    static readonly string[] Strata = ["task_kind", "assigner_level"];

    public static async Task<Ranking> ReadAsync(PageRequest request, Measure measure, CancellationToken cancel)
    {
        // What is picked by place stands out among all; what is picked otherwise is what is compared.
        var isPicked = request.View.Pick is { } pick && pick.Dimension != request.PlacesBy;
        var table = await request.State.AskAsync(request.Ask([measure.Name], [request.PlacesBy, .. Strata], isPicked: isPicked), cancel);
        var rows = table.Rows.Where(row => row.By[0] is not (null or Known.UnknownName)).Select(row => (Place: row.By[0]!, Stratum: $"{row.By[1]}|{row.By[2]}", row.Values[0].Count, Base: row.Values[0].Base ?? 0)).ToList();
        var standard = Standardised.Rates(rows);
        var places = rows.GroupBy(row => row.Place).Select(group => new RankedPlace(group.Key, request.Named(request.PlacesBy, group.Key), new(group.Sum(row => row.Count), group.Sum(row => row.Base)), standard[group.Key])
        {
            IsCurrent = request.View.Pick == new Filters.Pick(request.PlacesBy, group.Key),
        }).Where(place => place.Rate.Base > 0).ToList();
        Number(places, measure.Better, place => place.Rate.Value, (place, rank) => place.Rank = rank);
        Number(places, measure.Better, place => place.Standardised, (place, rank) => place.StandardisedRank = rank);
        return new(measure, [.. places.OrderBy(place => place.Rank ?? int.MaxValue).ThenByDescending(place => place.Rate.Base)], new(rows.Sum(row => row.Count), rows.Sum(row => row.Base)));
    }

    /// <summary>The answer in words: who is first and last, or that nobody can be told from the others.</summary>
    public string Title(PageRequest request)
    {
        var ranked = Places.Where(place => place.Rank is not null).ToList();
        var label = request.Language.Label(Measure);
        return ranked.Count < 2
            ? request.Say("compare.title_one", request.WholePlace, label, request.Language.Percent(All.Value), request.AsOf)
            : request.Say("compare.title", label, ranked[0].Name, request.Language.Percent(ranked[0].Rate.Value), ranked[^1].Name, request.Language.Percent(ranked[^1].Rate.Value), request.AsOf);
    }

    /// <summary>Equal rates have the same rank.</summary>
    static void Number(List<RankedPlace> places, string better, Func<RankedPlace, double?> value, Action<RankedPlace, int> number)
    {
        var ranked = places.Where(place => place.IsRanked && value(place) is not null).OrderBy(place => better == "lower" ? value(place) : -value(place)).ToList();
        for (var i = 0; i < ranked.Count; i++) number(ranked[i], 1 + ranked.FindIndex(other => value(other) == value(ranked[i])));
    }
}

/// <param name="Member">The value of the dimension.</param>
/// <param name="Standardised">The rate as if the place had the tasks that all have.</param>
public sealed record RankedPlace(string Member, string Name, MeasureValue Rate, double? Standardised)
{
    public bool IsCurrent { get; init; }

    /// <summary>Enough tasks stand behind the rate.</summary>
    public bool IsRanked => Rate.Base >= Wilson.FewestToRank;

    /// <summary>From 1; null where there are too few tasks.</summary>
    public int? Rank { get; set; }

    public int? StandardisedRank { get; set; }

    public (double Low, double High) Interval => Wilson.Interval(Rate.Count, Rate.Base ?? 0) ?? (0, 0);
}
