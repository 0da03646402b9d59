using System.Globalization;
using Reports.Pages;
using Reports.Published;
using Reports.Tables;

namespace Reports.Layout;

/// <summary>How fresh each source of the scope is, and which of them a program made.</summary>
public static class FreshnessTable
{
    /// <summary>A source that ends more days than this before the as-of day is said to be behind.</summary>
    public const int BehindDays = 31;

    /// <param name="tasks">Tasks of the view by feed.</param>
    public static Tile Of(PageRequest request, IReadOnlyDictionary<string, long> tasks)
    {
        var (language, cells) = (request.Language, request.Cells);
        return new("sources", request.Say("source.title"))
        {
            About = request.Say("source.about", request.AsOf),
            IsTable = true, FollowsPick = false,
            Table = new(
                [TableColumn.Text(request.Say("source")), TableColumn.Number(request.Say("source.tasks")), TableColumn.Number(request.Say("source.extract")), TableColumn.Number(request.Say("source.age")), TableColumn.Text(request.Say("source.cut_off")), TableColumn.Text(request.Say("source.note"))],
                [.. request.Sources.OrderByDescending(source => tasks.GetValueOrDefault(source.Feed)).Select(source => new TableRow(
                [
                    cells.Name(source.Shown(language.IsEnglish)),
                    source.TrendOnly ? cells.Text(null) : cells.Number(tasks.GetValueOrDefault(source.Feed)),
                    cells.Day(source.NewestExtract),
                    source.DaysBefore(request.AsOf) is { } days ? cells.Number(days) : cells.Text(null),
                    CutOff(request, source),
                    new(string.Join(" ", Notes(request, source)), string.Join(" ", Notes(request, source))),
                ]))]),
        };
    }

    /// <summary>The newest cut-off, and whether the data were there by then.</summary>
    static TableCell CutOff(PageRequest request, SourceFreshness source) => source.CutOff is not { } at ? request.Cells.Text(request.Say("source.no_cut_off"))
        : new(string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm}, {request.Language.Date(DateOnly.FromDateTime(at))}"), string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm}"))
        {
            Small = request.Say(source.IsLate ? "source.cut_off_missed" : source.IsAbsent ? "source.cut_off_unread" : "source.cut_off_kept"), Class = source.IsLate ? "bad" : "",
        };

    public static IEnumerable<string> Notes(PageRequest request, SourceFreshness source)
    {
        if (source.Generated) yield return request.Say("source.generated");
        if (source.TrendOnly) yield return request.Say("source.trend_only");
        if (source.NewestExtract is null) yield return request.Say("source.nothing_loaded");
        if (source.IsLate) yield return request.Say("source.late");
        if (source.IsAbsent) yield return request.Say("source.absent");
        if (source.DaysBefore(request.AsOf) > BehindDays) yield return request.Say("source.behind");
    }
}
