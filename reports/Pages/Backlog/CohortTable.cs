using System.Globalization;
using Reports.Charts;
using Reports.Tables;

namespace Reports.Pages.Backlog;

/// <summary>Heat table: rows are years of assignment, columns are days; each cell is overdue / open, shaded by what is overdue.</summary>
static class CohortTable
{
    /// <summary>As many days as fit beside a chart; the chart and its table have the earlier ones.</summary>
    const int MostColumns = 7;

    /// <summary>On a phone only so many, the newest, are shown.</summary>
    const int MostOnPhone = 4;

    /// <summary>Years before the newest ones share a row.</summary>
    const int MostRows = 9;

    const int Shades = 5;

    public static DataTable Of(PageRequest request, BacklogData data)
    {
        var language = request.Language;
        var shown = data.Points.Zip(data.Whole).TakeLast(MostColumns).ToList();
        var cohorts = Cohorts(request, data.Whole[^1]).ToList();
        var most = Math.Max(1, cohorts.Max(cohort => shown.Max(point => point.First.Count("open_overdue", cohort.Holds))));
        string Age(int column) => column < shown.Count - MostOnPhone ? "older" : "";
        TableCell Cell(Point told, Point whole, string name, Func<int, bool> holds, bool isTotal)
        {
            var (overdue, open) = (told.Count("open_overdue", holds), told.Count("open", holds));
            if (whole.Count(Parts.Base, holds) == 0) return new("", null, null);
            var shade = isTotal ? "" : overdue == 0 ? "heat-0" : $"heat-{1 + (int)((Shades - 1) * (double)overdue / most)}";
            return new(language.Number(overdue), overdue, open) { Small = "/ " + language.Number(open), Class = shade, IsStrong = true, Tip = request.Say("cohort.cell", name, told.Day, overdue, open), Count = overdue, Part = isTotal ? null : "overdue" };
        }
        TableRow Row(string name, Func<int, bool> holds, bool isTotal, int? year = null) => new(
        [
            request.Cells.Name(name, year is { } one ? request.Here(request.View.Picking("assigned_year", Name(one))) : null),
            .. shown.Select(point => Cell(point.First, point.Second, name, holds, isTotal)),
        ], isTotal, year is { } picked && request.View.Pick == new Filters.Pick("assigned_year", Name(picked)));
        return new(
            [
                TableColumn.Text(request.Say("cohort.year")),
                .. shown.Select((point, i) => new TableColumn($"{language.TwoLines(point.First.Day).DayAndMonth}\n{language.TwoLines(point.First.Day).Year}", true,
                    [request.Say("cohort.overdue_at", point.First.Day), request.Say("cohort.open_at", point.First.Day)])
                    { Class = Age(i), Link = request.AsOfLink(point.First.Day), IsCurrent = i == shown.Count - 1 }),
            ],
            [.. cohorts.Select(cohort => Row(cohort.Name, cohort.Holds, false, cohort.Year)), Row(request.Say("total"), _ => true, true)]) { Class = "heat" };
    }

    /// <summary>Newest first, because that is where there is most to do.</summary>
    static IEnumerable<(string Name, Func<int, bool> Holds, int? Year)> Cohorts(PageRequest request, Point asOf)
    {
        var years = asOf.Cohorts.Keys.OrderDescending().ToList();
        var single = years.Count <= MostRows ? years.Count : MostRows - 1;
        foreach (var year in years.Take(single)) yield return (Name(year), cohort => cohort == year, year);
        if (single == years.Count) yield break;
        var last = years[single];
        yield return (request.Say("cohort.and_before", Name(last)), cohort => cohort <= last, null);
    }

    static string Name(int year) => year.ToString(CultureInfo.InvariantCulture);
}
