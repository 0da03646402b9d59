using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Tasks;

/// <summary>Tasks as rows, each with the link to its own page.</summary>
static class TaskTable
{
    const int LongTitle = 90;

    /// <summary>The task's words, cut where they are long, over its code.</summary>
    public static TableCell Title(PageRequest request, ListedTask task) => Title(request, task.Feed, task.Code, task.Title);

    public static TableCell Title(PageRequest request, string feed, string code, string? title)
    {
        var text = title is { Length: > 0 } ? title : code;
        return new(text.Length <= LongTitle ? text : text[..LongTitle].TrimEnd() + "…", text, code) { Small = code, Link = Address(request, feed, code), Class = "title" };
    }

    /// <summary>Of the head that the title's column has: in a file the code is a column of its own.</summary>
    public static TableColumn TitleColumn(PageRequest request) => new(request.Say("task.task"), false, [request.Say("task.task"), request.Say("task.code")]);

    public static string Address(PageRequest request, string feed, string code) => request.View.Shared.Link($"/task/{Uri.EscapeDataString(feed)}/{PageAnswer.Escaped(code)}");

    public static DataTable Of(PageRequest request, IReadOnlyList<ListedTask> tasks)
    {
        var cells = request.Cells;
        return new(
            [
                TitleColumn(request), TableColumn.Text(request.Say("task.owner")), TableColumn.Text(request.Say("task.province")), TableColumn.Text(request.Say("task.lifecycle")), TableColumn.Number(request.Say("task.assigned")),
                TableColumn.Number(request.Say("task.due")), TableColumn.Number(request.Say("task.days_late")), TableColumn.Number(request.Say("task.days_quiet")),
            ],
            [.. tasks.Select(task => new TableRow(
            [
                Title(request, task), cells.Text(request.Named("agency", task.Agency)), cells.Text(request.Named("province", task.Province)), cells.Text(request.Language.Word("lifecycle", task.Lifecycle)), cells.Day(task.Assigned), cells.Day(task.Due),
                task is { IsOverdue: 1, Due: { } due } ? cells.Number(request.AsOf.DayNumber - due.DayNumber) with { Class = "bad" } : cells.Text(null),
                task is { Completed: null, Updated: { } updated } ? cells.Number(request.AsOf.DayNumber - updated.DayNumber) : cells.Text(null),
            ]))]);
    }
}
