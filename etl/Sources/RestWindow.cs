using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Etl.Sources;

/// <summary>Everything that a resource holds since the watermark: fetches its pages and sums up what they are.</summary>
sealed class RestWindow(string name, RestOptions options, string? since, RestClient client)
{
    readonly JsonItems items = new(options.Items);
    readonly IncrementalHash content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly Dictionary<string, int> pagesByHash = [];

    public string Identity { get; private set; } = "";

    public DateOnly? ExtractDate { get; private set; }

    public long Items { get; private set; }

    public int Attempts => client.MostAttempts;

    /// <summary>Fetches page after page into the spool until none follows.</summary>
    public async Task FetchAsync(PageSpool spool, CancellationToken cancel)
    {
        for (var page = options.FirstPage; ; page++)
        {
            var place = options.Page is null ? name : $"{name} › page {page}";
            var json = await client.GetAsync(options.PageAddress(page, since), place, cancel);
            await spool.AddAsync(page, json, cancel);
            if (!Take(json, page, place)) break;
        }
        Identity = $"since={since};sha256={Convert.ToHexStringLower(content.GetHashAndReset())}";
    }

    /// <summary>Checks a page and counts its items; true where another page follows.</summary>
    bool Take(byte[] json, int page, string place)
    {
        using var document = Parse(json, place);
        if (!items.Has(document.RootElement))
            throw new SourceException(SourceFault.Data, $"{place}: the answer has no items ('{options.Items}'): {client.Excerpt(json)}");
        if (page == options.FirstPage) TakeExtractDate(document.RootElement, place);
        using var pageHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The outermost items, for "^.id" may be read from them; one without inner items is still no empty page.
        var count = 0;
        foreach (var outermost in items.Outermost(document.RootElement))
        {
            var text = JsonMarshal.GetRawUtf8Value(outermost);
            content.AppendData(text);
            pageHash.AppendData(text);
            count++;
        }
        Items += items.Of(document.RootElement).Count();
        return Follows(document.RootElement, page, count, Convert.ToHexString(pageHash.GetHashAndReset()), place);
    }

    bool Follows(JsonElement root, int page, int count, string hash, string place)
    {
        var more = options.More is null ? null : JsonField.Down(root, options.More.Split('.'));
        var promised = more is { } field ? JsonField.Text(field) is not ("" or "0" or "false") : (bool?)null;
        if (options.Page is null)
            return promised != true ? false
                : throw new SourceException(SourceFault.Configuration, $"{place}: '{options.More}' says that another page follows, but the feed names no query parameter for it (page)");
        if (promised == false || promised is null && count == 0) return false;
        if (!pagesByHash.TryAdd(hash, page))
            throw new SourceException(SourceFault.Data, $"{place}: loops: page {page} repeats page {pagesByHash[hash]}");
        return true;
    }

    void TakeExtractDate(JsonElement root, string place)
    {
        if (options.ExtractDate is null || JsonField.Down(root, options.ExtractDate.Split('.')) is not { } field || JsonField.Text(field) is not { Length: > 0 } text) return;
        string[] formats = ["yyyy-MM-dd", "yyyyMMdd"];
        if (!DateOnly.TryParseExact(text.Split('T', ' ')[0], formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new SourceException(SourceFault.Data, $"{place} › {options.ExtractDate}: '{text}' is not a date (yyyy-MM-dd)");
        ExtractDate = day;
        content.AppendData(Encoding.UTF8.GetBytes(day.ToString("O", CultureInfo.InvariantCulture)));
    }

    static JsonDocument Parse(byte[] json, string place)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new SourceException(SourceFault.Data, $"{place}: the JSON is cut short or broken at byte {Offset(json, e)} of {json.Length}", e);
        }
    }

    static long Offset(byte[] json, JsonException e)
    {
        var start = 0;
        for (var line = 0; line < e.LineNumber; line++) start += json.AsSpan(start).IndexOf((byte)'\n') + 1;
        return start + (e.BytePositionInLine ?? 0);
    }
}
