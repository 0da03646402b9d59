using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Etl.Demo;
using ExcelDataReader;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace Tests.Demo;

/// <summary>The files of the generated sources: as many rows as the manifest says, the same bytes for the same seed.</summary>
public sealed class SourcesTests(SourcesFixture sources) : IClassFixture<SourcesFixture>
{
    [Fact]
    public void The_sources_hold_as_many_tasks_as_comparisons_need()
    {
        var tasks = sources.Manifest.Feeds.Values.SelectMany(feed => feed.Where(record => record.Key.StartsWith("task", StringComparison.Ordinal))).Sum(record => record.Value.Tasks);

        Assert.InRange(tasks, 150_000, 200_000);
    }

    [Fact]
    public async Task The_same_seed_writes_the_same_bytes_in_any_culture()
    {
        var again = Directory.CreateTempSubdirectory("demo-again");
        // Another calendar, another decimal sign.
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
        await DemoSources.WriteAsync(again.FullName, new DemoOptions(), null, default);
        Assert.Equal(Hashes(sources.Folder), Hashes(again.FullName));
        again.Delete(recursive: true);
    }

    [Fact]
    public void The_database_has_the_rows_of_the_manifest()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(sources.Folder, "da-nang", "da-nang.sqlite")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var records = sources.Manifest.Feeds["da-nang"];
        Assert.Equal(records["task"].Rows, Scalar("select count(*) from nhiem_vu"));
        Assert.Equal(records["task"].Withheld, Scalar("select count(*) from nhiem_vu where do_mat <> ''"));
        Assert.Equal(records["task"].Bad[BadRows.MissingKey], Scalar("select count(*) from nhiem_vu where ma_nhiem_vu is null"));
        Assert.Equal(records["task"].Bad[BadRows.BadDate], Scalar("select count(*) from nhiem_vu where ngay_giao = '31/02/2026'"));
        Assert.Equal(records["task"].Bad[BadRows.UnknownStatus], Scalar("select count(*) from nhiem_vu where tinh_trang = 42"));
        Assert.Equal(records["task_event"].Rows, Scalar("select count(*) from lich_su"));
        Assert.Equal(records["task_event/extended"].Rows, Scalar("select count(*) from gia_han where ngay_quyet_dinh is not null"));
        Assert.Equal(records["agency"].Rows, Scalar("select count(*) from don_vi"));
        Assert.Equal(0, Scalar("select count(*) from nhiem_vu where isNhiemVuThangTruoc = 1 and nhiemVuThangTruocId not in (select ma_nhiem_vu from nhiem_vu where ma_nhiem_vu is not null)"));
        Assert.True(Scalar("select count(*) from nhiem_vu where isNhiemVuThangTruoc = 1") > 500);
        Assert.Equal(0, Scalar("select count(*) from lich_su where ma_nhiem_vu in (select ma_nhiem_vu from nhiem_vu where do_mat <> '')"));

        long Scalar(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
    }

    [Fact]
    public void The_workbooks_have_the_rows_of_the_manifest_and_old_ones_are_typed_in_an_old_font()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var records = sources.Manifest.Feeds["hai-phong"];
        Assert.Equal(records["task"].Rows, Sheets("hai-phong_*.xlsx").Sum(sheet => sheet.Count - 3));
        var old = Sheets("hai-phong-cu_*.xlsx").ToList();
        Assert.Equal(records["task/old_font"].Rows, old.Sum(sheet => sheet.Count - 3));
        Assert.Equal("M· sè", old[0][2][0]);
        Assert.Contains(old.SelectMany(sheet => sheet), row => Equals(row[4], "Së Tµi nguyªn vµ M«i tr\u00ADêng"));
        Assert.Equal(records["agency"].Rows, Sheets("hai-phong-don-vi.xlsx").Single().Count - 1);
        var changes = Sheets("hai-phong-dieu-chinh_*.xlsx").SelectMany(sheet => sheet.Skip(3)).ToList();
        Assert.Equal(records["programme_change"].Rows, changes.Count);
        Assert.Equal(["Bổ sung", "Rút", "Điều chỉnh thời hạn"], changes.Select(row => (string)row[1]!).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(changes, row => row[5] is string);
        Assert.Contains(changes, row => row[11] is null || row[12] is null);

        IEnumerable<List<object?[]>> Sheets(string files)
        {
            foreach (var path in Directory.GetFiles(Path.Combine(sources.Folder, "hai-phong"), files).Order(StringComparer.Ordinal))
            {
                using var reader = ExcelReaderFactory.CreateReader(File.OpenRead(path));
                do
                {
                    if (reader.VisibleState != "visible") continue;
                    List<object?[]> rows = [];
                    while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
                    yield return rows;
                }
                while (reader.NextResult());
            }
        }
    }

