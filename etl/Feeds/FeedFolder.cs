namespace Etl.Feeds;

/// <summary>The feeds of one folder.</summary>
public static class FeedFolder
{
    /// <summary>The feeds that ship with the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "Feeds");

    /// <exception cref="FeedException">A file is not in order, two files have one name, or there is none.</exception>
    public static IReadOnlyList<Feed> Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new FeedException($"the folder of feeds {folder} does not exist");
        var files = Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".yml" or ".yaml").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new FeedException($"{folder} holds no feed (*.yml)");
        var feeds = files.Select(FeedFile.Read).ToList();
        foreach (var twice in feeds.GroupBy(feed => feed.Name).Where(group => group.Count() > 1))
            throw new FeedException($"two feeds are called '{twice.Key}': {string.Join(" and ", twice.Select(feed => Path.GetFileName(feed.Path)))}");
        return feeds;
    }
}
