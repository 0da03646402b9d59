using System.Diagnostics;
using Etl.Commands;
using Etl.Feeds;
using Etl.Load;
using Warehouse.Engines;

namespace Etl.Bench;

/// <summary>
/// Feeds of systems that answer slowly, loaded twice in one run: asked ahead while others are loaded, and each asked when its turn comes. The
/// same rows under other names, so that both times all is new.
/// </summary>
sealed class FeedsBench(Home home, Shown shown, TimeProvider time)
{
    const int Pages = 4;

    public async Task<int> RunAsync(int systems, int milliseconds, int rows, CancellationToken cancel)
    {
        Meter.Empty(home.Folder);
        var rowsOfPage = Math.Max(1, rows / Pages);
        var slow = Enumerable.Range(0, systems).Select(_ => SlowSystem.Start(Pages, rowsOfPage, TimeSpan.FromMilliseconds(milliseconds))).ToList();
        try
        {
            var usual = LoadTimes.Usual(time);
            shown.Say(FormattableString.Invariant($"{systems} systems with {Pages} pages each of {rowsOfPage:N0} rows, {milliseconds:N0} ms a page: {systems * Pages * milliseconds / 1000.0:0.0} s of waiting"));
            await using var engine = home.OpenEngine();
            await using var workspace = await engine.OpenWorkspaceAsync(cancel);
            // First what is held to be faster, while none of the code has run.
            var ahead = await LoadAsync(workspace, slow, "ahead", usual, cancel);
            var inTurn = await LoadAsync(workspace, slow, "turn", usual with { FeedsAhead = 0 }, cancel);
            shown.Say(Meter.Line("each asked when its turn comes", $"{inTurn.TotalSeconds:0.0} s"));
            shown.Say(Meter.Line($"{usual.FeedsAhead} asked ahead", $"{ahead.TotalSeconds:0.0} s"));
            shown.Say(Meter.Line("ratio", $"{inTurn / ahead:0.0} times as fast"));
            return ExitCode.Done;
        }
        finally
        {
            foreach (var system in slow) await system.DisposeAsync();
        }
    }

    async Task<TimeSpan> LoadAsync(Workspace workspace, IReadOnlyList<SlowSystem> slow, string name, LoadTimes times, CancellationToken cancel)
    {
        var plain = FeedFile.Read(Path.Combine(AppContext.BaseDirectory, "Bench", "bench-feeds.yml"));
        var feeds = slow.Index().Select(each => Of(plain, FormattableString.Invariant($"{name}-{each.Index + 1:00}"), each.Item.Address)).ToList();
        var watch = Stopwatch.StartNew();
        var code = await new Steps(home, shown, time, times: times).LoadAsync(workspace, feeds, cancel);
        return code == ExitCode.Done ? watch.Elapsed : throw new InvalidOperationException("bench: the feeds were not loaded");
    }

    static Feed Of(Feed plain, string name, string address) =>
        plain with { Name = name, System = name, Source = new Dictionary<string, string>(plain.Source) { ["url"] = address } };
}
