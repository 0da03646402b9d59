using Reports.Charts;
using Reports.Filters;
using Reports.Published;
using Reports.Tables;
using Reports.Texts;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Reports.Pages;

/// <summary>What a page is asked, and the one publication that it answers from.</summary>
/// <param name="View">As asked, and checked.</param>
/// <param name="Path">Of the page as it was asked for, for links to other views of it.</param>
/// <param name="Route">What the address filled into the page's path, by name.</param>
public sealed record PageRequest(View View, Known Known, PublishedState State, Page Page, string Path, IReadOnlyDictionary<string, string> Route, PageTools Tools, string? Token = null)
{
    /// <summary>The day that was asked for, else that of the newest extract: links that name no day move on with the data.</summary>
    public DateOnly AsOf => View.AsOf ?? Known.NewestExtract;

    public Language Language => View.Language;

    public MeasureCatalog Catalog => Tools.Catalog;

    public Cells Cells => new(Language);

    /// <summary>The filters as conditions.</summary>
    /// <param name="isPicked">Also the mark that was clicked.</param>
    public IReadOnlyList<Condition> Where(bool isPicked = false)
    {
        var where = new List<Condition> { new("scope", [View.Scope]) };
        if (View.Province is { } province) where.Add(new("province", [province]));
        if (View.Agency is { } agency) where.Add(new("agency", [agency]));
        if (View.Kind is { } kind) where.Add(KindFilter.Of(kind, Known.Kinds));
        if (isPicked && Picked is { } picked) where.Add(picked);
        return where;
    }

    Condition? Picked => View.Pick is { } pick ? new(pick.Dimension, [pick.Value]) : null;

    public MeasureRequest Ask(IReadOnlyList<string> measures, IReadOnlyList<string> by, DateOnly? day = null, bool isPicked = false) =>
        new(measures, by, Where(isPicked), day ?? AsOf, View.From, View.To, false, View.Units);

    /// <summary>The answers to all requests of a page whose marks are places and what else is named.</summary>
    public Task<IReadOnlyList<MeasureTable>> AskAllAsync(IReadOnlyList<MeasureRequest> requests, IReadOnlyList<string> marks, CancellationToken cancel) =>
        State.AskAllAsync(requests, [PlacesBy, .. marks], Picked, cancel);

    public TaskRequest AskTasks(string measure) => new(measure, Where(isPicked: true), AsOf, View.From, View.To, View.Units);

    public Measure Measure(string name) => Catalog.Measure(name);

    public string Label(string measure) => Language.Label(Catalog.Measure(measure));

    public string Say(string key, params ReadOnlySpan<object> arguments) => Language.Say(key, arguments);

    /// <summary>A view of the same page.</summary>
    public string Here(View view) => view.Link(Path);

    public string AsOfLink(DateOnly day) => Here(View with { AsOf = day == Known.NewestExtract ? null : day });

    /// <summary>The list of the tasks behind a number of this view, or of the view one level deeper.</summary>
    public string TasksLink(string measure, View? of = null) => (of ?? View).Shared.With("part", measure).Link("/tasks");

    /// <summary>The next step down from a member: a province's agencies, an agency's tasks.</summary>
    public string? Deeper(string dimension, string value) => dimension switch
    {
        "province" => Here(View.WithProvince(value)),
        "agency" => TasksLink("open", View.WithAgency(value)),
        "assigned_year" when int.TryParse(value, out var year) => Here((View with { Pick = null, From = new DateOnly(year, 1, 1), To = new DateOnly(year, 12, 31) })),
        _ => null,
    };

    /// <summary>A member's name as the page shows it.</summary>
    public string Named(string dimension, string? value) => dimension == "feed"
        ? State.Sources.FirstOrDefault(source => source.Feed == value)?.Shown(Language.IsEnglish) ?? value ?? ""
        : value is null or Known.UnknownName ? Say("unknown")
        : dimension == "province" ? State.Province(value).Shown(Language.IsEnglish) : value;

    /// <summary>The dimension that comparisons of places are by: provinces, the agencies of one, the sources of the example.</summary>
    public string PlacesBy => View.Scope == View.Example ? "feed" : View.Province is null ? "province" : "agency";

    /// <summary>The place that the filters let through.</summary>
    public string WholePlace => View.Agency ?? View.ShownProvince ?? Say("place." + View.Scope);

    /// <summary>What the page is about: the place, and of it what is picked.</summary>
    public string Place =>
        View.Pick is { } pick ? Say(pick.Dimension == "assigned_year" ? "pick.place_year" : "pick.place", WholePlace, Named(pick.Dimension, pick.Value)) : WholePlace;

    /// <summary>The sources of the scope, in the order of their names.</summary>
    public IReadOnlyList<SourceFreshness> Sources => [.. State.Sources.Where(source => source.Scope == View.Scope).OrderBy(source => source.Shown(Language.IsEnglish), Alphabet.Vietnamese)];

    public ChartOptions Charts => new(Language, Catalog);
}
