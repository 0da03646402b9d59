using System.Globalization;
using Etl.Feeds;

namespace Tests.EndToEnd;

/// <summary>A folder into which a test drops extracts, with the feed that reads them; gone after the test.</summary>
sealed class ExtractFolder(string feedText) : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-extracts-");

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(folder.FullName, file), text);

    /// <summary>An empty warehouse whose feeds find the folder as <c>{data}</c>.</summary>
    public Task<LoadedWarehouse> WarehouseAsync(string engine) => LoadedWarehouse.CreateAsync(engine, folder.FullName);

    public List<Feed> Feeds()
    {
        Write("feed.yml", feedText);
        return [FeedFile.Read(Path.Combine(folder.FullName, "feed.yml"))];
    }

    /// <summary>The things by their numbers: "2 0 1" is the third, the first, the second.</summary>
    public static IEnumerable<T> InOrder<T>(IEnumerable<T> things, string order) => order.Split(' ').Select(number => things.ElementAt(int.Parse(number, CultureInfo.InvariantCulture)));

    public void Dispose() => folder.Delete(recursive: true);
}
