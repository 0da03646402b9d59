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

    /// <summary>The address of this view on a page, without what is default anyway.</summary>
    public string Link(string path)
    {
        var query = new StringBuilder();
        Add(query, "as_of", Day(AsOf));
        Add(query, "from", Day(From));
        Add(query, "to", Day(To));
        Add(query, "scope", Scope == Vietnam ? null : Scope);
        Add(query, "province", Province);
        Add(query, "view", Units == Default.Units ? null : Units.Word());
        Add(query, "lang", Language.IsEnglish ? Language.Code : null);
        return path + query;
    }

    /// <summary>The province's name in the language of the page, where the publication has told it.</summary>
    public string? ShownProvince { get => field ?? Province; init; }

    public View WithProvince(string? province) => this with { Province = province, ShownProvince = null };

    /// <summary>The filters in words, for paper and for links to other views.</summary>
    public string Described()
    {
        var words = new List<string> { Language.Say("scope." + Scope) };
        if (ShownProvince is { } province) words.Add(province);
        words.Add(Language.Say("view." + Units.Word()));
        if (AsOf is { } asOf) words.Add($"{Language.Say("filter.as_of")} {Language.Date(asOf)}");
        if (From is { } from) words.Add($"{Language.Say("filter.from")} {Language.Date(from)}");
        if (To is { } to) words.Add($"{Language.Say("filter.to")} {Language.Date(to)}");
        return string.Join("; ", words);
    }

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void Add(StringBuilder query, string name, string? value)
    {
        if (value is not null) query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
