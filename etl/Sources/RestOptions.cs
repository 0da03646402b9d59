using System.Globalization;

namespace Etl.Sources;

/// <summary>Settings of a REST API.</summary>
/// <param name="Path">Of the resource, for messages and below the address.</param>
/// <param name="Items">Where the items are in the answer.</param>
/// <param name="Page">Name of the query parameter that takes the page's number; null where there is one page only.</param>
/// <param name="PageSize">A query parameter as it is: "limit=200".</param>
/// <param name="Since">Name of the query parameter that takes the watermark.</param>
/// <param name="More">Field of the answer that says whether another page follows.</param>
/// <param name="ExtractDate">Field of the answer that tells its day.</param>
/// <param name="Watermark">Field of an item whose greatest value is the next watermark.</param>
sealed record RestOptions(
    Uri Address, string? Token, string Path, string Items, string? Page, int FirstPage, string? PageSize, string? Since,
    string? More, string? ExtractDate, string? Watermark, TimeSpan Timeout, int Attempts)
{
    public static readonly string[] Names =
    [
        "url", "token", "path", "items", "page", "first_page", "page_size", "since", "more", "extract_date", "watermark",
        "timeout_seconds", "attempts",
    ];

    public static RestOptions Bind(SourceSettings settings)
    {
        var path = settings.Text("path") ?? "";
        var address = $"{settings.Required("url").TrimEnd('/')}/{path.TrimStart('/')}";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw settings.Wrong("url", "with path is not an address that starts with http:// or https://");
        var timeout = settings.Seconds("timeout_seconds", 30);
        return new(
            uri, TokenOf(settings), uri.AbsolutePath, settings.Text("items") ?? "", settings.Text("page"),
            settings.Number("first_page", 1), settings.Text("page_size"), settings.Text("since"), settings.Text("more"),
            settings.Text("extract_date"), settings.Text("watermark"),
            timeout > TimeSpan.Zero ? timeout : throw settings.Wrong("timeout_seconds", "must be more than 0"),
            settings.Number("attempts", 5, least: 1));
    }

    /// <summary>The token goes into a header; a file that it was read from often ends with a line break.</summary>
    static string? TokenOf(SourceSettings settings)
    {
        var token = settings.Text("token")?.Trim();
        return token is null || token.All(letter => letter is > ' ' and <= '~') ? token
            : throw settings.Wrong("token", "holds a character that no token has (a blank, a line break or a letter outside ASCII)");
    }

    /// <summary>The address of one page.</summary>
    public Uri PageAddress(int page, string? watermark)
    {
        var query = new List<string>();
        if (Page is not null) query.Add($"{Uri.EscapeDataString(Page)}={page.ToString(CultureInfo.InvariantCulture)}");
        if (PageSize is not null) query.Add(PageSize);
        if (Since is not null && watermark is not null) query.Add($"{Uri.EscapeDataString(Since)}={Uri.EscapeDataString(watermark)}");
        if (query.Count == 0) return Address;
        var own = Address.Query.TrimStart('?');
        return new UriBuilder(Address) { Query = string.Join('&', own.Length > 0 ? query.Prepend(own) : query) }.Uri;
    }
}
