using System.Text;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Reference;

/// <summary>Fills the reference tables of the raw layer: the same rows at every load, whatever the engine.</summary>
public static class ReferenceRows
{
    static readonly (short Key, string Code, string Name, string NameEn)[] TaskKinds =
    [
        (0, "unknown", "Chưa phân loại", "Not classified"),
        (1, "key", "Nhiệm vụ trọng tâm", "Key task"),
        (2, "routine", "Nhiệm vụ thường xuyên", "Routine task"),
        (3, "ad_hoc", "Nhiệm vụ đột xuất", "Ad-hoc task"),
        (4, "programme", "Nhiệm vụ theo Chương trình công tác", "Programme task"),
    ];

    static readonly (short Key, string Code, string Name, string NameEn)[] AssignerLevels =
    [
        (0, "unknown", "Chưa rõ cấp giao", "Level not known"),
        (1, "central", "Chính phủ, Thủ tướng Chính phủ", "Government, Prime Minister"),
        (2, "party", "Tỉnh ủy, Thành ủy", "Party Committee"),
        (3, "province", "Ủy ban nhân dân, Chủ tịch Ủy ban nhân dân tỉnh, thành phố", "Provincial People's Committee, its Chairman"),
        (4, "department", "Sở, ban, ngành", "Department"),
    ];

    /// <summary>Position in the list of task kinds, 0 where the code is none of them.</summary>
    public static short TaskKindKey(string code) => KeyIn(TaskKinds, code);

    /// <summary>Position in the list of assigning levels, 0 where the code is none of them.</summary>
    public static short AssignerLevelKey(string code) => KeyIn(AssignerLevels, code);

    static short KeyIn((short Key, string Code, string Name, string NameEn)[] list, string code)
    {
        foreach (var entry in list)
            if (entry.Code == code) return entry.Key;
        return 0;
    }

    /// <summary>Every reference table with its rows.</summary>
    /// <param name="fold">Search key of a name, as in the loaded rows.</param>
    public static IEnumerable<RowChunk> All(Calendar calendar, Provinces provinces, Departments departments, Func<string, string> fold)
    {
        yield return Days(calendar);
        yield return PeriodRows();
        yield return ProvinceRows(provinces);
        yield return UnitChangeRows.Departments(departments, provinces, fold);
        yield return UnitChangeRows.Provinces();
        yield return UnknownMember();
        yield return List(ReferenceTables.TaskKind, TaskKinds);
        yield return List(ReferenceTables.AssignerLevel, AssignerLevels);
        yield return EventKinds.Rows();
    }

