using System.Globalization;
using Reports.Charts;
using Reports.Filters;
using Reports.Published;
using Warehouse.Measures;

namespace Reports.Pages.Backlog;

/// <summary>All numbers of the page, from one publication.</summary>
/// <param name="Points">The ends of years and, last, the as-of day.</param>
/// <param name="Places">The split of all tasks by province; by lead agency of one province; by source in the example scope.</param>
/// <param name="PlacesBy">What <paramref name="Places"/> are.</param>
/// <param name="Years">The split of all tasks by year of assignment.</param>
/// <param name="OfSource">Tasks of the view by source.</param>
public sealed record BacklogData(
    IReadOnlyList<Point> Points, IReadOnlyList<Split> Places, Dimension PlacesBy, IReadOnlyList<Split> Years,
    IReadOnlyDictionary<string, long> OfSource, IReadOnlyDictionary<string, Measure> Measures)
{
    /// <summary>More ends of years than fit across a page are left out, the oldest first.</summary>
    const int MostPoints = 9;

    static readonly string[] Asked =
        [Parts.Base, .. Parts.All, "completed", "open", "due_soon", "completion_rate_of_assigned", "on_time_rate_of_due", "overdue_rate_of_assigned"];

    public Point AsOf => Points[^1];

    /// <summary>The end of the year before, which changes are told against; null where the tasks begin later.</summary>
    public Point? YearBefore => Points.Count > 1 ? Points[^2] : null;

    public static async Task<BacklogData> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var (view, state, asOf) = (request.View, request.State, request.AsOf);
        Condition[] where = [new("scope", [view.Scope]), .. view.Province is { } province ? new[] { new Condition("province", [province]) } : []];
        Task<MeasureTable> AskAsync(string by, DateOnly day) => state.AskAsync(new(Asked, [by], where, day, view.From, view.To, view.Language.IsEnglish && by != "province", view.Units), cancel);

        var points = new List<Point>();
        foreach (var day in Days(request.Known.FirstAssigned, asOf)) points.Add(new(day, ByYear(await AskAsync("assigned_year", day))));
        // Days before the first task of the view say nothing, and a change since then would be no change.
        points.RemoveAll(point => point.Day != asOf && point.Cohorts.Count == 0);
        var placesBy = view.Scope == View.Example ? "feed" : view.Province is null ? "province" : "agency";
        var places = await AskAsync(placesBy, asOf);
        var sources = placesBy == "feed" ? places : await AskAsync("feed", asOf);
        return new(
            points, SortedByOverdue(places, row => Named(row.By[0], placesBy, state, view), view, placesBy), places.By[0],
            [.. points[^1].Cohorts.Select(cohort => new Split(cohort.Key.ToString(CultureInfo.InvariantCulture), cohort.Value, Link: YearLink(view, cohort.Key)))],
            sources.Rows.ToDictionary(row => row.By[0] ?? "", row => row.Values[0].Count),
            places.Measures.ToDictionary(measure => measure.Name));
    }

    static IEnumerable<DateOnly> Days(DateOnly first, DateOnly asOf)
    {
        var ends = Enumerable.Range(first.Year, asOf.Year - first.Year + 1).Select(year => new DateOnly(year, 12, 31)).Where(end => end < asOf);
        return ends.TakeLast(MostPoints).Append(asOf);
    }

    static SortedDictionary<int, Tally> ByYear(MeasureTable table) => new(table.Rows
        .Where(row => row.By[0] is not null)
        .GroupBy(row => int.Parse(row.By[0]!, CultureInfo.InvariantCulture))
        .ToDictionary(group => group.Key, group => Tally.Of(table, group))
        .Where(pair => pair.Value.Count(Parts.Base) > 0).ToDictionary());

    static List<Split> SortedByOverdue(MeasureTable table, Func<MeasureRow, string> name, View view, string by) =>
    [
        .. table.Rows.GroupBy(name).Select(group => new Split(group.Key, Tally.Of(table, group), by == "province" && group.First().By[0] is { } province && province != Known.UnknownName ? view.WithProvince(province).Link("/") : null))
            .Where(split => split.Tally.Count(Parts.Base) > 0)
            .OrderByDescending(split => split.Tally.Share("open_overdue")).ThenByDescending(split => split.Tally.Count(Parts.Base)),
    ];

    static string Named(string? value, string by, PublishedState state, View view) => by == "feed"
        ? state.Sources.FirstOrDefault(source => source.Feed == value)?.Shown(view.Language.IsEnglish) ?? value ?? ""
        : value is null or Known.UnknownName ? view.Language.Say("unknown")
        : by == "province" ? state.Province(value).Shown(view.Language.IsEnglish) : value;

    static string YearLink(View view, int year) => (view with { From = new DateOnly(year, 1, 1), To = new DateOnly(year, 12, 31) }).Link("/");
}

/// <summary>How the tasks stood at the end of a day, by year of assignment.</summary>
public sealed record Point(DateOnly Day, IReadOnlyDictionary<int, Tally> Cohorts)
{
    /// <summary>Of all years, or of those that a condition lets through.</summary>
    public long Count(string measure, Func<int, bool>? years = null) =>
        Cohorts.Where(cohort => years is null || years(cohort.Key)).Sum(cohort => cohort.Value.Count(measure));

    /// <summary>A rate of all years together, from its parts.</summary>
    public MeasureValue Rate(string measure) => new(Cohorts.Values.Sum(tally => tally[measure].Count), Cohorts.Values.Sum(tally => tally[measure].Base ?? 0));
}
