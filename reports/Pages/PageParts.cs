using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Reports.Layout;
using Reports.Published;
using Reports.Tables;

namespace Reports.Pages;

/// <summary>
/// A page in parts, each with a hash of its text: a browser that says which parts it shows is sent those that are others.
/// </summary>
public sealed class PageParts(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<IReadOnlyList<PagePart>> RenderAsync(PageRequest request, PageContent content)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var parts = new List<PagePart>();
        Task AddAsync<T>(string id, Dictionary<string, object?> parameters) where T : IComponent =>
            renderer.Dispatcher.InvokeAsync(async () => parts.Add(Part(id, (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString())));

        await AddAsync<HeadView>("head", new() { [nameof(HeadView.Request)] = request, [nameof(HeadView.Content)] = content });
        if (request.Page.HasFilters) await AddAsync<FilterBar>("filters", new() { [nameof(FilterBar.Request)] = request, [nameof(FilterBar.Content)] = content });
        if (content.Figures.Count > 0) await AddAsync<FiguresView>("figures", new() { [nameof(FiguresView.Figures)] = content.Figures });
        var trust = Trust.Of(content.Sources, request.AsOf, request.Language);
        foreach (var tile in content.Tiles)
            await AddAsync<TileView>("tile-" + tile.Id, new() { [nameof(TileView.Tile)] = tile, [nameof(TileView.View)] = request.View, [nameof(TileView.Trust)] = trust, [nameof(TileView.PagePath)] = request.Path });
        if (content.Measures.Count > 0) await AddAsync<DefinitionsBox>("definitions", new() { [nameof(DefinitionsBox.Request)] = request, [nameof(DefinitionsBox.Measures)] = content.Measures });
        return parts;
    }

    static PagePart Part(string id, string html)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)))[..12];
        return new(id, hash, html.Replace(TileView.HashPlace, hash, StringComparison.Ordinal));
    }
}

/// <param name="Id">Of its element.</param>
/// <param name="Html">With the hash in it.</param>
public sealed record PagePart(string Id, string Hash, string Html)
{
    /// <summary>As a browser tells which parts it shows: <c>head:1a2b,tile-split:3c4d</c>.</summary>
    public static IReadOnlyDictionary<string, string> ReadShown(string header) =>
        header.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':')).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]);
}
