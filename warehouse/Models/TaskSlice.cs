using System.Text.RegularExpressions;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Models;

/// <summary>
/// Models built once more over nothing but what is told of some tasks, in schemas of their own (<c>replay_warehouse</c> beside
/// <c>warehouse</c>). The models' own text decides both: in it the names of what is built again lead to the slice, all others stay.
/// </summary>
/// <param name="prefix">Stands before the layers' names.</param>
/// <param name="from">Stands before the layer from which rows are taken: nothing, or the prefix of another slice.</param>
sealed partial class TaskSlice(string prefix, string from, IReadOnlyList<Model> models)
{
    /// <summary>The model that says which entries are one task; of all tasks, so it is not built again.</summary>
    public const string Chain = "staging.task_chain";

    /// <summary>What extracts tell of tasks; of events by their own key where they do not name the task.</summary>
    public static readonly IReadOnlyList<TableShape> Told =
    [
        RawTables.Task, RawTables.TaskDetail, RawTables.TaskSuperseded, RawTables.TaskAbsence, RawTables.TaskAgency, RawTables.TaskTakenOver, RawTables.TaskWord,
        RawTables.TaskEvent, RawTables.TaskEventDetail, RawTables.TaskEventSuperseded,
    ];

    readonly List<TableShape> tables = [.. Told.Where(table => models.Any(model => model.Reads.Contains(table.FullName)))];

    readonly Dictionary<string, string> renamed = models.SelectMany(model => model.Reads).Where(name => Told.Any(table => table.FullName == name))
        .Concat(models.Select(model => model.FullName)).Distinct().ToDictionary(name => name, name => prefix + name);

    /// <summary>The table of task keys whose slice this is.</summary>
    public string Tasks => $"{prefix}raw.task_known";

    /// <summary>Those of the models that read what extracts tell of tasks, themselves or through others.</summary>
    public static IReadOnlyList<Model> ReadersOfTold(ModelFolder folder, params string[] butNot)
    {
        var told = Told.Select(table => table.FullName).ToHashSet();
        var found = new List<Model>();
        foreach (var each in folder.Models.Where(each => !butNot.Contains(each.FullName)))
        {
            if (!each.Reads.Overlaps(told)) continue;
            told.Add(each.FullName);
            found.Add(each);
        }
        return found;
    }

    /// <summary>Makes room and takes the rows of the tasks that a SELECT names.</summary>
    /// <param name="until">A condition on the batch that brought a row; empty takes all rows.</param>
    public async Task TakeAsync(Workspace workspace, string tasks, string until, CancellationToken cancel)
    {
        await MakeRoomAsync(workspace, cancel);
        await CreateAsync(workspace, Tasks, tasks, cancel);
        foreach (var table in tables) await CreateAsync(workspace, $"{prefix}{table.FullName}", RowsOf(table, until), cancel);
    }

    /// <summary>Builds one of the models in the slice.</summary>
    public async Task BuildAsync(Workspace workspace, Model model, CancellationToken cancel)
    {
        if (model.Kind == ModelKind.View) await workspace.RunAsync($"create view {prefix}{model.FullName} as\n{Over(model.Sql)}", cancel: cancel);
        else await CreateAsync(workspace, $"{prefix}{model.FullName}", Over(model.Sql), cancel);
    }

    /// <summary>The same SQL over the slice.</summary>
    public string Over(string sql) => Name().Replace(sql, match => renamed.GetValueOrDefault(match.Value, match.Value));

    /// <summary>The table of the slice that a model is built into.</summary>
    public string Of(Model model) => $"{prefix}{model.FullName}";

    /// <summary>Lets a name lead elsewhere than to what is built under it.</summary>
    public void Rename(string name, string to) => renamed[name] = to;

    /// <summary>Fills a table of the slice, and tells the planner how it is made up.</summary>
    public static async Task CreateAsync(Workspace workspace, string name, string select, CancellationToken cancel)
    {
        await workspace.RunAsync($"create table {name} as\n{select}", cancel: cancel);
        await workspace.RefreshStatisticsAsync(name, cancel);
    }

    /// <summary>An empty table with the columns that a SELECT gives.</summary>
    public static Task ShapeAsync(Workspace workspace, string name, string select, CancellationToken cancel) =>
        workspace.RunAsync($"create table {name} as select * from (\n{select}\n) as shape where 1 = 0", cancel: cancel);

    /// <summary>Empty schemas.</summary>
    public async Task MakeRoomAsync(Workspace workspace, CancellationToken cancel)
    {
        await DropAsync(workspace, cancel);
        foreach (var layer in Schema.Layers) await workspace.RunAsync($"create schema {prefix}{layer}", cancel: cancel);
    }

    public async Task DropAsync(Workspace workspace, CancellationToken cancel)
    {
        foreach (var layer in Schema.Layers.Reverse()) await workspace.RunAsync($"drop schema if exists {prefix}{layer} cascade", cancel: cancel);
    }

    string RowsOf(TableShape table, string until)
    {
        var isOfEvents = table == RawTables.TaskEventDetail || table == RawTables.TaskEventSuperseded;
        var told = isOfEvents
            ? $"join {prefix}raw.task_event on told.event_key = task_event.event_key and told.load_key = task_event.load_key"
            : $"join {Tasks} on told.task_key = task_known.task_key";
        if (until.Length > 0)
        {
            var broughtBy = table == RawTables.TaskSuperseded || table == RawTables.TaskEventSuperseded ? "by_load_key" : "load_key";
            told += $"\njoin raw.batch on told.{broughtBy} = batch.load_key\nwhere {until}";
        }
        return $"select told.*\nfrom {from}{table.FullName} as told\n{told}";
    }

    [GeneratedRegex(@"\b(?:raw|staging|warehouse|analytics)\.\w+")]
    private static partial Regex Name();
}
