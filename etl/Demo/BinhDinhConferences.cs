using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Etl.Demo;

/// <summary>The monthly conferences of Bình Định up to the one that comes next; entry is locked before them since February 2025.</summary>
sealed class BinhDinhConferences(DemoOptions options, Manifest manifest)
{
    static readonly DateOnly LockedFrom = new(2025, 2, 1);
    static readonly JsonSerializerOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(string path)
    {
        var months = 12 * (options.Today.Year - options.FirstYear) + options.Today.Month + 1;
        var lines = Enumerable.Range(0, months).Select(month => Line(new DateOnly(options.FirstYear, 1, 1).AddMonths(month))).ToList();
        File.WriteAllText(path, string.Join("\n", lines) + "\n");
        manifest.Of("binh-dinh", "conference").Rows += lines.Count;
    }

    static string Line(DateOnly month)
    {
        var date = DemoCalendar.ConferenceOf(month.Year, month.Month);
        return JsonSerializer.Serialize(new
        {
            generated = true, id = string.Create(CultureInfo.InvariantCulture, $"HN-{month:yyyy-MM}"),
            name = string.Create(CultureInfo.InvariantCulture, $"Hội nghị giao ban kinh tế - xã hội tháng {month.Month}/{month.Year}"),
            date = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), lockRule = date < LockedFrom ? "none" : "calendar", lockDays = 3,
        }, Style);
    }
}
