using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Warehouse.Measures;
using Warehouse.Models;

namespace Warehouse.Exports;

/// <summary>
/// Tables of one published state as Parquet, for Spark, Trino, Fabric, Power BI and whatever else reads that. An embedded database
/// writes its own tables; those of a server go through one, for no server writes Parquet.
/// </summary>
/// <param name="settings">What the embedded database may use.</param>
public sealed class ParquetExport(ModelFolder folder, MeasureCatalog catalog, DuckDbSettings settings, TimeProvider time)
{
    /// <summary>The one format that there is.</summary>
    public const string Format = "parquet";

    /// <summary>Writes the tables and then the manifest. Where that does not come to its end the folder is empty again.</summary>
    /// <param name="session">The published state: one for all tables, so that they go together.</param>
    /// <param name="exported">Told of each table when its files are written.</param>
    /// <exception cref="ModelException">A table cannot be exported as it is.</exception>
    public async Task<Manifest> RunAsync(Session session, string engine, ExportFolder to, IReadOnlyList<Model> models, Action<ManifestTable>? exported, CancellationToken cancel)
    {
        try
        {
            var tables = new List<ManifestTable>();
            await using (var spool = session.Connection is DuckDbConnection ? null : await Spool.OpenAsync(to.Path, settings, cancel))
                foreach (var model in models)
                {
                    tables.Add(await WriteAsync(session, spool, to, model, cancel));
                    exported?.Invoke(tables[^1]);
                }
            var views = ExportPlan.ViewsBeside(folder, models).Select(view => new ManifestView(view.FullName, view.About, view.Sql));
            var manifest = new Manifest(Format, session.Publication.Number, engine, time.GetUtcNow(), await SourcesAsync(session, cancel), tables, [.. views], [.. catalog.Measures]);
            await to.SealAsync(manifest.ToJson(), cancel);
            return manifest;
        }
        catch
        {
            to.GiveUp();
            throw;
        }
    }

    static async Task<ManifestTable> WriteAsync(Session session, Spool? spool, ExportFolder to, Model model, CancellationToken cancel)
    {
        var table = await ExportedTable.DescribeAsync(session, model, cancel);
        var place = to.FolderOf(model.Layer, model.Name);
        var written = spool is null
            ? await ParquetFiles.WriteAsync((DuckDbConnection)session.Connection, session.Physical(table.Select()), session.Physical(table.Parts()), table.Columns.Count, table.PartedBy, place, cancel)
            : await ThroughAsync(spool, session, table, place, cancel);
        var files = new List<ManifestFile>();
        foreach (var file in written) files.Add(new(to.NameOf(file.Path), file.Rows, file.Bytes, await ExportFolder.ChecksumAsync(file.Path, cancel)));
        var columns = table.Columns.Select(column => new ManifestColumn(column.Name, column.Type.ToString().ToLowerInvariant()));
        return new(model.FullName, model.About, model.Key, [.. columns], table.PartedBy, table.YearOf, files.Sum(file => file.Rows), files.Sum(file => file.Bytes), files);
    }

    static async Task<IReadOnlyList<ParquetFile>> ThroughAsync(Spool spool, Session session, ExportedTable table, string place, CancellationToken cancel)
    {
        var select = await spool.FillAsync(session, table, cancel);
        var written = await ParquetFiles.WriteAsync(spool.Connection, select, $"select distinct {string.Join(", ", table.PartedBy)} from ({select}) as passed", table.Columns.Count, table.PartedBy, place, cancel);
        await spool.EmptyAsync(table, cancel);
        return written;
    }

    static async Task<IReadOnlyList<ManifestSource>> SourcesAsync(Session session, CancellationToken cancel)
    {
        const string Loads = """
            select dim_source.feed_code as "Feed", count(*) as "Loads", max(dim_load.extract_date) as "NewestExtract"
            from warehouse.dim_load
            join warehouse.dim_source on dim_load.source_key = dim_source.source_key
            group by dim_source.feed_code
            """;
        return [.. (await session.ReadAsync<ManifestSource>(Loads, cancel: cancel)).OrderBy(source => source.Feed, StringComparer.Ordinal)];
    }
}
