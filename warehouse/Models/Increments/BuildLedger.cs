using Warehouse.Engines;
using Warehouse.Keys;

namespace Warehouse.Models.Increments;

/// <summary>
/// What the built layers of a slot hold, kept in that slot: which loads, built by which text of the models, and which tasks
/// were built since the last time that all checks passed.
/// </summary>
/// <remarks>The loads are struck out before a table is touched and written when all of them stand: a build that was cut short is followed by a whole one.</remarks>
public static class BuildLedger
{
    /// <summary>Loads whose rows the built layers hold.</summary>
    internal const string Loads = "staging.built_load";

    /// <summary>Tasks that were built and not checked since.</summary>
    internal const string Unchecked = "staging.built_task";

    /// <summary>
    /// One row: the text of the models, whether all of the slot waits to be checked, how many tasks that lay among settled ones were replaced since
    /// the tables were written, and how many rows were struck out of tables of which only changed rows are replaced.
    /// </summary>
    internal const string State = "staging.built_state";

    internal static async Task CreateAsync(Workspace workspace, CancellationToken cancel)
    {
        await workspace.RunAsync($"create table {Loads} (load_key bigint)", cancel: cancel);
        await workspace.RunAsync($"create table {Unchecked} (task_key bigint)", cancel: cancel);
        await workspace.RunAsync($"create table {State} (text_key bigint, is_unchecked smallint, scattered_count bigint, struck_count bigint)", cancel: cancel);
    }

    /// <summary>Notes that the slot holds what another one does; the loads last, by which a slot is known to be whole.</summary>
    internal static async Task CopyAsync(Workspace workspace, Session from, CancellationToken cancel)
    {
        foreach (var table in (string[])[Unchecked, State, Loads]) await workspace.RunAsync($"insert into {table} select * from {from.Physical(table)}", cancel: cancel);
    }

    /// <summary>Notes that all was built anew.</summary>
    internal static async Task NoteWholeAsync(Workspace workspace, ModelFolder folder, CancellationToken cancel)
    {
        await workspace.RunAsync($"insert into {State} (text_key, is_unchecked, scattered_count, struck_count) values (@key, 1, 0, 0)", new { key = TextKey(folder) }, cancel);
        await NoteLoadsAsync(workspace, cancel);
    }

    /// <summary>Adds tasks that are replaced where they lie among settled ones.</summary>
    /// <returns>How many there were since the tables were written, and how many rows were struck out of tables of which only changed rows are replaced.</returns>
    internal static async Task<(long Tasks, long Rows)> NoteScatteredAsync(Workspace workspace, long tasks, CancellationToken cancel)
    {
        await workspace.RunAsync($"update {State} set scattered_count = scattered_count + @tasks", new { tasks }, cancel);
        return (await workspace.ReadAsync<(long, long)>($"select scattered_count, struck_count from {State}", cancel: cancel)).Single();
    }

    /// <summary>Adds rows that were struck out of a table of which only changed rows are replaced.</summary>
    internal static Task NoteStruckAsync(Workspace workspace, long rows, CancellationToken cancel) =>
        workspace.RunAsync($"update {State} set struck_count = struck_count + @rows", new { rows }, cancel);

    /// <summary>The tables were written anew; of the tasks that lie among settled ones only those are to be replaced that are counted here.</summary>
    internal static Task NoteGatheredAsync(Workspace workspace, long tasks, CancellationToken cancel) =>
        workspace.RunAsync($"update {State} set scattered_count = @tasks, struck_count = 0", new { tasks }, cancel);

    internal static Task NoteLoadsAsync(Workspace workspace, CancellationToken cancel) =>
        workspace.RunAsync($"insert into {Loads} (load_key) select load_key from raw.batch", cancel: cancel);

    /// <summary>Until the loads are noted again, the next build is a whole one.</summary>
    public static async Task StrikeOutAsync(Session session, CancellationToken cancel)
    {
        if (await session.ExistsAsync(State, cancel)) await session.RunAsync($"delete from {Loads}", cancel: cancel);
    }

    /// <summary>Whether the slot was built to its end, by these models.</summary>
    internal static async Task<bool> IsBuiltByAsync(Session session, ModelFolder folder, CancellationToken cancel) =>
        await IsOfTextAsync(session, folder, cancel) && await session.ReadValueAsync<long>($"select count(*) from {Loads}", cancel: cancel) > 0;

    /// <summary>Whether a state is of the models as this program has them: one of another version may lack what is asked of it.</summary>
    public static async Task<bool> IsOfTextAsync(Session session, ModelFolder folder, CancellationToken cancel) =>
        await session.ExistsAsync(State, cancel) && (await session.ReadAsync<long>($"select text_key from {State}", cancel: cancel)).SequenceEqual([TextKey(folder)]);

    /// <summary>Whether nothing but the slice that stands was built since the checks of the slot last passed.</summary>
    internal static async Task<bool> IsSliceAsync(Session session, string tasks, CancellationToken cancel) =>
        await session.ExistsAsync(State, cancel)
        && await session.ReadValueAsync<long>($"select count(*) from {State} where is_unchecked = 0", cancel: cancel) == 1
        && await session.ExistsAsync(tasks, cancel)
        && await session.ReadValueAsync<long>($"select count(*) from {Unchecked} where task_key not in (select task_key from {tasks})", cancel: cancel) == 0;

    /// <summary>All checks passed.</summary>
    public static async Task PassedAsync(Session session, CancellationToken cancel)
    {
        if (!await session.ExistsAsync(State, cancel)) return;
        await session.RunAsync($"update {State} set is_unchecked = 0", cancel: cancel);
        await session.RunAsync($"delete from {Unchecked}", cancel: cancel);
    }

    /// <summary>Another text of a model, or of the functions in it, gives other rows for tasks that nobody touched.</summary>
    static long TextKey(ModelFolder folder)
    {
        var functions = Directory.EnumerateFiles(Path.Combine(ModelFolder.Shipped, "engines"), "*.sql").Order(StringComparer.Ordinal).Select(File.ReadAllText);
        // The number changes with what the ledger holds.
        return StableKey.Of("models 3", string.Join('\n', folder.Models.Select(model => $"{model.FullName} {model.Kind} {model.Slice}\n{model.Sql}").Concat(functions)));
    }
}
