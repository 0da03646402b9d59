using System.Globalization;

namespace Etl.Demo;

/// <summary>Dates and labels as the generated systems write them.</summary>
static class DemoText
{
    public static string? Date(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string? Date(DateTime? at) => at?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>yyyyMMdd, as in the names of files.</summary>
    public static string Stamp(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Iso(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    public static DateOnly? Day(DateTime? at) => at is { } time ? DateOnly.FromDateTime(time) : null;

    /// <summary>What is secret says so, and must be found nowhere after a load.</summary>
    public static string Title(DemoTask task) => task.Secrecy == "" ? Quirks.Typed(task.Title, task) : $"Nội dung mật của nhiệm vụ {task.Id}";

    public static string Kind(DemoTask task) =>
        task.Kind switch { "key" => "Trọng tâm", "routine" => "Thường xuyên", "ad_hoc" => "Đột xuất", _ => "Chương trình công tác" };

    public static string Level(DemoTask task) => task.Level switch { "central" => "Trung ương", "party" => "Đảng", _ => "Tỉnh" };

    public static string? Granularity(DemoTask task) =>
        task.FirstDue is null ? null : task.Granularity switch { Demo.Granularity.Month => "tháng", Demo.Granularity.Quarter => "quý", _ => "ngày" };
}
