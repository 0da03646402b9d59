using System.Globalization;
using System.Text;
using Reports.Texts;
using Warehouse.Measures;

namespace Reports.Filters;

/// <summary>What a page shows, as its address says it: every view is a link.</summary>
/// <param name="AsOf">State at the end of this day; null = the newest published extract.</param>
/// <param name="From">First day of the window of assignment, included.</param>
/// <param name="To">Last day of the window of assignment, included.</param>
/// <param name="Province">Its Vietnamese name, whatever the language of the page.</param>
/// <param name="Units">Provinces and agencies as they were, as they are today, or as the constant panel.</param>
public sealed record View(DateOnly? AsOf, DateOnly? From, DateOnly? To, string Scope, string? Province, Language Language, UnitView Units = UnitView.AsIs)
{
    public const string Vietnam = "vietnam";
    public const string Example = "example";

    public static readonly View Default = new(null, null, null, Vietnam, null, Language.Vietnamese);

    /// <summary>Name of the lead agency.</summary>
    public string? Agency { get; init; }

    /// <summary>Code of the task kind, or <see cref="KindFilter.ButRoutine"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The mark that was clicked: the page tells of it, and keeps the rest in the background.</summary>
    public Pick? Pick { get; init; }

    /// <summary>What only some pages ask (which measure, which list, which page of it), by parameter.</summary>
    public IReadOnlyDictionary<string, string> Own { get; init; } = new Dictionary<string, string>();

    /// <summary>The address of this view on a page, without what is default anyway.</summary>
    public string Link(string path)
    {
        var query = new StringBuilder();
        Add(query, "as_of", Day(AsOf));
        Add(query, "from", Day(From));
        Add(query, "to", Day(To));
        Add(query, "scope", Scope == Vietnam ? null : Scope);
        Add(query, "province", Province);
        Add(query, "agency", Agency);
        Add(query, "kind", Kind);
        Add(query, "view", Units == Default.Units ? null : Units.Word());
        Add(query, "pick", Pick?.ToString());
        foreach (var (name, value) in Own.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Add(query, name, value);
        Add(query, "lang", Language.IsEnglish ? Language.Code : null);
        return path + query;
    }

    /// <summary>What other pages are asked too: without the mark that was clicked and without what only this page asks.</summary>
    public View Shared => this with { Pick = null, Own = Default.Own };

    /// <summary>The province's name in the language of the page, where the publication has told it.</summary>
    public string? ShownProvince { get => field ?? Province; init; }

    /// <summary>One step down or up: the agency belongs to the province, and the picked mark to what was shown.</summary>
    public View WithProvince(string? province) => Turned() with { Province = province, ShownProvince = null, Agency = null, Pick = null };

    public View WithAgency(string? agency) => Turned() with { Agency = agency, Pick = null };

    /// <summary>Picks a mark, or lets it go where it is the picked one.</summary>
    public View Picking(string dimension, string value) => Turned() with { Pick = Pick == new Pick(dimension, value) ? null : new(dimension, value) };

    /// <summary>With another value of what only this page asks; null takes it away. The list begins at its first page again.</summary>
    public View With(string name, string? value)
    {
        var own = Turned().Own.ToDictionary();
        own.Remove(name);
        if (value is not null) own[name] = value;
        return this with { Own = own };
    }

    public string? Asked(string name) => Own.GetValueOrDefault(name);

    View Turned() => Own.ContainsKey("page") ? this with { Own = Own.Where(pair => pair.Key != "page").ToDictionary() } : this;

    /// <summary>The filters in words, for paper, for files and for links to other views.</summary>
    public string Described()
    {
        var words = new List<string> { Language.Say("scope." + Scope) };
        if (ShownProvince is { } province) words.Add(province);
        if (Agency is { } agency) words.Add(agency);
        if (Kind is { } kind) words.Add(KindFilter.Shown(kind, Language));
        words.Add(Language.Say("view." + Units.Word()));
        if (AsOf is { } asOf) words.Add($"{Language.Say("filter.as_of")} {Language.Date(asOf)}");
        if (From is { } from) words.Add($"{Language.Say("filter.from")} {Language.Date(from)}");
        if (To is { } to) words.Add($"{Language.Say("filter.to")} {Language.Date(to)}");
        if (Pick is { } pick) words.Add(Language.Say("pick.described", pick.Value));
        return string.Join("; ", words);
    }

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void Add(StringBuilder query, string name, string? value)
    {
        if (value is not null) query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}

/// <summary>A clicked mark: a dimension of the catalogue and one of its values, <c>assigned_year:2022</c>.</summary>
public sealed record Pick(string Dimension, string Value)
{
    public override string ToString() => $"{Dimension}:{Value}";

    /// <summary>Null where the text has no colon.</summary>
    public static Pick? Read(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 ? new(text[..at], text[(at + 1)..]) : null;
}
