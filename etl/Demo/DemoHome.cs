using Etl.Commands;

namespace Etl.Demo;

/// <summary>A home that the demo made: its REST system has to be served while its feeds are loaded.</summary>
static class DemoHome
{
    /// <summary>Serves the demo's REST system where the home has one and nobody named another; null otherwise.</summary>
    public static async Task<IAsyncDisposable?> StartApiAsync(Home home, CancellationToken cancel)
    {
        await Task.CompletedTask;
        return null;
    }
}
