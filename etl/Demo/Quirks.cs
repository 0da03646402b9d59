using System.Text;

namespace Etl.Demo;

/// <summary>Slips as they are found in real lists; rare, and always at the same tasks.</summary>
static class Quirks
{
    /// <summary>A slip of text recognition, a look-alike of Đ (U+00D0), letters decoded twice, a stray blank.</summary>
    public static string Typed(string title, DemoTask task) => (Spread(task) % 400) switch
    {
        1 => title.Replace("thành phố", "thành phồ", StringComparison.Ordinal).Replace("công tác", "công tảc", StringComparison.Ordinal),
        2 or 3 or 4 when task.AssignedDay.Year > 2020 => title.Replace('Đ', '\u00D0'),
        5 when task.AssignedDay.Year > 2020 => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(title)).Replace('\u00A0', ' '),
        6 or 7 => $" {title}  ",
        8 => title.Replace("hóa", "hoá", StringComparison.Ordinal).Replace("đường thủy", "đường thuỷ", StringComparison.Ordinal),
        _ => title,
    };

    /// <summary>"ngày 17 tháng 3 năm 2023" in some rows; null where the date is written as usual.</summary>
    public static string? LongDate(DateOnly day, DemoTask task) =>
        task.AssignedDay.Year > 2020 && Spread(task) % 60 == 9 ? $"ngày {day.Day:00} tháng {day.Month} năm {day.Year}" : null;

    /// <summary>
    /// A day of completion, and of the report before it, that was typed wrong and is put right by the next extract: what was known in between was another day.
    /// </summary>
    public static TaskState Mistyped(DemoTask task, TaskState state, DateOnly today)
    {
        var isFresh = state.Completed is { } done && DateOnly.FromDateTime(done) > state.Day.AddMonths(-1) && DateOnly.FromDateTime(done.AddDays(-3)) >= task.AssignedDay;
        // The list of the year is told again next month; the newest extract has nothing after it.
        if (!isFresh || task.AssignedDay.Year != state.Day.Year || state.Day >= today || Spread(task) % 50 != 21) return state;
        return state with { Completed = state.Completed!.Value.AddDays(-3), Reported = state.Reported < state.Completed.Value.AddDays(-3) ? state.Reported : state.Completed.Value.AddDays(-3) };
    }

    /// <summary>No lead agency, a deadline before the assignment, an end before the start: in the plain lists of other provinces only.</summary>
    public static bool IsOdd(DemoTask task, int kind) => Spread(task) % 3000 == (uint)kind;

    /// <summary>If its unit closes while it is open, nobody hands it over, so it stays there.</summary>
    public static bool IsLeftBehind(DemoTask task) => task.Place.HasHistory && Spread(task) % 40 == 11;

    static uint Spread(DemoTask task) => (uint)(Chance.For(5, task.Id).Next() >> 40);
}
