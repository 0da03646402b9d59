using System.Globalization;

namespace Etl.Demo;

/// <summary>
/// Source B, workbooks in the manner of Hải Phòng: one per year and extract, a sheet a quarter and one for central tasks,
/// Excel serials, other headers every few years, the oldest years typed in a TCVN3 font.
/// </summary>
sealed class HaiPhongWorkbooks(PlaceWorld world, DemoOptions options, Manifest manifest)
{
    const string Feed = "hai-phong";
    static readonly ListColumns Columns = new(Key: 0, Status: 16, Assigned: 9);

    static readonly string[] Headers =
    [
        "Mã nhiệm vụ", "Số, ký hiệu", "Ngày văn bản", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Người giao", "Cấp giao", "Loại nhiệm vụ",
        "Ngày giao", "Hạn hoàn thành", "Hạn ban đầu", "Mức hạn", "Ngày báo cáo", "Ngày hoàn thành", "Ngày rút", "Trạng thái", "Yêu cầu xác nhận", "Chương trình năm",
        "Độ mật", "Độ khẩn", "Cập nhật", "Ghi chú", "generated",
    ];

    /// <summary>What the columns were called before.</summary>
    static readonly Dictionary<string, (string Until2020, string Until2023)> OldHeaders = new()
    {
        ["Mã nhiệm vụ"] = ("Mã số", "Mã NV"), ["Số, ký hiệu"] = ("Văn bản giao", "Số/ký hiệu văn bản"), ["Nội dung nhiệm vụ"] = ("Nội dung công việc", "Nhiệm vụ"),
        ["Đơn vị chủ trì"] = ("Cơ quan thực hiện", "Đơn vị thực hiện"), ["Đơn vị phối hợp"] = ("Cơ quan phối hợp", "Phối hợp"), ["Người giao"] = ("Lãnh đạo giao", "Người giao"),
        ["Hạn hoàn thành"] = ("Thời hạn", "Hạn xử lý"), ["Ngày hoàn thành"] = ("Ngày xong", "Ngày hoàn thành"), ["Trạng thái"] = ("Tình trạng", "Kết quả"),
    };

    readonly AgencyText names = new(Chance.For(options.Seed, "hai-phong-names"), 0.10);

    public void Write(string folder, CancellationToken cancel)
    {
        WriteUnits(Path.Combine(folder, "hai-phong-don-vi.xlsx"));
        var seen = new HashSet<string>();
        foreach (var (day, year, rows) in Extracts.Of(world, options, task => task.AssignedDay.Year.ToString(CultureInfo.InvariantCulture)))
        {
            cancel.ThrowIfCancellationRequested();
            var old = string.CompareOrdinal(year, "2021") < 0;
            var count = manifest.Of(Feed, old ? "task/old_font" : "task");
            var sheets = Sheets(rows, year, old, count, Extracts.IsLast(year, day));
            XlsxFile.Write(Path.Combine(folder, $"hai-phong{(old ? "-cu" : "")}_{year}_{DemoText.Stamp(day)}.xlsx"), sheets, formatDates: !old);
            count.Tasks += rows.Count(at => at.Task.Secrecy == "" && seen.Add(at.Task.Id));
        }
        new HaiPhongChanges(world, options, manifest).Write(folder);
    }

    List<XlsxSheet> Sheets(List<(DemoTask Task, TaskState State)> tasks, string year, bool old, RecordCount count, bool withBad)
    {
        List<XlsxSheet> sheets = [];
        foreach (var sheet in tasks.GroupBy(at => SheetOf(at.Task)).OrderBy(sheet => sheet.Key, StringComparer.Ordinal))
        {
            List<object?[]> rows = [Title(sheet.Key, year, old), [], Header(year, old)];
            foreach (var (task, state) in sheet)
            {
                rows.Add(Row(task, state, old));
                count.Count(task);
            }
            if (withBad && sheets.Count == 0) AddBad(rows, count);
            sheets.Add(new XlsxSheet(sheet.Key, false, rows));
        }
        sheets.Add(new XlsxSheet("Danh mục", true, [["Trạng thái"], ["Đang thực hiện"], ["Hoàn thành"]]));
        return sheets;
    }

    static string SheetOf(DemoTask task) => task.Level == "central" ? "TW giao" : $"Quý {(task.AssignedDay.Month + 2) / 3}";

