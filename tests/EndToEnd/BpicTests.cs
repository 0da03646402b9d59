using Etl.Feeds;
using Tests.Architecture;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Cases with an event log, of three Dutch municipalities: not shipped, read from the folder in ANALYTICS_DATA.</summary>
public sealed class BpicTests
{
    [DataFact("bpic2015")]
    public async Task Cases_events_and_late_decisions_are_as_counted_from_the_published_files()
    {
        await using var warehouse = await LoadedWarehouse.CreateAsync(TestEngine.DuckDb, DataFactAttribute.Folder!);
        var run = await warehouse.RunAsync([FeedFile.Read(Path.Combine(Repository.Root, "tests", "Feeds", "bpic2015.yml"))]);

        Assert.Empty(run.Errors);
        Assert.Equal(3_440, run.Loaded.Where(part => part.Record == "task").Sum(part => part.Counts.Accepted));
        Assert.Equal(156_252, run.Loaded.Where(part => part.Record == "task_event").Sum(part => part.Counts.Accepted));
        Assert.Equal(156_252, await warehouse.ValueAsync<long>("select count(*) from warehouse.fact_task_event where is_orphan = 0"));
        // Decided cases later than 56 days after their start: 55, 88 and 28 %.
        Assert.Equal(
            ["Municipality 1: 1199, 956, 525", "Municipality 2: 832, 711, 628", "Municipality 3: 1409, 1260, 354"],
            await warehouse.MeasureAsync("assigned, completed, completed_late", "agency", "scope=example"));
    }
}

/// <summary>A test over data that are not shipped; skipped, with the reason, where ANALYTICS_DATA does not name a folder that has them.</summary>
public sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string set)
    {
        if (Folder is null) Skip = "ANALYTICS_DATA names no folder with the data";
        else if (!Directory.Exists(Path.Combine(Folder, set))) Skip = $"the folder in ANALYTICS_DATA has no {set}";
    }

    public static string? Folder => Environment.GetEnvironmentVariable("ANALYTICS_DATA") is { Length: > 0 } folder ? folder : null;
}
