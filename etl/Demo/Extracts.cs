namespace Etl.Demo;

/// <summary>Which lists a dated extract has: all of them the first time, later those in which something changed.</summary>
static class Extracts
{
    /// <param name="listOf">The list that a task stands in, for example its year.</param>
    public static IEnumerable<(DateOnly Day, string List, List<(DemoTask Task, TaskState State)> Rows)> Of(
        PlaceWorld world, DemoOptions options, Func<DemoTask, string> listOf)
    {
        DateOnly? before = null;
        foreach (var day in options.ExtractDays())
        {
            var lists = world.StateAt(day).GroupBy(at => listOf(at.Task)).OrderBy(list => list.Key, StringComparer.Ordinal);
            foreach (var list in lists)
                if (before is null || list.Any(at => DateOnly.FromDateTime(at.State.Updated) > before))
                    yield return (day, list.Key, [.. list]);
            before = day;
        }
    }

    public static bool IsLast(string list, DateOnly day) => list.Contains($"{day.Year}", StringComparison.Ordinal);
}
