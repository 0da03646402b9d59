using System.Net;
using Reports.Pages;
using Tests.EndToEnd;
using Tests.Engines;
using Xunit;

namespace Tests.Pages;

/// <summary>The pages over a server's warehouse: each opens, and its tiles say what they say over a file.</summary>
public sealed class PagesOnServersTests
{
    /// <summary>Besides each page as it is.</summary>
    static readonly string[] Queries = ["", "lang=en", "view=panel", "as_of=2023-01-15", "province=Cần Thơ", "from=2023-01-01&to=2023-02-28"];

    static readonly string[] Others = ["/task/office/T1", "/task/office/T30?lang=en", "/risk?list=overdue", "/risk?list=open&order=update", "/tasks?part=open_overdue", "/tasks?part=open_overdue&page=2", "/compare?measure=on_time_rate_of_due", "/scorecard?base=due"];

    [EngineFact(TestEngine.Postgres)]
    public Task Pages_over_a_server_say_what_they_say_over_a_file() => CompareAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task Pages_over_SQL_Server_say_what_they_say_over_a_file() => CompareAsync(TestEngine.SqlServer);

    static async Task CompareAsync(string engine)
    {
        using var extracts = new CrashExtracts();
        var (expected, found) = (await VisitAsync(TestEngine.DuckDb, extracts), await VisitAsync(engine, extracts));

        Assert.True(expected.Values.Sum(tiles => tiles.Count) > 200, "the pages show too little to prove anything");
        foreach (var (address, tiles) in expected)
            Assert.True(tiles.SequenceEqual(found[address]), $"{address}: {string.Join("\n", tiles.Except(found[address]).Zip(found[address].Except(tiles)).Take(2).Select(pair => $"over a file\n{pair.First}\nover {engine}\n{pair.Second}"))}");
    }

    /// <summary>The text of every tile by the address of its page, after two extracts.</summary>
    static async Task<Dictionary<string, List<string>>> VisitAsync(string engine, CrashExtracts extracts)
    {
        await using var loaded = await CrashSite.CreateFilledAsync(engine, extracts);
        await using var site = await TestSite.StartAsync(loaded.Home.Folder, loaded.Home.OpenEngine());
        var addresses = PageList.All.Where(page => page.IsListed).SelectMany(page => Queries.Select(query => query.Length > 0 ? $"{page.Path}?{query}" : page.Path)).Concat(Others);
        var tiles = new Dictionary<string, List<string>>();
        foreach (var address in addresses)
        {
            var page = await site.OpenAsync(address, HttpStatusCode.OK);
            // What came to pass in the load, and when, is each load's own.
            if (!address.StartsWith("/quality", StringComparison.Ordinal))
                tiles[address] = [.. page.QuerySelectorAll("section.tile").Select(tile => string.Join(' ', tile.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        }
        return tiles;
    }
}
