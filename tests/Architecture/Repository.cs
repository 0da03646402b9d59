namespace Tests.Architecture;

/// <summary>The project's own files, found from the folder that the tests run in.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Files under a folder of the project, without what builds left there; paths are relative to the root, with slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "obj" or "bin" or "artifacts" or "node_modules"))
            .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Analytics.sln"))) return folder.FullName;
        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds Analytics.sln");
    }
}
