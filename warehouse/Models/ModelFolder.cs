using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Models;

/// <summary>The models of <c>sql/</c>, in an order in which each comes after what it reads.</summary>
public sealed class ModelFolder
{
    ModelFolder(string root, IReadOnlyList<Model> models)
    {
        Root = root;
        Models = models;
    }

    /// <summary>The folder that ships with the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "sql");

    public string Root { get; }

    public IReadOnlyList<Model> Models { get; }

    /// <exception cref="ModelException">A header is wrong, a model reads what does not exist, or models read each other in a circle.</exception>
    public static ModelFolder Load(string? root = null)
    {
        root ??= Shipped;
        var models = Schema.BuiltLayers
            .SelectMany(layer => Directory.EnumerateFiles(Path.Combine(root, layer), "*.sql").Order(StringComparer.Ordinal).Select(path => (layer, path)))
            .Where(file => !file.path.EndsWith(".checks.sql", StringComparison.Ordinal))
            .Select(file => Model.Parse(file.layer, file.path, File.ReadAllText(file.path)))
            .ToList();
        return new ModelFolder(root, InOrder(models));
    }

    public Model? Find(string fullName) => Models.FirstOrDefault(model => model.FullName == fullName);

    /// <summary>These models and all that they read, for building a part of the warehouse.</summary>
    public ModelFolder For(IEnumerable<string> fullNames)
    {
        var needed = new HashSet<string>();
        var open = new Stack<string>(fullNames);
        while (open.TryPop(out var name))
            if (Find(name) is { } model && needed.Add(name))
                foreach (var read in model.Reads) open.Push(read);
        return new ModelFolder(Root, [.. Models.Where(model => needed.Contains(model.FullName))]);
    }

    /// <summary>The tables that a model reads, itself or through views.</summary>
    public IReadOnlySet<string> TablesBehind(Model model)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in model.Reads)
            if (Find(name) is { Kind: ModelKind.View } view) found.UnionWith(TablesBehind(view));
            else found.Add(name);
        return found;
    }

    static List<Model> InOrder(List<Model> models)
    {
        var byName = models.ToDictionary(model => model.FullName);
        var raw = RawTables.All.Select(table => table.FullName).ToHashSet();
        var ordered = new List<Model>();
        var open = new List<string>();

        void Visit(Model model)
        {
            if (ordered.Contains(model)) return;
            if (open.Contains(model.FullName)) throw new ModelException($"models read each other in a circle: {string.Join(" → ", open)} → {model.FullName}");
            open.Add(model.FullName);
            foreach (var name in model.Reads.Order(StringComparer.Ordinal))
                if (byName.TryGetValue(name, out var read)) Visit(read);
                else if (!raw.Contains(name)) throw new ModelException($"{model.Path}: reads {name}, which is no model and no raw table");
            open.RemoveAt(open.Count - 1);
            ordered.Add(model);
        }

        models.ForEach(Visit);
        return ordered;
    }
}
