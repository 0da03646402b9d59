using Etl.Commands;

namespace Etl.Demo;

/// <summary>A home that the demo made: its sources, written once, and its REST system, served while feeds are loaded.</summary>
static class DemoHome
{
    const string UrlSetting = "BINH_DINH_URL";
    const string TokenSetting = "BINH_DINH_TOKEN";

    /// <summary>Writes the generated sources where they are not there yet in this form.</summary>
    public static async Task<Manifest> WriteSourcesAsync(Home home, DemoOptions options, Shown shown, CancellationToken cancel)
    {
        var known = await ReadAsync(home, cancel);
        if (known is not null && known.Seed == options.Seed && known.Today == options.Today && known.Extracts.SequenceEqual(options.ExtractDays()))
        {
            shown.Say($"generated sources: as they are in {home.Sources}");
            return known;
        }
        shown.Say($"generated sources: writing them to {home.Sources} (made up by a seeded generator, no city's real records)");
        return await DemoSources.WriteAsync(home.Sources, options, new Progress<string>(line => shown.Progress("generate", null, line)), cancel);
    }

    /// <summary>Serves the demo's REST system where the home has one and nobody named another; null otherwise.</summary>
    public static async Task<IAsyncDisposable?> StartApiAsync(Home home, CancellationToken cancel)
    {
        if (Environment.GetEnvironmentVariable(UrlSetting) is { Length: > 0 } || await ReadAsync(home, cancel) is not { } manifest) return null;
        var api = await DemoApi.StartAsync(Path.Combine(home.Sources, "binh-dinh"), manifest.Today, cancel);
        Environment.SetEnvironmentVariable(UrlSetting, api.Url);
        Environment.SetEnvironmentVariable(TokenSetting, api.Token);
        return new Served(api);
    }

    static async Task<Manifest?> ReadAsync(Home home, CancellationToken cancel)
    {
        var path = Path.Combine(home.Sources, "manifest.json");
        return File.Exists(path) ? await Manifest.ReadAsync(path, cancel) : null;
    }

    /// <summary>The API and its settings, which end together.</summary>
    sealed class Served(DemoApi api) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Environment.SetEnvironmentVariable(UrlSetting, null);
            Environment.SetEnvironmentVariable(TokenSetting, null);
            await api.DisposeAsync();
        }
    }
}
