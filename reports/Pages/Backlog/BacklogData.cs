using System.Globalization;
using Reports.Charts;
using Reports.Published;
using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Backlog;

/// <summary>All numbers of the page, from one publication.</summary>
/// <param name="Points">The ends of years and, last, the as-of day; of what is picked, where a mark is.</param>
/// <param name="Whole">The same of all that the filters let through.</param>
/// <param name="Places">The split of all tasks by province; by lead agency of one province; by source in the example scope.</param>
/// <param name="Years">The split of all tasks by year of assignment.</param>
/// <param name="OfSource">Tasks of the view by source.</param>
public sealed record BacklogData(IReadOnlyList<Point> Points, IReadOnlyList<Point> Whole, IReadOnlyList<Split> Places, IReadOnlyList<Split> Years, IReadOnlyDictionary<string, long> OfSource)
{
    /// <summary>More ends of years than fit across a page are left out, the oldest first.</summary>
    const int MostPoints = 9;

    /// <summary>What can be picked on the page besides a place.</summary>
    public static readonly IReadOnlyList<string> Marks = ["assigned_year"];

    static readonly string[] Asked =
        [Parts.Base, .. Parts.All, "completed", "open", "due_soon", "completion_rate_of_assigned", "on_time_rate_of_due", "overdue_rate_of_assigned"];

    /// <summary>What is told of ends of years: counts made in advance answer it.</summary>
    static readonly string[] AskedOfThen = [.. Asked.Where(measure => measure != "due_soon")];

    public Point AsOf => Points[^1];

    /// <summary>The end of the year before, which changes are told against; null where the tasks begin later.</summary>
    public Point? YearBefore => Points.Count > 1 ? Points[^2] : null;

    public static async Task<BacklogData> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var (view, asOf) = (request.View, request.AsOf);
        var days = Days(request.Known.FirstAssigned, asOf).ToList();
        var isPicked = view.Pick is not null;
        var places = new SplitRequest(request, request.PlacesBy, Asked);
        IReadOnlyList<MeasureRequest> requests =
        [
            .. days.Select(day => request.Ask(Of(day), ["assigned_year"], day)),
            .. isPicked ? days.Select(day => request.Ask(Of(day), ["assigned_year"], day, true)) : [],
            .. places.Requests, request.Ask(Asked, ["feed"]),
        ];
        var answers = await request.AskAllAsync(requests, Marks, cancel);
        string[] Of(DateOnly day) => day == asOf ? Asked : AskedOfThen;
        List<Point> PointsOf(IEnumerable<MeasureTable> tables) => [.. days.Zip(tables, (day, table) => new Point(day, ByYear(table)))];
        var whole = PointsOf(answers.Take(days.Count));
        var told = isPicked ? PointsOf(answers.Skip(days.Count).Take(days.Count)) : whole;
        // Days before the first task of the view say nothing, and a change since then would be no change.
        var empty = whole.Where(point => point.Day != asOf && point.Cohorts.Count == 0).Select(point => point.Day).ToHashSet();
        whole.RemoveAll(point => empty.Contains(point.Day));
        if (isPicked) told.RemoveAll(point => empty.Contains(point.Day));
        var years = whole[^1].Cohorts.Select(cohort => new Split(Year(cohort.Key), cohort.Value, Year(cohort.Key))
        {
            IsCurrent = view.Pick == new Filters.Pick("assigned_year", Year(cohort.Key)),
            Picked = isPicked && view.Pick!.Dimension != "assigned_year" ? told[^1].Cohorts.GetValueOrDefault(cohort.Key) ?? new Tally() : null,
        });
        return new(told, whole, Split.ByOverdue(places.Splits(answers.Skip(requests.Count - 1 - places.Requests.Count).Take(places.Requests.Count).ToList())), [.. years],
            answers[^1].Rows.ToDictionary(row => row.By[0] ?? "", row => row.Values[0].Count));
    }

    static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

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
