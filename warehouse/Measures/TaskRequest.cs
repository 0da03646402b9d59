namespace Warehouse.Measures;

/// <summary>A question for the tasks behind a number: those that a count or a sum of counts counts.</summary>
/// <param name="Measure">Its name; a rate counts no tasks.</param>
public sealed record TaskRequest(
    string Measure, IReadOnlyList<Condition> Where, DateOnly AsOf, DateOnly? From = null, DateOnly? To = null, UnitView View = UnitView.AsWas)
{
    /// <summary>Only tasks whose deadline is on or after this day.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>Only tasks whose deadline is on or before this day.</summary>
    public DateOnly? DueTo { get; init; }

    /// <summary>Only tasks of which nothing was told after this day.</summary>
    public DateOnly? QuietSince { get; init; }

    public TaskOrder Order { get; init; } = TaskOrder.Deadline;

    /// <summary>Tasks before the first one that is read.</summary>
    public int Skip { get; init; }

    /// <summary>As many are read at most; all of them are counted.</summary>
    public int Take { get; init; } = 50;

    /// <summary>How many there are in all, where the asker knows it from the number behind which they are: then they are not counted again.</summary>
    public long? All { get; init; }
}

/// <summary>In which order tasks are listed; those that are alike by their key.</summary>
public enum TaskOrder
{
    /// <summary>The oldest deadline first, tasks without one last.</summary>
    Deadline,
    /// <summary>The one of which nothing was told for the longest time first.</summary>
    Update,
    /// <summary>The newest assignment first.</summary>
    Assignment,
}

/// <summary>One page of tasks.</summary>
/// <param name="All">How many there are in all.</param>
public sealed record TaskList(IReadOnlyList<ListedTask> Tasks, long All);

/// <summary>A task as it stood at the end of the day asked for, under the units of the view.</summary>
public sealed class ListedTask : INamedTask
{
    public long TaskKey { get; set; }
    public string Feed { get; set; } = "";

    /// <summary>Under which its system knows it.</summary>
    public string Code { get; set; } = "";

    public string? Title { get; set; }
    public string? Province { get; set; }
    public string? ProvinceEn { get; set; }
    public string? Agency { get; set; }
    public string Lifecycle { get; set; } = "";
    public DateOnly? Assigned { get; set; }
    public DateOnly? Due { get; set; }
    public DateOnly? Completed { get; set; }

    /// <summary>The day of the newest event told of it, else the day of assignment.</summary>
    public DateOnly? Updated { get; set; }

    /// <summary>1 where it is open and past its deadline.</summary>
    public int IsOverdue { get; set; }
}

/// <summary>A task of a list, with the texts by which people know it.</summary>
interface INamedTask
{
    long TaskKey { get; }
    string Code { get; set; }
    string? Title { get; set; }
}
