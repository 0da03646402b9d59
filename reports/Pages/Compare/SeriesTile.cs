using System.Globalization;
using Reports.Charts;
using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Compare;

/// <summary>The rate of each place by year of assignment, in small charts of one scale, with the days on which agencies and provinces were merged.</summary>
static class SeriesTile
{
    /// <summary>More small charts than this are not read; the table has all places.</summary>
    const int MostCharts = 12;

    /// <summary>Fewer tasks than this make a point jump.</summary>
    const long FewestForPoint = 5;

    public static async Task<Tile> ReadAsync(PageRequest request, Measure measure, Ranking ranking, CancellationToken cancel)
    {
        var table = await request.State.AskAsync(request.Ask([measure.Name], [request.PlacesBy, "assigned_month"]), cancel);
        var rows = table.Rows.Where(row => row.By[0] is not null && row.By[1] is not null)
            .Select(row => (Place: row.By[0]!, Month: DateOnly.ParseExact(row.By[1]!, "yyyy-MM-dd", CultureInfo.InvariantCulture), row.Values[0].Count, Base: row.Values[0].Base ?? 0)).ToList();
        // The picked place and those with most tasks are drawn.
        var drawn = ranking.Places.OrderByDescending(place => place.IsCurrent).ThenByDescending(place => place.Rate.Base).Take(MostCharts).ToList();
        var years = rows.Where(row => row.Base > 0).Select(row => row.Month.Year).Distinct().Order().ToList();
        var byYear = rows.GroupBy(row => (row.Place, row.Month.Year)).ToDictionary(group => group.Key, group => new MeasureValue(group.Sum(row => row.Count), group.Sum(row => row.Base)));
        var (language, cells) = (request.Language, request.Cells);
        return new("series", request.Say("compare.series", language.Label(measure)))
        {
            About = request.Say("compare.series_about"), Width = 12, Measures = [measure.Name],
            Caption = (ranking.Places.Count > MostCharts ? request.Say("chart.cut", (long)MostCharts, (long)ranking.Places.Count) + " " : "") + request.Say("chart.as_of", request.AsOf),
            Chart = new(request.Charts.Multiples([.. drawn.Select(place => new Series(place.Name, [.. Quarters(rows.Where(row => row.Place == place.Member)).Where(point => point.Rate.Base >= FewestForPoint)
                    .Select(point => (point.Day, point.Rate.Value!.Value, $"{language.Percent(point.Rate.Value)} ({language.Number(point.Rate.Count)} / {language.Number(point.Rate.Base ?? 0)})"))]))],
                [(new(2025, 3, 1), request.Say("compare.mark_agencies")), (Warehouse.Reference.Provinces.Merger, request.Say("compare.mark_provinces"))], years.Count > 0 ? (years[0], years[^1]) : (0, 0)), "multiples", []),
            Table = new(
                [TableColumn.Text(language.Label(request.Catalog.Dimension(request.PlacesBy))), .. years.Select(year => TableColumn.Rate(year.ToString(CultureInfo.InvariantCulture), language))],
                [.. ranking.Places.Select(place => new TableRow([cells.Name(place.Name), .. years.Select(year => cells.Rate(byYear.GetValueOrDefault((place.Member, year)) is { Base: > 0 } rate ? rate : new(0, 0)))], IsCurrent: place.IsCurrent))]),
        };
    }

    static IEnumerable<(DateOnly Day, MeasureValue Rate)> Quarters(IEnumerable<(string Place, DateOnly Month, long Count, long Base)> rows) => rows
        .GroupBy(row => new DateOnly(row.Month.Year, (row.Month.Month - 1) / 3 * 3 + 1, 1)).OrderBy(group => group.Key)
        .Select(group => (group.Key.AddMonths(1).AddDays(14), new MeasureValue(group.Sum(row => row.Count), group.Sum(row => row.Base))));
}
