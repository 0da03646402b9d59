using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Reports.Charts;
using Reports.Filters;
using Reports.Published;
using Reports.Texts;
using Warehouse.Measures;

namespace Reports.Pages.Backlog;

/// <summary>Backlog by year: what is open and overdue, since when, and how all tasks split.</summary>
public sealed partial class BacklogPage
{
    [Parameter, EditorRequired] public required PageRequest Request { get; set; }

    [Parameter, EditorRequired] public required BacklogData Data { get; set; }

    public static async Task<RazorComponentResult> ShowAsync(PageRequest request, CancellationToken cancel)
    {
        var data = await BacklogData.ReadAsync(request, cancel);
        return new RazorComponentResult<BacklogPage>(new Dictionary<string, object?> { [nameof(Request)] = request, [nameof(Data)] = data });
    }

    View View => Request.View;

    Language Language => View.Language;

    DateOnly AsOf => Request.AsOf;

    IReadOnlyList<SourceFreshness> Sources => [.. Request.State.Sources.Where(source => source.Scope == View.Scope).OrderByDescending(source => Data.OfSource.GetValueOrDefault(source.Feed))];

    ChartOptions Charts => new(Language, Data.Measures);

    /// <summary>Parts of the backlog that any day has.</summary>
    IReadOnlyList<string> OpenParts => [.. Parts.Open.Where(part => Data.Points.Any(point => point.Count(part) > 0))];

    string Caption => Say("chart.caption", string.Join("; ", CountedSources.Select(source => source.Shown(Language.IsEnglish))), AsOf)
        + (CountedSources.Any(source => source.Generated) ? " " + Say("source.generated") : "");

    /// <summary>The sources that have tasks in this view.</summary>
    IEnumerable<SourceFreshness> CountedSources => Sources.Where(source => Data.OfSource.GetValueOrDefault(source.Feed) > 0);

    /// <summary>The sources of the scope whose data came late or could not be read, by name.</summary>
    string LateSources => string.Join("; ", Sources.Where(source => source.IsLate || source.IsAbsent).Select(source => source.Shown(Language.IsEnglish)));

    string ColumnsOptions => Charts.Columns([.. Data.Points.Select(point => new Column(
        $"{Language.TwoLines(point.Day).DayAndMonth}\n{Language.TwoLines(point.Day).Year}",
        Say("backlog.at", point.Day), point.Count("open"), part => point.Count(part), AsOfLink(point.Day)))], OpenParts);

    string AsOfLink(DateOnly day) => (View with { AsOf = day == Request.Known.NewestExtract ? null : day }).Link(Request.Path);

    string Label(string measure) => Language.Label(Data.Measures[measure]);

    string Say(string key, params ReadOnlySpan<object> arguments) => Language.Say(key, arguments);
}
