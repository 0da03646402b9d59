using System.Text.RegularExpressions;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Models;

/// <summary>
/// Builds a model of kind replay: for each day on which an extract told of a task what a later one changed, the models
/// that it reads are built once more, over nothing but what extracts up to that day had told of those tasks. So every
/// state of knowledge is computed by the same definitions, and depends on the extracts alone, not on when they were loaded.
/// </summary>
sealed partial class Replay(ModelFolder folder, Model model)
{
    const string Prefix = "replay_";

    /// <summary>The model that says which extracts changed what was known of which task; of all of them, so it is not built again.</summary>
    const string Knowledge = "staging.task_knowledge";

    const string Days = $"select distinct known_from from {Knowledge} where known_to < cast('9999-12-31' as date) order by known_from";

    /// <summary>What is told of tasks by extracts: read up to the day only.</summary>
    static readonly TableShape[] Told = [RawTables.Task, RawTables.TaskSuperseded, RawTables.TaskAbsence, RawTables.TaskEvent, RawTables.TaskEventSuperseded];

    readonly IReadOnlyList<Model> again = ReadOfTold(folder.For(model.Reads));

    public async Task RunAsync(Workspace workspace, CancellationToken cancel)
    {
        await workspace.RunAsync($"delete from {RawTables.ReplayedDay.FullName}", cancel: cancel);
        await workspace.RunAsync($"create table {model.FullName} as select * from (\n{model.Sql}\n) as shape where 1 = 0", cancel: cancel);
        foreach (var day in (await workspace.ReadAsync<DateOnly>(Days, cancel: cancel)).ToList()) await ReplayAsync(workspace, day, cancel);
        await workspace.RunAsync($"delete from {RawTables.ReplayedDay.FullName}", cancel: cancel);
        await DropAsync(workspace, cancel);
    }

    async Task ReplayAsync(Workspace workspace, DateOnly day, CancellationToken cancel)
    {
        var until = new { day = day.ToDateTime(TimeOnly.MinValue) };
        await DropAsync(workspace, cancel);
        foreach (var layer in Schema.Layers) await workspace.RunAsync($"create schema {Prefix}{layer}", cancel: cancel);
        await workspace.RunAsync("delete from raw.replayed_day", cancel: cancel);
        await workspace.RunAsync("insert into raw.replayed_day (extract_date) values (@day)", until, cancel);
        await TakeAsync(workspace, "task_known", TasksOfDay, cancel);
        foreach (var table in Told) await TakeAsync(workspace, table.Name, RowsOf(table), cancel);
        foreach (var each in again)
        {
            var kind = each.Kind == ModelKind.View ? "view" : "table";
            await workspace.RunAsync($"create {kind} {Prefix}{each.FullName} as\n{Again(each.Sql)}", cancel: cancel);
            if (each.Kind == ModelKind.Table) await workspace.RefreshStatisticsAsync($"{Prefix}{each.FullName}", cancel);
        }
        await workspace.RunAsync($"insert into {model.FullName}\n{Again(model.Sql)}", cancel: cancel);
    }

    static async Task TakeAsync(Workspace workspace, string name, string select, CancellationToken cancel)
    {
        await workspace.RunAsync($"create table {Prefix}raw.{name} as\n{select}", cancel: cancel);
        await workspace.RefreshStatisticsAsync($"{Prefix}raw.{name}", cancel);
    }

    static async Task DropAsync(Workspace workspace, CancellationToken cancel)
    {
        foreach (var layer in Schema.Layers.Reverse()) await workspace.RunAsync($"drop schema if exists {Prefix}{layer} cascade", cancel: cancel);
    }

    const string UntilDay = "coalesce(batch.extract_date, cast('1900-01-01' as date)) <= (select extract_date from raw.replayed_day)";

    /// <summary>The tasks of which the day's extracts told what later ones changed, with all entries of their chains.</summary>
    const string TasksOfDay = $"""
        with roots as (
            select task_key
            from {Knowledge}
            where known_from = (select extract_date from raw.replayed_day) and known_to < cast('9999-12-31' as date)
        )

        select task_key from roots
        union
        select task_chain.task_key
        from staging.task_chain
        join roots on task_chain.root_key = roots.task_key
        """;

    static string RowsOf(TableShape table) => table switch
    {
        _ when table == RawTables.TaskEventSuperseded => $"""
            select task_event_superseded.*
            from raw.task_event_superseded
            join replay_raw.task_event
                on task_event_superseded.event_key = task_event.event_key
                and task_event_superseded.load_key = task_event.load_key
            join raw.batch on task_event_superseded.by_load_key = batch.load_key
            where {UntilDay}
            """,
        _ => $"""
            select {table.Name}.*
            from raw.{table.Name}
            join replay_raw.task_known on {table.Name}.task_key = task_known.task_key
            join raw.batch on {table.Name}.{(table == RawTables.TaskSuperseded ? "by_load_key" : "load_key")} = batch.load_key
            where {UntilDay}
            """,
    };

    /// <summary>The same SQL over what was known: names of what is replayed lead to its replay, all others stay.</summary>
    string Again(string sql) => Name().Replace(sql, match =>
        Told.Any(table => table.FullName == match.Value) || again.Any(each => each.FullName == match.Value) ? Prefix + match.Value : match.Value);

    /// <summary>Those of the models that read what extracts tell of tasks, themselves or through others.</summary>
    static List<Model> ReadOfTold(ModelFolder needed)
    {
        var told = Told.Select(table => table.FullName).ToHashSet();
        var found = new List<Model>();
        foreach (var each in needed.Models.Where(each => each.FullName != Knowledge))
        {
            if (!each.Reads.Overlaps(told)) continue;
            told.Add(each.FullName);
            found.Add(each);
        }
        return found;
    }

    [GeneratedRegex(@"\b(?:raw|staging|warehouse)\.\w+")]
    private static partial Regex Name();
}
