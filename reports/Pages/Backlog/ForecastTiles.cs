using Reports.Charts;
using Reports.Filters;
using Reports.Published;
using Reports.Tables;
using Warehouse.Forecast;

namespace Reports.Pages.Backlog;

/// <summary>How many tasks will be overdue and open at the next month ends and the next conference, and how earlier forecasts fared.</summary>
static class ForecastTiles
{
    static readonly string[] Measures = [Told.Overdue, Told.Open];

    /// <summary>Months of earlier forecasts that are listed.</summary>
    const int Earlier = 12;

    /// <summary>Nothing where the forecast knows nothing of what is asked: it is of places, not of kinds of tasks nor of windows of assignment.</summary>
    public static async Task<IReadOnlyList<Tile>> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var view = request.View;
        if (view.Scope != View.Vietnam || view.Kind is not null || view.From is not null || view.To is not null || view.Pick is { Dimension: not ("province" or "agency") }) return [];
        var (province, agency) = (view.Pick is { Dimension: "province" } place ? place.Value : view.Province, view.Pick is { Dimension: "agency" } unit ? unit.Value : view.Agency);
        var rows = await ForecastRows.ReadAsync(request.State.Session, view.Units, province, agency, request.AsOf, cancel);
        if (rows.Count == 0) return [new("forecast", request.Say("forecast.title")) { About = request.Say("forecast.none"), Width = 12 }];
        var newest = rows.Max(row => row.AsOf);
        return [Ahead(request, [.. rows.Where(row => row.AsOf == newest && row.Target > request.AsOf)], newest), Record(request, [.. rows.Where(row => row.Actual is not null && row.Code == ForecastTarget.MonthEnd)])];
    }

    static Tile Ahead(PageRequest request, IReadOnlyList<ForecastRow> rows, DateOnly asOf)
    {
        var (language, cells) = (request.Language, request.Cells);
        var overdue = rows.Where(row => row.Measure == Told.Overdue).ToList();
        string Name(ForecastRow row) => row.Code == ForecastTarget.Conference ? request.Say("forecast.conference", row.Target) : language.Date(row.Target);
        TableCell[] Cells(ForecastRow row) => [cells.Name(Name(row)), cells.Text(request.Label(row.Measure)), Count(language, row), Interval(language, row.Low50, row.High50), Interval(language, row.Low90, row.High90), cells.Number(row.Last)];
        return new("forecast", request.Say("forecast.title"))
        {
            About = request.Say("forecast.about"), Caption = request.Say("forecast.made", asOf), Measures = Measures, Empty = request.Say("forecast.past", asOf),
            Chart = overdue.Count == 0 ? null : new(request.Charts.Dots([.. overdue.Select(row => new Dot(Name(row), row.Expected, Rounded(language, row.Expected), Tip(request, row), null, null, false) { Low = row.Low90, High = row.High90 })],
                overdue[0].Last, request.Say("forecast.now", overdue[0].Last)), ChartOptions.HeightOf(overdue.Count), []),
            Table = new(
                [TableColumn.Text(request.Say("forecast.day")), TableColumn.Text(request.Say("forecast.measure")), TableColumn.Number(request.Say("forecast.expected")), Ends(request, "50"), Ends(request, "90"), TableColumn.Number(request.Say("forecast.last"))],
                [.. rows.OrderBy(row => Array.IndexOf(Measures, row.Measure)).ThenBy(row => row.Target).Select(row => new TableRow(Cells(row)))]),
        };
    }

    /// <summary>The forecasts of one month end ahead, newest first, beside what came true and the rivals.</summary>
    static Tile Record(PageRequest request, IReadOnlyList<ForecastRow> known)
    {
        var (language, cells) = (request.Language, request.Cells);
        var first = known.GroupBy(row => (row.AsOf, row.Measure)).Select(of => of.MinBy(row => row.Target)!).ToList();
        string Sum(string measure)
        {
            var told = first.Where(row => row.Measure == measure).ToList();
            var judged = told.Where(row => row.Low90 is not null).ToList();
            double Mean(Func<ForecastRow, double> off) => told.Average(off);
            return told.Count == 0 ? "" : request.Say("forecast.fared", request.Label(measure), (long)told.Count, language.Decimal(Mean(row => Math.Abs(row.Expected - row.Actual!.Value))), language.Decimal(Mean(row => Math.Abs((double)row.Last - row.Actual!.Value))),
                (long)judged.Count(IsCovered), (long)judged.Count);
        }
        return new("forecast-record", request.Say("forecast.record"))
        {
            About = string.Join(' ', [request.Say("forecast.record_about"), .. Measures.Select(Sum)]).Trim(), IsTable = true, Width = 12, Measures = Measures, Empty = request.Say("forecast.record_none"),
            Table = new(
                [TableColumn.Text(request.Say("forecast.from_day")), TableColumn.Text(request.Say("forecast.day")), TableColumn.Text(request.Say("forecast.measure")), TableColumn.Number(request.Say("forecast.expected")), Ends(request, "90"), TableColumn.Number(request.Say("forecast.actual")), TableColumn.Number(request.Say("forecast.last")), TableColumn.Number(request.Say("forecast.year_ago"))],
                [.. first.Where(row => row.Measure == Told.Overdue).OrderByDescending(row => row.AsOf).Take(Earlier).Concat(first.Where(row => row.Measure == Told.Open).OrderByDescending(row => row.AsOf).Take(Earlier)).Select(row => new TableRow(
                [
                    cells.Day(row.AsOf) with { Small = row.IsRetrospective == 1 ? request.Say("forecast.retrospective") : "" }, cells.Day(row.Target), cells.Text(request.Label(row.Measure)), Count(language, row), Interval(language, row.Low90, row.High90),
                    cells.Number(row.Actual!.Value) with { Class = row.Low90 is not null && !IsCovered(row) ? "bad" : "" }, cells.Number(row.Last), row.YearAgo is { } year ? cells.Number(year) : cells.Text(null),
                ]))]),
        };
    }

    static bool IsCovered(ForecastRow row) => row.Low90 <= row.Actual && row.High90 >= row.Actual;

    static TableColumn Ends(PageRequest request, string share) => new(request.Say("forecast.interval_" + share), true, [request.Say("risk.from_" + share), request.Say("risk.to_" + share)]);

    static TableCell Count(Texts.Language language, ForecastRow row) => new(Rounded(language, row.Expected), row.Expected);

    static TableCell Interval(Texts.Language language, double? low, double? high) => low is { } least && high is { } most ? new($"{Rounded(language, least)} – {Rounded(language, most)}", least, most) : new("–", null, null);

    static string[] Tip(PageRequest request, ForecastRow row) =>
        [request.Say("forecast.tip", request.Label(row.Measure), Rounded(request.Language, row.Expected)), row is { Low90: { } low, High90: { } high } ? request.Say("forecast.tip_90", Rounded(request.Language, low), Rounded(request.Language, high)) : request.Say("forecast.no_interval")];

    static string Rounded(Texts.Language language, double count) => language.Number((long)Math.Round(count));
}
