using Dapper;
using Warehouse.Raw;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// The embedded warehouse: two files in the home folder take turns, and the file <c>current</c> names the one that readers
/// open. A load works in the other file; publishing replaces <c>current</c> by a rename, which is atomic.
/// </summary>
public sealed class DuckDbEngine(string home, DuckDbSettings settings) : IEngine
{
    /// <summary>Words of DuckDB's messages about what is no fault of the SQL. A full disk at a commit is no "IO Error" (seen with 1.5).</summary>
    static readonly string[] Failures = ["IO Error", "Out of Memory Error", "FATAL Error", "Could not write file", "Could not read from file"];

    public string Name => "duckdb";

    string Pointer => Path.Combine(home, "current");

    public string TypeName(Column column) => column.Type switch
    {
        ColumnType.BigInt => "bigint",
        ColumnType.Integer => "integer",
        ColumnType.SmallInt => "smallint",
        ColumnType.Double => "double",
        ColumnType.Date => "date",
        ColumnType.Timestamp => "timestamp",
        _ => "varchar",
    };

    public async Task<Session?> OpenPublishedAsync(CancellationToken cancel)
    {
        while (true)
        {
            var publication = Published();
            if (publication.Number == 0) return null;
            try
            {
                var connection = await OpenAsync(FileOf(publication), readOnly: true, cancel);
                // Between reading the pointer and opening the file the file may have become the one that is worked in.
                if (Published() == publication) return new Session(connection, sql => sql, publication);
                await connection.DisposeAsync();
            }
            catch (EngineException) when (Published() != publication)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    public async Task<Workspace> OpenWorkspaceAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(home);
        var published = Published();
        var working = new Publication(published.Number + 1, published.OtherSlot);
        var file = FileOf(working);
        if (published.Number > 0) await CatchUpAsync(FileOf(published), file, published, cancel);
        var connection = await OpenAsync(file, readOnly: false, cancel);
        await PrepareAsync(connection, cancel);
        return new DuckDbWorkspace(connection, settings, working, Pointer);
    }

    public async Task<Workspace> OpenTrialAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(home);
        var published = Published();
        var working = new Publication(published.Number + 1, published.OtherSlot);
        var isCurrent = File.Exists(FileOf(working)) && (published.Number == 0 || await ContentOfAsync(FileOf(working), cancel) >= published.Number);
        return await DuckDbTrial.OpenAsync(isCurrent ? FileOf(working) : FileOf(published), Path.Combine(home, "trial.duckdb"), working, async file =>
        {
            var connection = await OpenAsync(file, readOnly: false, cancel);
            await PrepareAsync(connection, cancel);
            return connection;
        });
    }

    public EngineException? FailureBehind(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
            if (each is DuckDbException said && Array.Exists(Failures, said.Message.Contains)) return new($"the warehouse in {home} cannot go on: {said.Message.ReplaceLineEndings(" ")}", error);
        return null;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    string FileOf(Publication publication) => Path.Combine(home, $"warehouse-{publication.Slot}.duckdb");

    Publication Published()
    {
        if (!File.Exists(Pointer)) return new Publication(0, "b");
        var words = File.ReadAllText(Pointer).Split(' ', StringSplitOptions.TrimEntries);
        return words is [var number, "a" or "b"] && int.TryParse(number, out var no)
            ? new Publication(no, words[1])
            : throw new EngineException($"{Pointer} is damaged: it must hold a number and a slot, such as '7 a'");
    }

    async Task<DuckDbConnection> OpenAsync(string file, bool readOnly, CancellationToken cancel)
    {
        var connection = new DuckDbConnection(settings.ConnectionString(file, readOnly, Path.Combine(home, "spill")));
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch (DuckDbException error)
        {
            await connection.DisposeAsync();
            throw new EngineException(error.Message, error);
        }
    }

    async Task PrepareAsync(DuckDbConnection connection, CancellationToken cancel)
    {
        var functions = await File.ReadAllTextAsync(Path.Combine(Models.ModelFolder.Shipped, "engines", "duckdb.sql"), cancel);
        var tables = RawTables.All.Select(table => this.CreateTable(table));
        const string Content = "create table if not exists raw.slot_content (publication_no integer)";
        var script = string.Join(";\n", ["create schema if not exists raw", .. tables, Content, functions]);
        await connection.ExecuteAsync(new CommandDefinition(script, cancellationToken: cancel));
    }

    /// <summary>The publication that a file was made from or became; -1 where there is no usable file.</summary>
    async Task<int> ContentOfAsync(string file, CancellationToken cancel)
    {
        if (!File.Exists(file)) return -1;
        await using var connection = await OpenAsync(file, readOnly: true, cancel);
        return await connection.ExecuteScalarAsync<int?>("select max(publication_no) from raw.slot_content") ?? -1;
    }

    /// <summary>
    /// Brings the idle file up to the published state: by the blocks that differ, for most are those that it has; as a whole
    /// where there is no such file, where it was damaged, or where somebody still reads it and must not see it change.
    /// </summary>
    async Task CatchUpAsync(string published, string idle, Publication publication, CancellationToken cancel)
    {
        var mark = idle + ".changing";
        if (!File.Exists(mark) && await ContentOfAsync(idle, cancel) >= publication.Number) return;
        if (File.Exists(mark) || !File.Exists(idle) || !await IsUnreadAsync(idle, cancel))
        {
            Copy(published, idle);
        }
        else
        {
            await File.WriteAllTextAsync(mark, "", cancel);
            File.Delete(idle + ".wal");
            BlockDelta.Apply(published, idle);
        }
        File.Delete(mark);
    }

    /// <summary>A file that can be opened for writing is open nowhere else.</summary>
    async Task<bool> IsUnreadAsync(string file, CancellationToken cancel)
    {
        try
        {
            await using var connection = await OpenAsync(file, readOnly: false, cancel);
            return true;
        }
        catch (EngineException)
        {
            return false;
        }
    }

    /// <summary>Copies the published file beside the working one and renames it, so that a crash leaves no half file under the name.</summary>
    static void Copy(string from, string to)
    {
        var part = to + ".part";
        File.Copy(from, part, overwrite: true);
        File.Delete(to + ".wal");
        File.Move(part, to, overwrite: true);
    }
}
