namespace Etl.Demo;

/// <summary>
/// The changes of Hải Phòng's yearly work programmes, one list per extract: tasks withdrawn and put off, as their stories
/// tell, and tasks added, some of them withdrawn the year before. Not every line names its reason or decision.
/// </summary>
sealed class HaiPhongChanges(PlaceWorld world, DemoOptions options, Manifest manifest)
{
    const double AddedShare = 0.06;

    static readonly object?[] Header =
    [
        "Mã điều chỉnh", "Loại điều chỉnh", "Ngày điều chỉnh", "Chương trình năm", "Mã nhiệm vụ", "Nhiệm vụ năm trước", "Nội dung nhiệm vụ", "Đơn vị chủ trì",
        "Hạn cũ", "Hạn mới", "Nguyên nhân", "Lý do", "Quyết định", "generated",
    ];

    public void Write(string folder)
    {
        var all = world.Tasks.Where(task => task.ProgrammeYear is not null).SelectMany(Changes).OrderBy(change => change.Day).ToList();
        var count = manifest.Of("hai-phong", "programme_change");
        foreach (var day in options.ExtractDays())
        {
            var told = all.Where(change => change.Day <= day).ToList();
            foreach (var change in told) count.Count(change.Task);
            IReadOnlyList<object?[]> rows = [["Danh mục điều chỉnh Chương trình công tác (dữ liệu sinh tự động - generated)"], [], Header, .. told.Select(change => change.Row)];
            XlsxFile.Write(Path.Combine(folder, $"hai-phong-dieu-chinh_{DemoText.Stamp(day)}.xlsx"), [new XlsxSheet("Điều chỉnh", false, rows)], formatDates: true);
        }
    }

    IEnumerable<(DateOnly Day, DemoTask Task, object?[] Row)> Changes(DemoTask task)
    {
        var chance = Chance.For(options.Seed, "programme-change", task.Id);
        if (chance.Happens(AddedShare) || task.Earlier is not null) yield return Added(task, chance);
        var number = 1;
        foreach (var e in task.Events)
            if (e.What is Happening.Withdrawn) yield return (e.Day, task, Row(task, ++number, "Rút", e));
            else if (e.What is Happening.Extended) yield return (e.Day, task, Row(task, ++number, "Điều chỉnh thời hạn", e));
    }

    /// <summary>Of three tasks that come back only one says which task it was.</summary>
    (DateOnly, DemoTask, object?[]) Added(DemoTask task, Chance chance)
    {
        var reason = chance.Happens(0.85) ? "Bổ sung theo ý kiến chỉ đạo của Thường trực Thành ủy" : null;
        var decision = chance.Happens(0.9) ? $"{chance.Between(100, 4000)}/QĐ-UBND" : null;
        var names = task.Earlier is not null && chance.Happens(0.33);
        var row = Row(task, 1, "Bổ sung", new TaskEvent(Happening.Assigned, task.Assigned, task.Agency, reason, Due: task.FirstDue, Decision: decision));
        if (names) row[5] = task.Earlier!.Id;
        return (task.AssignedDay, task, row);
    }

    static object?[] Row(DemoTask task, int number, string kind, TaskEvent e) =>
    [
        $"{task.Id}/{number}", kind, e.Day, task.ProgrammeYear, task.Id, null, DemoText.Title(task), e.Agency.Name,
        e.OldDue, e.Due, e.Cause switch { "objective" => "khách quan", "subjective" => "chủ quan", _ => null }, e.Text, e.Decision, 1,
    ];
}