    /// <summary>A day as the days since 1970-01-01, as a <see cref="RowChunk"/> wants it.</summary>
    public static long DaysOf(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    static RowChunk Days(Calendar calendar)
    {
        var shape = ReferenceTables.CalendarDay;
        var chunk = new RowChunk(shape, Calendar.Last.DayNumber - Calendar.First.DayNumber + 1);
        for (var day = Calendar.First; day <= Calendar.Last; day = day.AddDays(1))
        {
            var (month, quarter, year) = Periods.ReportingLabels(day);
            var start = new DateOnly(day.Year, day.Month, 1);
            var end = start.AddMonths(1).AddDays(-1);
            var row = new Row(chunk);
            row["date_key"] = day.Year * 10_000 + day.Month * 100 + day.Day;
            row["calendar_date"] = DaysOf(day);
            row["year_no"] = day.Year;
            row["quarter_no"] = (day.Month + 2) / 3;
            row["month_no"] = day.Month;
            row["day_no"] = day.Day;
            row["weekday_no"] = day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;
            row["working_day_no"] = calendar.WorkingDayNumber(day);
            row["month_start_date"] = DaysOf(start);
            row["month_end_date"] = DaysOf(end);
            row["is_working_day"] = calendar.IsWorkingDay(day) ? 1 : 0;
            row["is_holiday"] = calendar.IsHoliday(day) ? 1 : 0;
            row["is_swap_day"] = calendar.IsSwapDay(day) ? 1 : 0;
            row["is_month_end"] = day == end ? 1 : 0;
            row["is_estimated"] = calendar.IsEstimated(day) ? 1 : 0;
            row.Text("reporting_month", month);
            row.Text("reporting_quarter", quarter);
            row.Text("reporting_year", year);
            row.Text("holiday_name", calendar.NameOf(day));
            chunk.EndRow();
        }
        return chunk;
    }

    static RowChunk PeriodRows()
    {
        var periods = Periods.Between(Calendar.First.Year, Calendar.Last.Year).ToList();
        var chunk = new RowChunk(ReferenceTables.Period, periods.Count);
        foreach (var period in periods)
        {
            var row = new Row(chunk);
            row["period_key"] = KeyOf(period);
            row.Text("scheme_code", period.Scheme);
            row.Text("grain_code", period.Grain);
            row.Text("period_label", period.Label);
            row["start_date"] = DaysOf(period.Start);
            row["end_date"] = DaysOf(period.End);
            // The end of the last day in UTC+7: 17:00 UTC.
            row["cut_off_at"] = (DaysOf(period.End) * 24 + 17) * 3_600_000_000L;
            chunk.EndRow();
        }
        return chunk;
    }

    /// <summary>Scheme, grain, year and ordinal as digits: 1|2 · 1–4 · yyyy · nn.</summary>
    static int KeyOf(Period period)
    {
        var scheme = period.Scheme == Periods.Calendar ? 1 : 2;
        var grain = period.Grain switch { "month" => 1, "quarter" => 2, "half" => 3, _ => 4 };
        var year = int.Parse(period.Label.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        var tail = period.Label.Length > 5 ? period.Label[5..].TrimStart('Q', 'H') : "1";
        return ((scheme * 10 + grain) * 10_000 + year) * 100 + int.Parse(tail, System.Globalization.CultureInfo.InvariantCulture);
    }

    static RowChunk ProvinceRows(Provinces provinces)
    {
        var chunk = new RowChunk(ReferenceTables.Province, provinces.Versions.Count);
        foreach (var province in provinces.Versions)
        {
            var row = new Row(chunk);
            row["province_key"] = province.Key;
            row["successor_key"] = province.SuccessorKey;
            row.Text("province_code", province.Code);
            row.Text("province_name", province.Name);
            row.Text("province_name_en", province.NameEn);
            row.Text("gso_code", province.GsoCode);
            row.Text("electronic_code", province.ElectronicCode);
            row.Text("kind_code", province.Kind);
            row["is_current"] = province.SuccessorKey == province.Key ? 1 : 0;
            row["valid_from"] = DaysOf(province.From);
            row["valid_to"] = DaysOf(province.To);
            chunk.EndRow();
        }
        return chunk;
    }

    static RowChunk UnknownMember()
    {
        var chunk = new RowChunk(ReferenceTables.UnknownMember, 1);
        var row = new Row(chunk);
        row["member_key"] = 0;
        row.Text("member_code", "unknown");
        row.Text("member_name", "Chưa xác định");
        row.Text("member_name_en", "Not known");
        row["valid_from"] = DaysOf(new DateOnly(1900, 1, 1));
        row["valid_to"] = DaysOf(new DateOnly(9999, 12, 31));
        chunk.EndRow();
        return chunk;
    }

    static RowChunk List(TableShape shape, (short Key, string Code, string Name, string NameEn)[] entries)
    {
        var chunk = new RowChunk(shape, entries.Length);
        foreach (var (key, code, name, nameEn) in entries)
        {
            chunk.Set(0, key);
            chunk.Set(1, Encoding.UTF8.GetBytes(code));
            chunk.Set(2, Encoding.UTF8.GetBytes(name));
            chunk.Set(3, Encoding.UTF8.GetBytes(nameEn));
            chunk.EndRow();
        }
        return chunk;
    }

}

/// <summary>The row being built, by column name: for tables small enough that looking the name up does not matter.</summary>
readonly struct Row(RowChunk chunk)
{
    public long this[string column] { set => chunk.Set(chunk.Shape[column], value); }

    public void Text(string column, string? text)
    {
        if (text is not null) chunk.Set(chunk.Shape[column], Encoding.UTF8.GetBytes(text));
    }
}
