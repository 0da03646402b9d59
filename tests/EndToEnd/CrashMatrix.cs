using Tests.BadInput;
using Tests.Engines;
using Warehouse.Engines;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>What befalls a run that is held at a step.</summary>
/// <param name="Befall">Does it, and waits for the program's end.</param>
/// <param name="Recover">Makes room again, and the like.</param>
sealed record Disaster(Func<CrashSite, Analytics, Task<Ended>> Befall, Action<CrashSite> Recover, Func<string, IDisposable>? Mount = null)
{
    /// <summary>What is wrong with how the program ended; null where it ended as it should.</summary>
    public required Func<Ended, string?> Complaint { get; init; }

    /// <summary>A power cut.</summary>
    public static Disaster Kill { get; } = new(async (_, program) =>
    {
        program.Kill();
        return await program.EndAsync();
    }, _ => { }) { Complaint = ended => ended.Code == Killed ? null : $"it was not killed but ended with {ended.Code}" };

    /// <summary>What the system tells of a process that SIGKILL ended.</summary>
    const int Killed = 128 + 9;
}

/// <summary>Lets a disaster befall a run at each of its steps, on a home with two published states.</summary>
sealed class CrashMatrix(string engine, ITestOutputHelper output)
{
    /// <summary>Files that take turns, and logs that are written into them, are DuckDB's.</summary>
    static readonly Milestone[] OfFiles =
        [Milestone.FileCopied, Milestone.CatchUpMarked, Milestone.BlockWritten, Milestone.HeadersPending, Milestone.CaughtUp, Milestone.BeforeCheckpoint, Milestone.AfterCheckpoint];

    /// <summary>These a run comes to only where much has changed.</summary>
    static readonly Milestone[] OfWholeBuilds = [Milestone.LayersEmptied, Milestone.TableBuilt];

    public static IReadOnlyList<Milestone> Steps(string engine) => [.. Enum.GetValues<Milestone>().Where(step => engine == TestEngine.DuckDb || !OfFiles.Contains(step))];

    public async Task RunAsync(Disaster? disaster = null, params Milestone[] butNot)
    {
        using var little = new CrashExtracts();
        using var much = new CrashExtracts().Write(1).Write(2).Write(3, much: true);
        // A database without room stops its server's checkpoints, and with them every database that is made or dropped there.
        await using var own = disaster?.Mount is not null && engine == TestEngine.Postgres ? await PostgresServer.StartNewAsync() : null;
        await using var before = await CrashSite.CreateFilledAsync(engine, little, own);
        var old = (await before.ReadAsync()).Tables;
        var expected = new Dictionary<CrashExtracts, SortedDictionary<string, string>> { [little] = await UndisturbedAsync(before, little), [much] = await UndisturbedAsync(before, much) };
        Assert.NotEqual(old, expected[little]);
        Assert.NotEqual(expected[much], expected[little]);

        var steps = Steps(engine).Except(butNot).ToList();
        var failures = new List<string>();
        foreach (var step in steps)
        {
            var extracts = OfWholeBuilds.Contains(step) ? much : little;
            if (await TryAsync(before, step, extracts, disaster ?? Disaster.Kill, old, expected[extracts]) is { } failure) failures.Add($"{step}: {failure}");
        }
        output.WriteLine($"{engine}: equal tables after {steps.Count - failures.Count} of {steps.Count} steps");
        Assert.Empty(failures);
    }

    static async Task<SortedDictionary<string, string>> UndisturbedAsync(CrashSite before, CrashExtracts extracts)
    {
        await using var site = await before.CopyAsync();
        Assert.Equal(0, await site.RunAsync(extracts));
        return (await site.ReadAsync()).Tables;
    }

    /// <returns>What was wrong; null where nothing was.</returns>
    static async Task<string?> TryAsync(CrashSite before, Milestone step, CrashExtracts extracts, Disaster disaster, SortedDictionary<string, string> old, SortedDictionary<string, string> expected)
    {
        await using var site = await before.CopyAsync(disaster.Mount);
        if (step == Milestone.FileCopied) File.Delete(Path.Combine(site.Home.Folder, "warehouse-a.duckdb"));
        using (var program = site.Start(extracts, step))
        {
            await program.SaysAsync($"held at {step}");
            if (disaster.Complaint(await disaster.Befall(site, program)) is { } complaint) return complaint;
        }
        var (number, found) = await site.ReadAsync();
        if (number is not (2 or 3) || (step == Milestone.AfterSwitch && number != 3)) return $"state {number} is published";
        if (TableChecksums.Difference(number == 2 ? old : expected, found) is { Length: > 0 } mixture) return $"a reader finds a mixture: {mixture}";
        disaster.Recover(site);
        if (await site.RunAsync(extracts) is not 0 and var code) return $"the next run ended with {code}";
        var (next, made) = await site.ReadAsync();
        return next != number + 1 ? $"the next run published state {next} after {number}"
            : TableChecksums.Difference(expected, made) is { Length: > 0 } difference ? $"not as undisturbed: {difference}" : null;
    }
}
