using Dapper;
using Warehouse.Raw;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// The embedded warehouse: two files in the home folder take turns, and the file <c>current</c> names the one that readers
/// open. A load works in the other file; publishing replaces <c>current</c> by a rename, which is atomic.
/// </summary>
public sealed class DuckDbEngine(string home, DuckDbSettings settings, Milestones? held = null) : IEngine
{
    /// <summary>Words of DuckDB's messages about what is no fault of the SQL. A full disk at a commit is no "IO Error" (seen with 1.5).</summary>
    static readonly string[] Failures = ["IO Error", "Out of Memory Error", "FATAL Error", "Could not write file", "Could not read from file"];

    public string Name => "duckdb";

    readonly Milestones milestones = held ?? new();

    readonly SlotFiles slots = new(home, held ?? new());

    public string TypeName(Column column) => TypeOf(column);

    /// <summary>A column's type in DuckDB's dialect.</summary>
    public static string TypeOf(Column column) => column.Type switch
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
            var published = slots.Published();
            if (published.Number == 0) return null;
            try
            {
                var connection = await OpenAsync(FileOf(published.Slot), readOnly: true, cancel, instance: published.Content);
                // Between reading the pointer and opening the file the file may have become the one that is worked in.
                if (slots.Published() == published)
                {
                    if (settings.KeepsOpen > TimeSpan.Zero) KeptOpen.Keep(home, connection, settings, () => slots.Published() == published);
                    return new Session(connection, sql => sql, new(published.Number, published.Slot));
                }
                await connection.DisposeAsync();
            }
            catch (EngineException) when (slots.Published() != published)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    public async Task<Workspace> OpenWorkspaceAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(home);
        KeptOpen.LetGo(home);
        var published = slots.Published();
        var working = new Publication(published.Number + 1, published.OtherSlot);
        var file = FileOf(working.Slot);
        slots.WorkBegins();
        if (published.Number > 0) await CatchUpAsync(FileOf(published.Slot), file, published, cancel);
        var connection = await OpenAsync(file, readOnly: false, cancel);
        await PrepareAsync(connection, cancel);
        return new DuckDbWorkspace(connection, settings, working, slots, await PassingDatabase.AttachAsync(connection, cancel)) { Milestones = milestones };
    }

    public async Task<Workspace> OpenTrialAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(home);
        KeptOpen.LetGo(home);
        var published = slots.Published();
        var working = new Publication(published.Number + 1, published.OtherSlot);
        var (theirs, ours) = (FileOf(published.Slot), FileOf(working.Slot));
        var isCurrent = published.Number == 0 || await IsCurrentAsync(ours, published, cancel);
        return await DuckDbTrial.OpenAsync(isCurrent ? ours : theirs, Path.Combine(home, "trial.duckdb"), working, async file =>
        {
            var connection = await OpenAsync(file, readOnly: false, cancel);
            await PrepareAsync(connection, cancel);
            return connection;
        }, cancel);
    }

    public Task<int?> FindPreviousAsync(CancellationToken cancel) => Task.FromResult(slots.Before()?.Number);

    public async Task<Publication> RestoreAsync(CancellationToken cancel)
    {
        var before = slots.Before() ?? throw new EngineException($"no state stands beside the published one in {home}");
        // Opened once, so that nobody is sent to a damaged file.
        if (await ContentOfAsync(FileOf(before.Slot), cancel) != before.Content) throw new EngineException($"{FileOf(before.Slot)} is not the state {before.Number} that it should be");
        var restored = before with { Number = slots.Published().Number + 1 };
        slots.Switch(restored);
        return new(restored.Number, restored.Slot);
    }

    public EngineException? FailureBehind(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
            if (each is DuckDbException said && Array.Exists(Failures, said.Message.Contains)) return new($"the warehouse in {home} cannot go on: {said.Message.ReplaceLineEndings(" ")}", error);
        return null;
    }

    public ValueTask DisposeAsync()
    {
        KeptOpen.LetGo(home);
        return ValueTask.CompletedTask;
    }

    string FileOf(string slot) => Path.Combine(home, $"warehouse-{slot}.duckdb");

    async Task<DuckDbConnection> OpenAsync(string file, bool readOnly, CancellationToken cancel, int? instance = null)
    {
        var connection = new DuckDbConnection(settings.ConnectionString(file, readOnly, Path.Combine(home, "spill")) + (instance is null ? "" : FormattableString.Invariant($";Instance={instance}")));
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

    /// <summary>Whether a file holds what is published, or was to be published after it.</summary>
    async Task<bool> IsCurrentAsync(string file, PublishedSlot published, CancellationToken cancel) =>
        !File.Exists(MarkOf(file)) && await ContentOfAsync(file, cancel) is var content && (content == published.Content || content > published.Number);

    /// <summary>Stands beside a file while its blocks are changed: found at the next start, they are not to be trusted.</summary>
    static string MarkOf(string file) => file + ".changing";

    /// <summary>
    /// Brings the idle file up to the published state: by the blocks that differ, for most are those that it has; as a whole
    /// where there is no such file, where it was damaged, or where somebody still reads it and must not see it change.
    /// </summary>
    async Task CatchUpAsync(string from, string idle, PublishedSlot published, CancellationToken cancel)
    {
        if (await IsCurrentAsync(idle, published, cancel)) return;
        var mark = MarkOf(idle);
        if (File.Exists(mark) || !File.Exists(idle) || !await IsUnreadAsync(idle, cancel))
        {
            Copy(from, idle);
        }
        else
        {
            await File.WriteAllTextAsync(mark, "", cancel);
            milestones.Reach(Milestone.CatchUpMarked);
            File.Delete(idle + ".wal");
            BlockDelta.Apply(from, idle, milestones);
            milestones.Reach(Milestone.CaughtUp);
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
    void Copy(string from, string to)
    {
        var part = to + ".part";
        File.Copy(from, part, overwrite: true);
        milestones.Reach(Milestone.FileCopied);
        File.Delete(to + ".wal");
        File.Move(part, to, overwrite: true);
    }
}
