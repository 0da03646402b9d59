using System.Diagnostics;
using Etl.Commands;
using Etl.Feeds;

namespace Etl.Bench;

/// <summary>Loads what lies there of <see cref="HistoryFiles"/> until it is published, as a run of its own does it, and tells how long each phase took.</summary>
sealed class HistoryLoad(Home home, Shown shown, TimeProvider time)
{
    /// <summary>Where the files are to be written.</summary>
    public string Folder => Path.Combine(home.Folder, "bench-history");

    /// <param name="full">Whether all rows are checked, also those that no load touched since they were checked.</param>
    public async Task<TimeSpan> PublishAsync(string what, bool full, CancellationToken cancel)
    {
        var feed = FeedFile.Read(Path.Combine(AppContext.BaseDirectory, "Bench", "bench-history.yml"));
        var steps = new Steps(home, shown, time);
        var watch = Stopwatch.StartNew();
        await using var engine = home.OpenEngine();
        await using var workspace = await PhaseAsync($"  {what}: open", () => engine.OpenWorkspaceAsync(cancel));
        if (await PhaseAsync($"  {what}: load", () => steps.LoadAsync(workspace, [feed], cancel)) != ExitCode.Done) throw new InvalidOperationException($"bench: {what} was not loaded");
        await PhaseAsync($"  {what}: build", () => steps.BuildAsync(workspace, whole: false, cancel));
        if (await PhaseAsync($"  {what}: check and publish", () => steps.CheckAsync(workspace, full, cancel)) != ExitCode.Done) throw new InvalidOperationException($"bench: {what} was not published");
        return watch.Elapsed;
    }

    async Task<T> PhaseAsync<T>(string name, Func<Task<T>> phase)
    {
        T result = default!;
        var cost = await Meter.CostOfAsync(async () => result = await phase());
        shown.Say(Meter.Line(name, $"{cost}"));
        return result;
    }
}
