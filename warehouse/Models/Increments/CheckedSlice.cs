using Warehouse.Checks;
using Warehouse.Engines;

namespace Warehouse.Models.Increments;

/// <summary>
/// The slice that was built last, for its checks: what holds for each task by itself is asked of the tasks concerned; what holds
/// for the whole is asked of the whole.
/// </summary>
sealed class CheckedSlice
{
    readonly IncrementPlan plan;
    readonly TaskSlice slice;
    readonly HashSet<string> unsliced;
    readonly bool isEmpty;

    CheckedSlice(ModelFolder folder, IncrementPlan plan, TaskSlice slice, bool isEmpty)
    {
        (this.plan, this.slice, this.isEmpty) = (plan, slice, isEmpty);
        unsliced = TaskSlice.ReadersOfTold(folder, TaskSlice.Chain).Except(plan.Slices).Select(model => model.FullName).ToHashSet();
    }

    /// <summary>Null where more than one slice was built since the checks last passed, or everything.</summary>
    public static async Task<CheckedSlice?> FindAsync(Session session, ModelFolder folder, CancellationToken cancel)
    {
        var plan = IncrementPlan.Of(folder);
        var slice = new TaskSlice(PassingLayers.Slice, "", plan.Slices);
        if (!await BuildLedger.IsSliceAsync(session, slice.Tasks, cancel)) return null;
        return new(folder, plan, slice, await session.ReadValueAsync<long>($"select count(*) from {slice.Tasks}", cancel: cancel) == 0);
    }

    /// <summary>What is to be asked instead of a check.</summary>
    public IEnumerable<Check> Of(Check check, Model model)
    {
        if (!plan.Slices.Contains(model) || Model.ReadNames(check.Sql).Overlaps(unsliced)) return [check];
        if (isEmpty) return [];
        var asked = check with { Model = slice.Of(model), Sql = slice.Over(check.Sql) };
        return DerivedChecks.IsOfKey(check, model) && !model.Key.Contains(model.Slice!) ? [asked, IsOfOneTask(model)] : [asked];
    }

    /// <summary>A key that does not name the task could be one of another task too.</summary>
    Check IsOfOneTask(Model model)
    {
        var isSame = string.Join(" and ", model.Key.Select(column => $"standing.{column} = built.{column}"));
        return new($"{model.Name}: {string.Join(", ", model.Key)} identifies a row of one task", model.FullName,
            $"select standing.{model.Slice}, {string.Join(", ", model.Key.Select(column => $"standing.{column}"))} from {model.FullName} as standing join {slice.Of(model)} as built on {isSame} where standing.{model.Slice} <> built.{model.Slice}", IsError: true);
    }
}
