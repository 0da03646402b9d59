using Reports.Texts;
using Warehouse.Measures;

namespace Reports.Filters;

/// <summary>
/// Which kinds of tasks count. Routine tasks with a deadline are followed up in one province and out of scope in another,
/// so a comparison can leave them out.
/// </summary>
public static class KindFilter
{
    /// <summary>All kinds but routine tasks.</summary>
    public const string ButRoutine = "but-routine";

    const string Routine = "routine";

    /// <param name="kinds">The codes that there are.</param>
    public static Condition Of(string kind, IReadOnlyList<string> kinds) =>
        new("task_kind", kind == ButRoutine ? [.. kinds.Where(code => code != Routine)] : [kind]);

    public static string Shown(string kind, Language language) => language.Say("kind." + kind);
}