    static void AddBad(List<object?[]> rows, RecordCount count)
    {
        var good = rows.Skip(3).Where(row => row[19] is "").Take(20).ToList();
        foreach (var (rule, row) in BadRows.From(good, Columns, "Chờ ý kiến khác"))
        {
            rows.Add(row);
            count.CountBad(rule);
        }
    }

    static object?[] Title(string sheet, string year, bool old) => [Font($"Danh mục nhiệm vụ năm {year} - {sheet} (dữ liệu sinh tự động - generated)", old)];

    static object?[] Header(string year, bool old) => [.. Headers.Select(header => Font(
        !OldHeaders.TryGetValue(header, out var before) ? header
        : old ? before.Until2020 : string.CompareOrdinal(year, "2024") < 0 ? before.Until2023 : header, old))];

    object?[] Row(DemoTask task, TaskState state, bool old)
    {
        var granted = task.Events.FindLast(e => e.What is Happening.Extended or Happening.Withdrawn && e.Day <= state.Day);
        object?[] row =
        [
            task.Id, task.Document.Number, task.Document.Date, DemoText.Title(task), names.Lead(task, state.Agency), names.Together(task.CoAgencies), task.Assigner,
            DemoText.Level(task), DemoText.Kind(task), task.AssignedDay, state.Due ?? (object)"không có hạn", task.FirstDue ?? (object)"không có hạn", DemoText.Granularity(task),
            DemoText.Day(state.Reported), DemoText.Day(state.Completed), DemoText.Day(state.Withdrawn), Status(state), task.RequiresConfirmation ? "Có" : "Không",
            task.ProgrammeYear, task.Secrecy, task.Urgency, DemoText.Day(state.Updated), Note(granted), 1,
        ];
        // Some dates are typed as text.
        if (task.Id[^1] == '9' && task.Id[^2] == '6') row[2] = task.Document.Date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
        if (task.Id[^1] == '7' && task.Id[^2] == '3') row[9] = task.AssignedDay.ToString("d/M/yyyy", CultureInfo.InvariantCulture);
        return old ? [.. row.Select(cell => cell is string text ? OldFonts.Tcvn3(text) : cell)] : row;
    }

    static string? Note(TaskEvent? e) => e switch
    {
        null => null,
        { What: Happening.Withdrawn } => e.Text is null ? "Rút khỏi chương trình" : $"Rút: {e.Text} ({e.Decision})",
        _ => e.Text is null ? "Điều chỉnh thời hạn" : $"Điều chỉnh thời hạn: {e.Text}",
    };

    static string Status(TaskState state) => state.Lifecycle switch
    {
        Lifecycle.NotStarted => "Chưa thực hiện",
        Lifecycle.AwaitingConfirmation => "Chờ xác nhận",
        Lifecycle.Returned => "Trả lại",
        Lifecycle.Redo => "Thực hiện lại",
        Lifecycle.AssignmentRefused => "Từ chối nhiệm vụ",
        Lifecycle.Suspended => "Tạm dừng",
        Lifecycle.Withdrawn => "Rút khỏi chương trình",
        Lifecycle.Completed => state.Due is null ? "Hoàn thành không có hạn" : state.IsLate ? "Hoàn thành quá hạn" : "Hoàn thành trong hạn",
        _ => state.Due is null ? "Đang thực hiện không có hạn" : state.IsOverdue ? "Đang thực hiện quá hạn" : "Đang thực hiện trong hạn",
    };

    void WriteUnits(string path)
    {
        List<object?[]> rows = [["Mã đơn vị", "Tên đơn vị", "Tên khác", "Cấp", "Đơn vị cấp trên", "Từ ngày", "Đến ngày", "Kế thừa", "generated"]];
        foreach (var unit in world.Agencies.All)
        {
            rows.Add([unit.Id, unit.Name, string.Join(";", unit.Aliases), unit.Level, unit.Parent, unit.From, unit.To == DateOnly.MaxValue ? null : unit.To,
                string.Join(";", unit.Successors.Select(next => next.Id)), 1]);
            manifest.Of(Feed, "agency").Rows++;
        }
        XlsxFile.Write(path, [new XlsxSheet("Đơn vị", false, rows)], formatDates: true);
    }

    static string Font(string text, bool old) => old ? OldFonts.Tcvn3(text) : text;
}
