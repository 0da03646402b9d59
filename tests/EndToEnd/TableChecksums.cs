using System.Text;
using Tests.Engines;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Models;

namespace Tests.EndToEnd;

/// <summary>What every table that was built holds, told briefly: equal where all rows and columns are.</summary>
static class TableChecksums
{
    static readonly ModelFolder Models = ModelFolder.Load();

    /// <summary>Row count and checksum of every table of warehouse and analytics, by name.</summary>
    public static Task<SortedDictionary<string, string>> OfAsync(Session session) =>
        OfAsync(session, Models.Models.Where(model => model.Layer != "staging" && model.Kind is ModelKind.Table or ModelKind.Replay));

    /// <summary>Row count and checksum of tables and views, by name.</summary>
    public static async Task<SortedDictionary<string, string>> OfAsync(Session session, IEnumerable<Model> models)
    {
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var model in models) sums[model.FullName] = await OfAsync(session, model);
        return sums;
    }

    /// <summary>The tables that differ, for a message; empty where all are equal.</summary>
    public static string Difference(SortedDictionary<string, string> expected, SortedDictionary<string, string> found) =>
        string.Join("; ", expected.Keys.Union(found.Keys).Where(name => expected.GetValueOrDefault(name) != found.GetValueOrDefault(name)).Select(name => $"{name}: {expected.GetValueOrDefault(name)} became {found.GetValueOrDefault(name)}"));

    /// <summary>The sum of the hashes of all rows as text: neither the engine nor its order of rows and columns matters.</summary>
    static async Task<string> OfAsync(Session session, Model model)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = session.Physical($"select * from {model.FullName}");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).OrderBy(reader.GetName, StringComparer.Ordinal).ToList();
        var types = columns.Select(reader.GetDataTypeName).ToList();
        var sum = StableKey.Chain(0, Encoding.UTF8.GetBytes(string.Join('|', columns.Select(reader.GetName))));
        var rows = 0;
        for (; await reader.ReadAsync(); rows++)
        {
            var hash = 0UL;
            for (var i = 0; i < columns.Count; i++) hash = StableKey.Chain(hash, Encoding.UTF8.GetBytes(CellText.Of(reader, columns[i], types[i])));
            sum += hash;
        }
        return $"{rows} rows, {sum:x16}";
    }
}
