using System.Globalization;

namespace Warehouse.Risk;

/// <summary>Why a task is at risk, in words with the numbers behind them, strongest first: features are told by what they are about, not one by one.</summary>
static class Reasons
{
    const int Most = 4;

    static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    static readonly (string Prefix, string Vi, string En)[] Groups =
    [
        ("agency_kind_", "đơn vị trễ {0} nhiệm vụ loại này trong ba tháng gần đây", "the agency was late with {0} of its tasks of this kind in the last three months"),
        ("agency_", "đơn vị trễ {0} nhiệm vụ trong ba tháng gần đây", "the agency was late with {0} of its tasks in the last three months"),
        ("task_kind_", "nhiệm vụ cùng loại trễ {0} trong ba tháng gần đây", "{0} of tasks of this kind were late in the last three months"),
        ("assigner_level_", "nhiệm vụ cùng cấp giao trễ {0} trong ba tháng gần đây", "{0} of tasks assigned at this level were late in the last three months"),
        ("assigner_", "nhiệm vụ cùng người giao trễ {0} trong ba tháng gần đây", "{0} of tasks of this assigner were late in the last three months"),
        ("urgency_", "nhiệm vụ cùng độ khẩn trễ {0} trong ba tháng gần đây", "{0} of tasks of this urgency were late in the last three months"),
        ("category_", "nhiệm vụ cùng nhóm trễ {0} trong ba tháng gần đây", "{0} of tasks of the same category were late in the last three months"),
        ("source_", "toàn hệ thống trễ {0} nhiệm vụ trong ba tháng gần đây", "{0} of all tasks were late in the last three months"),
    ];

    static readonly (string Column, string Vi, string En)[] Events =
    [
        ("reminder_count", "đã bị đôn đốc {0} lần", "reminded {0} times"),
        ("extension_count", "đã gia hạn {0} lần", "extended {0} times"),
        ("obstacle_count", "đã báo khó khăn, vướng mắc {0} lần", "{0} obstacles reported"),
        ("hand_over_count", "đã chuyển đơn vị {0} lần", "handed over {0} times"),
        ("refusal_count", "đã bị trả lại {0} lần", "returned {0} times"),
    ];

    /// <summary>The strongest things that raise the risk; the first is always told, for where nothing raises it that says most.</summary>
    public static (string Vi, string En) Of(RiskRows rows, int row, double[] contributions)
    {
        var about = new Dictionary<string, double>();
        for (var j = 0; j < rows.Columns.Count; j++)
        {
            var theme = Theme(rows.Columns[j]);
            about[theme] = about.GetValueOrDefault(theme) + contributions[j];
        }
        var told = about.OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal)
            .Where((each, i) => each.Value > 0 || i == 0).Select(each => Tell(each.Key, rows, row)).OfType<(string Vi, string En)>().Distinct().Take(Most).ToList();
        if (told.Count < 3) told.AddRange(new[] { Tell("time", rows, row), Tell("agency_", rows, row), Tell("source_", rows, row) }.OfType<(string Vi, string En)>().Where(each => !told.Contains(each)).Take(3 - told.Count));
        return (string.Join("; ", told.Select(each => each.Vi)), string.Join("; ", told.Select(each => each.En)));
    }

    static string Theme(string column) =>
        Groups.FirstOrDefault(group => column.StartsWith(group.Prefix, StringComparison.Ordinal)) is { Prefix: { } prefix } ? prefix == "category_" ? column[..11] : prefix
        : Events.Any(each => each.Column == column) ? column
        : column is "days_since_update" or "days_since_event" or "event_count" or "event_14_count" or "percent_done" or "is_started" ? "update"
        : column.EndsWith("_weekday", StringComparison.Ordinal) || column.EndsWith("_month", StringComparison.Ordinal) ? "calendar"
        : "time";

    /// <summary>Of a task whose term is over there is nothing else to say.</summary>
    public static (string Vi, string En) Overdue(int days) => ($"đã quá hạn {Days(days, Vietnamese)} ngày", $"overdue for {Days(days, CultureInfo.InvariantCulture)} days");

    static (string Vi, string En)? Tell(string theme, RiskRows rows, int row)
    {
        double Value(string column) => rows.IndexOf(column) is >= 0 and var place ? rows[row, place] : double.NaN;
        var one = rows.Cases[row];
        var left = one.Due.DayNumber - one.Landmark.DayNumber + 1;
        if (theme == "time") return ($"đã qua {Share(one.Elapsed, Vietnamese)} thời hạn, còn {Days(left, Vietnamese)} ngày", $"{Share(one.Elapsed, CultureInfo.InvariantCulture)} of the term has passed, {Days(left, CultureInfo.InvariantCulture)} days are left");
        if (theme == "calendar") return ($"hạn vào {one.Due.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}", FormattableString.Invariant($"the deadline is on {one.Due:yyyy-MM-dd}"));
        if (theme == "update")
        {
            var days = Value("days_since_update") is var update && !double.IsNaN(update) ? update : Value("days_since_event");
            return double.IsNaN(days) ? ("chưa có cập nhật nào được ghi nhận", "no update was recorded") : ($"chưa cập nhật {Days(days, Vietnamese)} ngày", $"no update for {Days(days, CultureInfo.InvariantCulture)} days");
        }
        if (Array.Find(Events, each => each.Column == theme) is { Column: { } counted } said)
            return Value(counted) is > 0 and var count ? (string.Format(Vietnamese, said.Vi, count), string.Format(CultureInfo.InvariantCulture, said.En, count)) : null;
        var group = Array.Find(Groups, each => theme.StartsWith(each.Prefix, StringComparison.Ordinal));
        var share = Value((theme.StartsWith("category_", StringComparison.Ordinal) ? theme[..10] + "_" : theme) + "late_91_share");
        return double.IsNaN(share) ? null : (string.Format(Vietnamese, group.Vi, Share(share, Vietnamese)), string.Format(CultureInfo.InvariantCulture, group.En, Share(share, CultureInfo.InvariantCulture)));
    }

    static string Days(double days, CultureInfo culture) => days.ToString("#,0", culture);

    static string Share(double share, CultureInfo culture) => string.Format(culture, "{0:0}%", Math.Clamp(share, 0, 1) * 100);
}
