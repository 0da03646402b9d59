using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Etl.Demo;

/// <summary>Source E, plain case lists of all other provinces: one packed file a year, provinces by the name of the time.</summary>
sealed class OtherProvinces(World world, Manifest manifest)
{
    const string Feed = "other-provinces";
    static readonly ListColumns Columns = new(Key: 0, Status: 12, Assigned: 7);

    static readonly object?[] Header =
    [
        "ma_nhiem_vu", "tinh", "so_van_ban", "ngay_van_ban", "noi_dung", "don_vi", "loai", "ngay_giao", "han", "muc_han", "ngay_bao_cao", "ngay_hoan_thanh", "trang_thai",
        "cap_giao", "do_mat", "cap_nhat", "generated",
    ];

    public void Write(string folder, CancellationToken cancel)
    {
        var options = world.Options;
        var years = new SortedDictionary<int, CsvLines>();
        var count = manifest.Of(Feed, "task");
        List<object?[]> good = [];
        foreach (var province in world.Others())
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (task, state) in province.StateAt(options.Today))
            {
                var row = Row(task, state);
                Lines(years, task.AssignedDay.Year).Add(row);
                count.Count(task);
                if (task.Secrecy == "") count.Tasks++;
                if (good.Count < 20 && task.Secrecy == "") good.Add(row);
            }
        }
        foreach (var (rule, row) in BadRows.From(good, Columns, "Chờ ý kiến khác"))
        {
            years[options.Today.Year].Add(rule == BadRows.Garbage ? row[..5] : row);
            count.CountBad(rule);
        }
        foreach (var (year, lines) in years) Pack(Path.Combine(folder, $"cac-tinh_{year}_{DemoText.Stamp(options.Today)}.csv.gz"), lines.ToString());
    }

    static CsvLines Lines(SortedDictionary<int, CsvLines> years, int year)
    {
        if (years.TryGetValue(year, out var lines)) return lines;
        years[year] = lines = new CsvLines(',');
        lines.Add(Header);
        return lines;
    }

    static object?[] Row(DemoTask task, TaskState state) =>
    [
        task.Id, Province(task), task.Document.Number, Iso(task.Document.Date), DemoText.Title(task), Quirks.IsOdd(task, 1) ? "" : state.Agency.Name, DemoText.Kind(task), Iso(task.AssignedDay),
        Iso(Quirks.IsOdd(task, 2) ? task.AssignedDay.AddDays(-30) : state.Due), DemoText.Granularity(task), Iso(DemoText.Day(state.Reported)), Iso(Quirks.IsOdd(task, 3) && state.Completed is not null ? task.AssignedDay.AddDays(-1) : DemoText.Day(state.Completed)), Status(state), DemoText.Level(task), task.Secrecy,
        DemoText.Iso(state.Updated), 1,
    ];

    /// <summary>Huế was called Thừa Thiên Huế up to 2024; a few lists place the tone mark the old way.</summary>
    static string Province(DemoTask task) => task.Place.Name switch
    {
        "Huế" when task.AssignedDay.Year < 2025 => "Thừa Thiên Huế",
        "Khánh Hòa" when task.Id[^1] == '4' => "Khánh Hoà",
        "Thanh Hóa" when task.Id[^1] == '4' => "Thanh Hoá",
        var name => name,
    };

    static string Status(TaskState state) => state.Lifecycle switch
    {
        Lifecycle.Completed => "Hoàn thành", Lifecycle.Withdrawn => "Rút", Lifecycle.NotStarted => "Chưa thực hiện", Lifecycle.Suspended => "Tạm dừng", Lifecycle.AssignmentRefused => "Từ chối",
        _ => "Đang thực hiện",
    };

    static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void Pack(string path, string text)
    {
        using var file = File.Create(path);
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(text));
    }
}
