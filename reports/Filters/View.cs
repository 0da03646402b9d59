using System.Globalization;
using System.Text;
using Reports.Texts;

namespace Reports.Filters;

/// <summary>What a page shows, as its address says it: every view is a link.</summary>
/// <param name="AsOf">State at the end of this day; null = the newest published extract.</param>
/// <param name="From">First day of the window of assignment, included.</param>
/// <param name="To">Last day of the window of assignment, included.</param>
public sealed record View(DateOnly? AsOf, DateOnly? From, DateOnly? To, string Scope, string? Province, Language Language)
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
        Add(query, "lang", Language.IsEnglish ? Language.Code : null);
        return path + query;
    }

    public View WithProvince(string? province) => this with { Province = province };

    /// <summary>The filters in words, for paper and for links to other views.</summary>
    public string Described()
    {
        var words = new List<string> { Language.Say("scope." + Scope) };
        if (Province is { } province) words.Add(province);
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
