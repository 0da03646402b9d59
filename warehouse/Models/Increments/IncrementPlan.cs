using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Models.Increments;

/// <summary>How each model is built when some tasks changed and little else.</summary>
/// <param name="References">Tables that no telling of a task changes: units, provinces, calendars. Built as a whole, and compared.</param>
/// <param name="Slices">Tables and histories of which the rows of the tasks concerned are replaced, and views over them.</param>
/// <param name="Sums">Counts to which the change of the tasks concerned is added; where a reference that they read changed, all is counted anew.</param>
/// <param name="Wholes">Tables that read tasks and are built as a whole after the others.</param>
/// <param name="Behind">What the slices rest on besides what is told of tasks: where it changes, tasks change that nobody touched.</param>
sealed record IncrementPlan(IReadOnlyList<Model> References, IReadOnlyList<Model> Slices, IReadOnlyList<Model> Sums, IReadOnlyList<Model> Wholes, IReadOnlySet<string> Behind)
{
    /// <summary>The spans as they are known now.</summary>
    public const string Spans = "warehouse.fact_task_state";

    /// <summary>What sums are counted from, each of one of them.</summary>
    public static readonly IReadOnlyList<string> Counted = [Spans, "warehouse.fact_task_flow"];

    /// <summary>Loads add rows to these that no older row of a task has anything to do with.</summary>
    static readonly string[] Settled = [RawTables.Batch.FullName, RawTables.LoadWindow.FullName, RawTables.ReplayedDay.FullName, RawTables.StatusWord.FullName, TaskSlice.Chain];

    /// <summary>Those of the slices whose rows have a place outside the slice: no views and no steps.</summary>
    public IEnumerable<Model> Kept => Slices.Where(model => model.Kind is ModelKind.Table or ModelKind.Replay);

    /// <exception cref="ModelException">A model that is built in slices reads one that is not, or counts something else than the tables of <see cref="Counted"/>.</exception>
    public static IncrementPlan Of(ModelFolder folder)
    {
        var readers = TaskSlice.ReadersOfTold(folder, TaskSlice.Chain);
        var tables = readers.Where(model => model.Kind != ModelKind.View).ToList();
        var sliced = tables.Where(model => model.Slice is not (null or Model.Summed)).ToList();
        var sums = tables.Where(model => model.Slice == Model.Summed).ToList();
        var unsliced = tables.Except(sliced).Select(model => model.FullName).ToHashSet();
        foreach (var model in sliced.Where(model => folder.TablesBehind(model).Overlaps(unsliced)))
            throw new ModelException($"{model.Path}: is built in slices but reads {folder.TablesBehind(model).First(unsliced.Contains)}, which is not");
        var told = tables.Select(model => model.FullName).Concat(TaskSlice.Told.Select(table => table.FullName)).ToHashSet();
        foreach (var model in sums.Where(model => folder.TablesBehind(model).Where(told.Contains).ToList() is not [var behind] || !Counted.Contains(behind)))
            throw new ModelException($"{model.Path}: a sum can be counted of one of {string.Join(", ", Counted)} only");
        // Of the views those that the tables read, and those of which something is to hold.
        var needed = folder.For(sliced.Select(model => model.FullName)).Models;
        var slices = readers.Where(model => sliced.Contains(model)
            || (model.Kind == ModelKind.View && !folder.TablesBehind(model).Overlaps(unsliced) && (needed.Contains(model) || File.Exists(model.ChecksPath)))).ToList();
        slices = [.. folder.For(slices.Select(model => model.FullName)).Models.Where(model => slices.Contains(model) || (readers.Contains(model) && model.Kind == ModelKind.View))];
        return new(
            [.. folder.Models.Where(model => model.Kind != ModelKind.View && model.FullName != TaskSlice.Chain && !readers.Contains(model))],
            slices, sums, [.. tables.Where(model => model.Slice is null)],
            sliced.SelectMany(folder.TablesBehind).Where(name => !told.Contains(name) && !Settled.Contains(name)).ToHashSet());
    }
}
