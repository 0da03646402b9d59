using System.Globalization;
using System.Text;

namespace Etl.Demo;

/// <summary>
/// Source D, case lists in the manner of Cần Thơ: no histories, only dates; semicolons; the oldest files in old
/// encodings; blanks and "CD" in document numbers; and a file of published totals to reconcile with.
/// </summary>
sealed class CanThoLists(PlaceWorld world, DemoOptions options, Manifest manifest)
{
    const string Feed = "can-tho";
    static readonly ListColumns Columns = new(Key: 0, Status: 13, Assigned: 9);

    static readonly object?[] Header =
    [
        "Mã nhiệm vụ", "Số văn bản", "Ngày văn bản", "Cơ quan ban hành", "Nội dung", "Đơn vị thực hiện", "Đơn vị phối hợp", "Người giao", "Loại nhiệm vụ", "Ngày giao",
        "Hạn xử lý", "Ngày báo cáo", "Ngày hoàn thành", "Trạng thái", "Xác nhận", "Cấp giao", "Độ mật", "generated",
    ];

    static readonly NumberFormatInfo GroupPoint = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    readonly AgencyText names = new(Chance.For(options.Seed, "can-tho-names"), 0.06);

    public void Write(string folder, CancellationToken cancel)
    {
        WriteUnits(Path.Combine(folder, "can-tho-don-vi.csv"));
        WriteTotals(Path.Combine(folder, "can-tho-tong-hop.csv"));
        var seen = new HashSet<string>();
        foreach (var (day, list, rows) in Extracts.Of(world, options, ListOf))
        {
            cancel.ThrowIfCancellationRequested();
            var record = list.StartsWith("tcvn3", StringComparison.Ordinal) ? "task/tcvn3" : list.StartsWith("1258", StringComparison.Ordinal) ? "task/windows_1258" : "task";
            var count = manifest.Of(Feed, record);
            var lines = Lines(rows, count, Extracts.IsLast(list, day)).ToString();
            var bytes = record switch
            {
                "task/tcvn3" => OldFonts.Tcvn3Bytes(lines),
                "task/windows_1258" => OldFonts.Windows1258Bytes(lines),
                _ => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(lines)],
            };
            File.WriteAllBytes(Path.Combine(folder, $"can-tho_{list}_{DemoText.Stamp(day)}.csv"), bytes);
            count.Tasks += rows.Count(at => at.Task.Secrecy == "" && seen.Add(at.Task.Id));
        }
    }

    static string ListOf(DemoTask task) => task.AssignedDay.Year switch
    {
        2019 when task.AssignedDay.Month <= 6 => "tcvn3-2019-1",
        2019 => "1258-2019-2",
        2020 => "1258-2020",
        var year => year.ToString(CultureInfo.InvariantCulture),
    };

    CsvLines Lines(List<(DemoTask Task, TaskState State)> rows, RecordCount count, bool withBad)
    {
        var lines = new CsvLines(';');
        lines.Add(Header);
        List<object?[]> good = [];
        foreach (var (task, state) in rows)
        {
            var row = Row(task, Quirks.Mistyped(task, state, options.Today));
            lines.Add(row);
            count.Count(task);
            if (good.Count < 20 && task.Secrecy == "") good.Add(row);
        }
        if (!withBad) return lines;
        foreach (var (rule, row) in BadRows.From(good, Columns, "Chờ ý kiến khác"))
        {
            // Garbage in a text file is a line with too few fields.
            lines.Add(rule == BadRows.Garbage ? row[..7] : row);
            count.CountBad(rule);
        }
        return lines;
    }

    object?[] Row(DemoTask task, TaskState state) =>
    [
        task.Id, task.Document.Number, Quirks.LongDate(task.Document.Date, task) ?? DemoText.Date(task.Document.Date), task.Document.Issuer, DemoText.Title(task), names.Lead(task, state.Agency),
        names.Together(task.CoAgencies), task.Assigner, DemoText.Kind(task), Day(task), DemoText.Date(state.Due), DemoText.Date(state.Reported),
        DemoText.Date(state.Completed), Status(state), task.RequiresConfirmation ? "Có" : "Không", DemoText.Level(task), task.Secrecy, 1,
    ];

    /// <summary>The oldest lists write dates with dashes here and there.</summary>
    static string Day(DemoTask task) =>
        task.AssignedDay.ToString(task.AssignedDay.Year < 2021 && task.Id[^1] is '3' or '8' ? "dd-MM-yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture);

    static string Status(TaskState state) => state.Lifecycle switch
    {
        Lifecycle.NotStarted => "Chưa xử lý",
        Lifecycle.AwaitingConfirmation => "Chờ xác nhận",
        Lifecycle.Returned or Lifecycle.Redo => "Trả lại",
        Lifecycle.AssignmentRefused => "Từ chối",
        Lifecycle.Suspended => "Tạm dừng",
        Lifecycle.Withdrawn => "Rút",
        Lifecycle.Completed => state.IsLate ? "Hoàn thành quá hạn" : "Hoàn thành",
        _ => state.IsOverdue ? "Đang xử lý quá hạn" : "Đang xử lý",
    };

    void WriteUnits(string path)
    {
        var lines = new CsvLines(';');
        lines.Add(["Mã đơn vị", "Tên đơn vị", "Tên khác", "Cấp", "Từ ngày", "Đến ngày", "Kế thừa", "generated"]);
        foreach (var unit in world.Agencies.All)
        {
            lines.Add([unit.Id, unit.Name, string.Join("|", unit.Aliases), unit.Level, DemoText.Date(unit.From),
                unit.To == DateOnly.MaxValue ? null : DemoText.Date(unit.To), string.Join("|", unit.Successors.Select(next => next.Id)), 1]);
            manifest.Of(Feed, "agency").Rows++;
        }
        File.WriteAllText(path, lines.ToString(), new UTF8Encoding(true));
    }

    /// <summary>
    /// What the office prints for each year so far at its quarters' ends, counted from its list of that day: right, but for one figure
    /// that is off by one. For quarters before the first list that is left, from that list, which keeps only the last deadline and report.
    /// </summary>
    void WriteTotals(string path)
    {
        var lines = new CsvLines(';');
        lines.Add(["Mã", "Chỉ tiêu", "Giá trị", "Từ ngày", "Đến ngày", "Tính đến", "Sai số", "Nguồn", "generated"]);
        var firstList = options.ExtractDays()[0];
        for (var end = new DateOnly(options.FirstYear, 3, 31); end <= options.Today; end = end.AddDays(1).AddMonths(3).AddDays(-1))
        {
            var from = new DateOnly(end.Year, 1, 1);
            var tally = end >= firstList
                ? Tally.Of(world, from, end, end)
                : Tally.FromDates(world.StateAt(firstList).Where(at => at.Task.AssignedDay >= from && at.Task.AssignedDay <= end), end);
            var open = tally.Open + (end == new DateOnly(2024, 9, 30) ? 1 : 0);
            foreach (var (item, value) in new[] { ("assigned", tally.Assigned), ("completed", tally.Completed), ("completed_late", tally.Late), ("open", open), ("open_overdue", tally.Overdue) })
            {
                lines.Add([$"CT-{DemoText.Stamp(end)}", item, value.ToString("#,0", GroupPoint), DemoText.Date(from), DemoText.Date(end), DemoText.Date(end), 1,
                    "Tổng hợp quý (dữ liệu sinh tự động)", 1]);
                manifest.Of(Feed, "published_total").Rows++;
            }
        }
        File.WriteAllText(path, lines.ToString(), new UTF8Encoding(true));
    }
}
