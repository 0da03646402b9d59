using System.Text;
using Xunit;

namespace Tests.Pages;

/// <summary>A home with one publication of a few Vietnamese tasks and a few of the example scope, loaded by the real program.</summary>
public sealed class TestHome : IDisposable
{
    const string Columns = "id;tinh;giao;han;bao_cao;xong;trang_thai;ngay_trich_xuat";

    public TestHome()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "feeds"));
        Directory.CreateDirectory(Path.Combine(Folder, "rows"));
        File.WriteAllText(Path.Combine(Folder, "feeds", "thu-nghiem.yml"), FeedOf("thu-nghiem", "Hệ thống thử nghiệm", "Trial system", "vietnam"));
        File.WriteAllText(Path.Combine(Folder, "feeds", "vi-du.yml"), FeedOf("vi-du", "Ví dụ <b>đậm</b>", "Example <b>bold</b>", "example"));
        Write("20230424");
        Load();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("analytics-pages-").FullName;

    /// <summary>Loads and publishes what lies in the home.</summary>
    public void Load()
    {
        var program = typeof(Etl.Commands.Home).Assembly.EntryPoint!;
        var code = program.Invoke(null, [new[] { "run", "--home", Folder, "--feeds", Path.Combine(Folder, "feeds") }]);
        Assert.Equal(0, code);
    }

    /// <summary>An extract of a day: Cần Thơ has every part, Hải Phòng only tasks that are done on time or overdue.</summary>
    public void Write(string day)
    {
        var rows = new StringBuilder(Columns).Append('\n');
        var number = 0;
        void Add(int times, string place, string assigned, string due, string done)
        {
            for (var i = 0; i < times; i++) rows.Append($"T{number++};{place};{assigned};{due};{done};{done};{(done.Length > 0 ? "Xong" : "Đang làm")};{day}\n");
        }
        Add(5, "Cần Thơ", "10/01/2023", "01/02/2023", "30/01/2023");
        Add(2, "Cần Thơ", "10/01/2022", "01/02/2022", "05/03/2022");
        Add(1, "Cần Thơ", "10/01/2022", "", "05/03/2022");
        Add(3, "Cần Thơ", "10/04/2023", "01/06/2023", "");
        Add(2, "Cần Thơ", "10/06/2021", "01/07/2021", "");
        Add(1, "Cần Thơ", "10/06/2021", "", "");
        Add(4, "Hải Phòng", "10/01/2023", "01/02/2023", "30/01/2023");
        Add(1, "Hải Phòng", "10/01/2022", "01/02/2022", "");
        foreach (var feed in (string[])["thu-nghiem", "vi-du"]) File.WriteAllText(Path.Combine(Folder, "rows", $"{feed}_{day}.csv"), rows.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    static string FeedOf(string feed, string title, string titleEn, string scope) => $$"""
        feed: {{feed}}
        title: {{title}}
        title_en: {{titleEn}}
        scope: {{scope}}
        generated: true
        agencies: own
        source:
          kind: csv
          folder: "{home}/rows"
          files: "{{feed}}_*.csv"
          separator: ";"
          encoding: utf-8
          settle_seconds: 0
          extract_date: "_(?<date>\\d{8})\\.csv$"
        records:
          task:
            columns:
              task_id: { from: id }
              province: { from: tinh }
              assigned: { from: giao, formats: [dd/MM/yyyy] }
              due: { from: han, formats: [dd/MM/yyyy] }
              reported: { from: bao_cao, formats: [dd/MM/yyyy] }
              completed: { from: xong, formats: [dd/MM/yyyy] }
              status: { from: trang_thai, lookup: { Xong: completed, Đang làm: in_progress } }
              requires_confirmation: { constant: "0" }
        """;
}
