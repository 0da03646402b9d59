using System.Text;
using Xunit;

namespace Tests.Pages;

/// <summary>A home whose data try to break pages and files: markup, quotes, formulas, right-to-left text, emoji; and rows to correct.</summary>
public sealed class HostileHome : IDisposable
{
    public const string Markup = "Sở \"Y tế\" <script>alert('x')</script> & 'Con'";
    public const string Formula = "=HYPERLINK(\"http://attacker.example\",\"bấm\")";
    public const string RightToLeft = "وزارة الصحة \u202Eabc";
    public const string Emoji = "Sở 🏛️👩‍⚕️ Xây dựng";

    public HostileHome()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "feeds"));
        Directory.CreateDirectory(Path.Combine(Folder, "rows"));
        File.WriteAllText(Path.Combine(Folder, "feeds", "xau.yml"), Feed);
        var rows = new StringBuilder("id;tinh;don_vi;noi_dung;giao;han;xong;trang_thai\n");
        var number = 0;
        foreach (var agency in (string[])[Markup, Formula, RightToLeft, Emoji])
            foreach (var (due, done) in (IEnumerable<(string, string)>)[("01/02/2023", "30/01/2023"), ("01/03/2023", ""), ("", "")])
                rows.Append($"X/{number++};Cần Thơ;\"{agency.Replace("\"", "\"\"")}\";\"{agency.Replace("\"", "\"\"")}, việc {number}\";10/01/2023;{due};{done};{(done.Length > 0 ? "Xong" : "Đang làm")}\n");
        rows.Append("SAI-1;Cần Thơ;Sở Nội vụ;Việc có ngày sai;31/04/2023;;;Đang làm\n").Append("SAI-2;Cần Thơ;Sở Nội vụ;Việc có trạng thái lạ;10/04/2023;;;<b>lạ</b>\n");
        File.WriteAllText(Path.Combine(Folder, "rows", "xau_20230424.csv"), rows.ToString());
        Run();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("analytics-hostile-").FullName;

    public void Run()
    {
        var program = typeof(Etl.Commands.Home).Assembly.EntryPoint!;
        Assert.Equal(0, program.Invoke(null, [new[] { "run", "--home", Folder, "--feeds", Path.Combine(Folder, "feeds") }]));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    const string Feed = """
        feed: xau
        title: "Nguồn \"xấu\" <i>thử</i>"
        title_en: "A <i>hostile</i> source"
        agencies: own
        max_rejected: 5
        source:
          kind: csv
          folder: "{home}/rows"
          files: "xau_*.csv"
          separator: ";"
          encoding: utf-8
          settle_seconds: 0
          extract_date: "_(?<date>\\d{8})\\.csv$"
        records:
          task:
            columns:
              task_id: { from: id }
              province: { from: tinh }
              agency: { from: don_vi }
              title: { from: noi_dung }
              assigned: { from: giao, formats: [dd/MM/yyyy] }
              due: { from: han, formats: [dd/MM/yyyy] }
              completed: { from: xong, formats: [dd/MM/yyyy] }
              status: { from: trang_thai, lookup: { Xong: completed, Đang làm: in_progress } }
              requires_confirmation: { constant: "0" }
        """;
}