    [Fact]
    public void The_lists_have_the_rows_of_the_manifest()
    {
        var records = sources.Manifest.Feeds["can-tho"];
        Assert.Equal(records["task"].Rows, Lines("can-tho", "can-tho_2*.csv", Encoding.UTF8));
        Assert.Equal(records["task/tcvn3"].Rows, Lines("can-tho", "can-tho_tcvn3*.csv", Encoding.Latin1));
        Assert.Equal(records["task/windows_1258"].Rows, Lines("can-tho", "can-tho_1258*.csv", Encoding.Latin1));
        Assert.Equal(records["published_total"].Rows, Lines("can-tho", "can-tho-tong-hop.csv", Encoding.UTF8));
        Assert.Equal(sources.Manifest.Feeds["other-provinces"]["task"].Rows, Lines("other-provinces", "*.csv.gz", Encoding.UTF8));
        var old = CodePagesEncodingProvider.Instance.GetEncoding(1258)!.GetString(File.ReadAllBytes(Directory.GetFiles(Path.Combine(sources.Folder, "can-tho"), "can-tho_1258-2020*")[0]));
        Assert.StartsWith("Mã nhiệm vụ;Số văn bản;Ngày văn bản", old.Normalize(NormalizationForm.FormC), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_interface_gives_all_pages_in_spite_of_its_troubles()
    {
        var folder = Path.Combine(sources.Folder, "binh-dinh");
        await using var api = await DemoApi.StartAsync(folder, new DemoOptions().Today, default);
        using var client = new HttpClient { BaseAddress = new Uri(api.Url) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/tasks?page=1")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Token);
        var troubles = new List<HttpStatusCode>();
        var records = sources.Manifest.Feeds["binh-dinh"];
        Assert.Equal(records["task"].Rows, (await AllAsync("tasks")).Count);
        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError], troubles);
        Assert.Equal(records["agency"].Rows, (await AllAsync("agencies")).Count);
        Assert.Equal(records["conference"].Rows, (await AllAsync("conferences")).Count);
        foreach (var array in new[] { "processes", "remindHistories", "transferHistories" })
            Assert.Equal(records[$"task_event/{array}"].Rows, (await AllAsync($"tasks/{array}")).Sum(task => task.GetProperty(array).GetArrayLength()));

        async Task<List<JsonElement>> AllAsync(string resource)
        {
            List<JsonElement> all = [];
            for (var page = 1; ;)
            {
                using var answer = await client.GetAsync($"/api/{resource}?page={page}&size=1000");
                if (!answer.IsSuccessStatusCode)
                {
                    troubles.Add(answer.StatusCode);
                    continue;
                }
                using var body = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
                all.AddRange(body.RootElement.GetProperty("data").EnumerateArray().Select(task => task.Clone()));
                if (!body.RootElement.GetProperty("hasMore").GetBoolean()) return all;
                page++;
            }
        }
    }

    int Lines(string folder, string files, Encoding encoding) => Directory.GetFiles(Path.Combine(sources.Folder, folder), files).Sum(path =>
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file, encoding);
        return reader.ReadToEnd().Split("\r\n").Length - 2;
    });

    static SortedDictionary<string, string> Hashes(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));
}

/// <summary>The sources, written once for all tests of a class.</summary>
public sealed class SourcesFixture : IAsyncLifetime
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("demo-sources");

    public string Folder => folder.FullName;
    public Manifest Manifest { get; private set; } = new();
    public async Task InitializeAsync()
    {
        await DemoSources.WriteAsync(Folder, new DemoOptions(), null, default);
        Manifest = await Manifest.ReadAsync(Path.Combine(Folder, "manifest.json"), default);
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
