using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Models;

/// <summary>
/// Builds a model of kind replay: for each day on which an extract told of a task what a later one changed, the models
/// that it reads are built once more, over nothing but what extracts up to that day had told of those tasks. So every
/// state of knowledge is computed by the same definitions, and depends on the extracts alone, not on when they were loaded.
/// </summary>
sealed class Replay
{
    /// <summary>The model that says which extracts changed what was known of which task; of all of them, so it is not built again.</summary>
    public const string Knowledge = "staging.task_knowledge";

    const string UntilDay = "coalesce(batch.extract_date, cast('1900-01-01' as date)) <= (select extract_date from raw.replayed_day)";

    readonly Model model;
    readonly string knowledge;
    readonly IReadOnlyList<Model> again;
    readonly TaskSlice slice;

    /// <param name="knowledge">What is to be replayed: rows of <see cref="Knowledge"/>.</param>
    /// <param name="from">Prefix of the slice that has the rows; empty for the raw layer itself.</param>
    public Replay(ModelFolder folder, Model model, string knowledge = Knowledge, string from = "")
    {
        (this.model, this.knowledge) = (model, knowledge);
        again = TaskSlice.ReadersOfTold(folder.For(model.Reads), Knowledge);
        slice = new(PassingLayers.Replay, from, again);
        if (knowledge != Knowledge) slice.Rename(Knowledge, knowledge);
    }

    /// <summary>Creates the model and fills it.</summary>
    public async Task RunAsync(Workspace workspace, CancellationToken cancel)
    {
        await TaskSlice.ShapeAsync(workspace, model.FullName, model.Sql, cancel);
        await AddAsync(workspace, model.FullName, cancel);
    }

    /// <summary>Adds the rows to a table that has the model's columns.</summary>
    public async Task AddAsync(Workspace workspace, string target, CancellationToken cancel)
    {
        await workspace.RunAsync($"delete from {RawTables.ReplayedDay.FullName}", cancel: cancel);
        var days = $"select distinct known_from from {knowledge} where known_to < cast('9999-12-31' as date) order by known_from";
        foreach (var day in (await workspace.ReadAsync<DateOnly>(days, cancel: cancel)).ToList()) await ReplayAsync(workspace, day, target, cancel);
        await workspace.RunAsync($"delete from {RawTables.ReplayedDay.FullName}", cancel: cancel);
        await slice.DropAsync(workspace, cancel);
    }

    async Task ReplayAsync(Workspace workspace, DateOnly day, string target, CancellationToken cancel)
    {
        await workspace.RunAsync("delete from raw.replayed_day", cancel: cancel);
        await workspace.RunAsync("insert into raw.replayed_day (extract_date) values (@day)", new { day = day.ToDateTime(TimeOnly.MinValue) }, cancel);
        await slice.TakeAsync(workspace, TasksOfDay(), UntilDay, cancel);
        foreach (var each in again) await slice.BuildAsync(workspace, each, cancel);
        await workspace.RunAsync($"insert into {target}\n{slice.Over(model.Sql)}", cancel: cancel);
    }

    /// <summary>The tasks of which the day's extracts told what later ones changed, with all entries of their chains.</summary>
    string TasksOfDay() => $"""
        with roots as (
            select task_key
            from {knowledge}
            where known_from = (select extract_date from raw.replayed_day) and known_to < cast('9999-12-31' as date)
        )

        select task_key from roots
        union
        select task_chain.task_key
        from {TaskSlice.Chain}
        join roots on task_chain.root_key = roots.task_key
        """;
}
