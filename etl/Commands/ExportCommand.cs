using System.CommandLine;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Warehouse.Exports;
using Warehouse.Measures;
using Warehouse.Models;

namespace Etl.Commands;

/// <summary>The verb <c>export</c>: the published state as files that other systems read.</summary>
static class ExportCommand
{
    /// <summary>Enough for the parts that are open at one time; more would be blocks of the database, which an export does not read again.</summary>
    static readonly DuckDbSettings Memory = new("180MB");

    public static Command Create(Shown shown, TimeProvider time)
    {
        var place = new Argument<string>("folder") { Description = "Folder to fill; empty, or not there yet" };
        var format = Options.Listed(new Option<string>("--format") { Description = "parquet", DefaultValueFactory = _ => ParquetExport.Format }, ParquetExport.Format);
        var tables = new Option<string[]>("--table") { Description = "Export only this table or view, such as warehouse.fact_task; may be given several times" };
        var command = new Command("export", "Write the tables of the published state as Parquet, parted by year and province, with a manifest") { place, format, tables, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) =>
        {
            var home = Options.HomeOf(parsed);
            return ReadAsync(home, async session =>
            {
                var (path, wanted) = (parsed.GetValue(place)!, parsed.GetValue(tables) ?? []);
                var manifest = await RunAsync(session, home, path, wanted, time, table =>
                    shown.Say(FormattableString.Invariant($"{table.Name}: {table.Rows:N0} rows in {Files(table.Files.Count)}")), cancel);
                var files = manifest.Tables.Sum(table => table.Files.Count);
                shown.Say(FormattableString.Invariant($"exported state {manifest.Publication} to {Path.GetFullPath(path)}: {manifest.Tables.Count} tables, {manifest.Tables.Sum(table => table.Rows):N0} rows, {manifest.Tables.Sum(table => table.Bytes) / 1e6:N1} MB in {Files(files)}"));
                return ExitCode.Done;
            }, cancel);
        });
        return command;
    }

    /// <summary>Opens the published state for an export: with less memory than a question has, for every row is read once.</summary>
    internal static Task<int> ReadAsync(Home home, Func<Session, Task<int>> read, CancellationToken cancel) => QueryCommands.ReadAsync(home, Memory, read, cancel);

    /// <summary>Exports what is asked for, or everything.</summary>
    /// <exception cref="WrongUseException">A table or the folder is named wrongly.</exception>
    internal static async Task<Manifest> RunAsync(Session session, Home home, string path, string[] wanted, TimeProvider time, Action<ManifestTable>? exported, CancellationToken cancel)
    {
        try
        {
            var folder = ModelFolder.Load();
            var models = ExportPlan.Of(folder, wanted);
            var export = new ParquetExport(folder, MeasureCatalog.Load(), EngineChoice.Embedded(Memory), time);
            return await export.RunAsync(session, home.EngineName, ExportFolder.Open(path), models, exported, cancel);
        }
        catch (ExportException error)
        {
            throw new WrongUseException(error.Message);
        }
    }

    static string Files(int count) => FormattableString.Invariant($"{count:N0} {(count == 1 ? "file" : "files")}");
}
