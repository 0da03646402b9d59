using System.Globalization;
using Etl.Demo;
using Etl.Feeds;
using Tests.Engines;
using Warehouse.Measures;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>
/// The generated case lists of all provinces: the series of the 34, cast back to 2019, is the sum of its 63 parts exactly,
/// year by year and for every part of the backlog. The parts are added here, by the names of the reference file.
/// </summary>
public sealed class ProvinceSeriesTests
{
    const string Counts = "assigned, completed_on_time, completed_late, completed_no_deadline, open_in_time, open_overdue, open_no_deadline";

    [EngineFact(TestEngine.DuckDb)]
    public Task The_34_are_the_sum_of_the_63_in_a_file() => SumAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task The_34_are_the_sum_of_the_63_on_a_server() => SumAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task The_34_are_the_sum_of_the_63_on_SQL_Server() => SumAsync(TestEngine.SqlServer);

    static async Task SumAsync(string engine)
    {
        var home = Directory.CreateTempSubdirectory("province-series");
        try
        {
            Write(Path.Combine(home.FullName, "sources"));
            await using var warehouse = await LoadedWarehouse.CreateAsync(engine, home: home.FullName);
            var run = await warehouse.RunAsync([.. FeedFolder.Read(FeedFolder.Shipped).Where(feed => feed.Name is "other-provinces" or "can-tho")]);
            Assert.Empty(run.Errors);
            // The office prints one figure that is off by one, and no other that its own lists do not bear out.
            Assert.Equal(["CT-20240930 open 1"], await PrintedOtherwiseAsync(warehouse));

            var asWas = Read(await warehouse.MeasureAsync(Counts, "province, assigned_year", "", UnitView.AsWas));
            var panel = Read(await warehouse.MeasureAsync(Counts, "province, assigned_year", "", UnitView.Panel));
            Assert.Equal(60, asWas.Keys.Where(row => row.Year == 2023).Select(row => row.Province).Distinct().Count());
            Assert.Equal(34, panel.Keys.Where(row => row.Year == 2019).Select(row => row.Province).Distinct().Count());
            Assert.Equal(Added(asWas), panel);
            Assert.Equal(panel, Read(await warehouse.MeasureAsync(Counts, "province, assigned_year", "", UnitView.AsIs)));
            Assert.Equal(await warehouse.MeasureAsync(Counts, "", "", UnitView.AsWas), await warehouse.MeasureAsync(Counts, "", "", UnitView.Panel));
            Assert.Equal(await AllAgenciesAsync(warehouse, UnitView.AsWas), await AllAgenciesAsync(warehouse, UnitView.AsIs));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    static async Task<List<string>> PrintedOtherwiseAsync(LoadedWarehouse warehouse) =>
        [.. (await warehouse.RowsAsync<(string Total, string Item, long Gap)>("select total_code, item_code, gap from analytics.published_total_count where gap <> 0 order by total_code, item_code"))
            .Select(row => FormattableString.Invariant($"{row.Total} {row.Item} {row.Gap}"))];

    static void Write(string folder)
    {
        var options = new DemoOptions();
        var (world, manifest) = (new World(options), new Manifest());
        new OtherProvinces(world, manifest).Write(Directory.CreateDirectory(Path.Combine(folder, "other-provinces")).FullName, default);
        new CanThoLists(world.Of(Places.CanTho), options, manifest).Write(Directory.CreateDirectory(Path.Combine(folder, "can-tho")).FullName, default);
    }

    /// <summary>Every old name under the name of the province that took it in; all 34 names are also names before.</summary>
    static SortedDictionary<(string Province, int Year), string> Added(IReadOnlyDictionary<(string Province, int Year), string> parts)
    {
        var today = Warehouse.Reference.ReferenceCsv.Read("provinces_63_to_34.csv").ToDictionary(row => row["old_name_vi"], row => row["new_name_vi"]);
        today["Thừa Thiên Huế"] = "Huế";
        return new(parts.GroupBy(part => (today[part.Key.Province], part.Key.Year)).ToDictionary(
            group => group.Key,
            group => string.Join(", ", group.Select(part => part.Value.Split(", ").Select(Number)).Aggregate((one, other) => one.Zip(other, (a, b) => a + b)))));
    }

    static async Task<List<long>> AllAgenciesAsync(LoadedWarehouse warehouse, UnitView view) =>
        [.. (await warehouse.MeasureAsync(Counts, "agency", "", view)).Select(row => row[(row.LastIndexOf(':') + 2)..].Split(", ").Select(Number)).Aggregate((one, other) => one.Zip(other, (a, b) => a + b))];

    static SortedDictionary<(string Province, int Year), string> Read(List<string> rows) => new(rows
        .Select(row => row.Split(": "))
        .ToDictionary(row => (row[0].Split(", ")[0], int.Parse(row[0].Split(", ")[1], CultureInfo.InvariantCulture)), row => row[1]));

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
