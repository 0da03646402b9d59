using System.Text;
using Microsoft.Data.Sqlite;

namespace Etl.Demo;

/// <summary>
/// Source A, a relational system in the manner of Đà Nẵng: text dates, integer statuses, free-text co-operating
/// agencies, soft delete, tasks entered again each month, names in many spellings, some text in decomposed Unicode.
/// </summary>
sealed class DaNangDatabase(PlaceWorld world, DemoOptions options, Manifest manifest)
{
    const string Feed = "da-nang";
    static readonly ListColumns Columns = new(Key: 0, Status: 15, Assigned: 10);

    readonly Chance chance = Chance.For(options.Seed, "da-nang-database");
    readonly AgencyText names = new(Chance.For(options.Seed, "da-nang-names"), 0.15);

    public async Task WriteAsync(string path, CancellationToken cancel)
    {
        File.Delete(path);
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        Run(connection, Schema);
        using (var transaction = connection.BeginTransaction())
        {
            Units(connection);
            Documents(connection);
            PlanRequests(connection);
            Tasks(connection, cancel);
            transaction.Commit();
        }
        Run(connection, "create index nhiem_vu_capnhat on nhiem_vu(capnhat_luc); create index lich_su_capnhat on lich_su(capnhat_luc)");
    }

    const string Schema = """
        pragma journal_mode = off; pragma synchronous = off;
        create table don_vi (ma text primary key, ten text, ten_khac text, cap text, don_vi_cha text, hieu_luc_tu text, hieu_luc_den text, ke_thua text, generated integer);
        create table van_ban (id text primary key, so_ky_hieu text, ngay_ban_hanh text, co_quan_ban_hanh text, trich_yeu text, generated integer);
        create table nhiem_vu (ma_nhiem_vu text, van_ban_id text, ten_nhiem_vu text, don_vi_chu_tri text, don_vi_phoi_hop text, nguoi_giao text,
            cap_giao integer, loai_nhiem_vu integer, nam_chuong_trinh integer, do_khan text, ngay_giao text, han_xu_ly text, muc_han text,
            ngay_bao_cao text, ngay_hoan_thanh text, tinh_trang integer, yeu_cau_xac_nhan integer, do_mat text, nhiem_vu_cha_id text,
            isNhiemVuThangTruoc integer, nhiemVuThangTruocId text, daXoa integer, capnhat_luc text, generated integer);
        create table lich_su (id integer primary key, ma_nhiem_vu text, loai integer, luc text, don_vi text, noi_dung text, nguyen_nhan text,
            so_van_ban text, ty_le integer, phuong_an text, han_de_nghi text, so_sao integer, capnhat_luc text, generated integer);
        create table gia_han (id integer primary key, ma_nhiem_vu text, ngay_de_nghi text, ngay_quyet_dinh text, han_cu text, han_moi text, nguyen_nhan text,
            ly_do text, phuong_an text, so_quyet_dinh text, capnhat_luc text, generated integer);
        create table yeu_cau_phuong_an (ma text primary key, don_vi text, nam_qua_han integer, so_van_ban text, ngay_yeu_cau text, truoc_ngay text,
            ngay_nhan text, noi_dung text, phuong_an text, generated integer);
        """;

    void Units(SqliteConnection connection)
    {
        using var insert = new Insert(connection, "don_vi", 9);
        foreach (var unit in world.Agencies.All)
        {
            insert.Row([unit.Id, unit.Name, string.Join(";", unit.Aliases), unit.Level, unit.Parent, DemoText.Date(unit.From),
                unit.To == DateOnly.MaxValue ? null : DemoText.Date(unit.To), string.Join(";", unit.Successors.Select(next => next.Id)), 1]);
            manifest.Of(Feed, "agency").Rows++;
        }
    }

    void Documents(SqliteConnection connection)
    {
        using var insert = new Insert(connection, "van_ban", 6);
        foreach (var document in world.Tasks.Select(task => task.Document).Distinct())
            insert.Row([document.Id, document.Number, DemoText.Date(document.Date), document.Issuer, document.Subject, 1]);
    }

    void PlanRequests(SqliteConnection connection)
    {
        using var insert = new Insert(connection, "yeu_cau_phuong_an", 10);
        foreach (var request in PlanRequest.Of(world, options))
        {
            insert.Row([request.Id, request.Agency.Name, request.OverdueYear, request.Document, DemoText.Date(request.Requested), DemoText.Date(request.Before),
                request.Received is { } day ? DemoText.Date(day) : null, "Báo cáo, đề xuất phương án giải quyết nhiệm vụ quá hạn chưa hoàn thành",
                request.Received is null ? null : "Phương án giải quyết: hoàn thiện hồ sơ, trình lại", 1]);
            manifest.Of(Feed, "plan_request").Rows++;
        }
    }

    void Tasks(SqliteConnection connection, CancellationToken cancel)
    {
        using var tasks = new Insert(connection, "nhiem_vu", 24);
        using var events = new DaNangEvents(connection, names, manifest);
        var count = manifest.Of(Feed, "task");
        List<object?[]> good = [];
        foreach (var (task, state) in world.StateAt(options.Today))
        {
            cancel.ThrowIfCancellationRequested();
            var entries = Entries(task);
            for (var i = 0; i < entries.Count; i++)
            {
                var shown = i == entries.Count - 1 ? state : TaskState.Of(task, entries[i + 1].From.AddDays(-1))!;
                var row = Row(task, shown, entries[i].Id, entries[i].From, i == 0 ? null : entries[i - 1].Id);
                tasks.Row(row);
                count.Count(task);
                if (good.Count < 20 && task.Secrecy == "" && !task.Deleted) good.Add(row);
            }
            if (task.Secrecy == "") count.Tasks++;
            if (task.Secrecy == "" && !task.Deleted) events.Write(task, entries);
        }
        foreach (var (rule, row) in BadRows.From(good, Columns, 42))
        {
            tasks.Row(row);
            count.CountBad(rule);
        }
    }

    /// <summary>A task that is entered again at the start of each month, five times at most, while it is open.</summary>
    List<(string Id, DateOnly From)> Entries(DemoTask task)
    {
        List<(string Id, DateOnly From)> entries = [(task.Id, task.AssignedDay)];
        var month = new DateOnly(task.AssignedDay.Year, task.AssignedDay.Month, 1).AddMonths(1);
        while (task is { CarriedMonthly: true, Secrecy: "" } && entries.Count <= 5 && month <= options.Today && TaskState.Of(task, month.AddDays(-1))!.IsOpen)
        {
            entries.Add(($"{task.Id}-T{DemoText.Stamp(month)[2..6]}", month));
            month = month.AddMonths(1);
        }
        return entries;
    }

    object?[] Row(DemoTask task, TaskState state, string id, DateOnly from, string? before) =>
    [
        id, task.Document.Id, Written(DemoText.Title(task)), Written(names.Lead(task, state.Agency)), names.Together(task.CoAgencies), task.Assigner,
        task.Level switch { "central" => 1, "party" => 2, _ => 3 }, task.Kind switch { "key" => 1, "routine" => 2, "ad_hoc" => 3, _ => 4 }, task.ProgrammeYear,
        task.Urgency, DemoText.Date(from), DemoText.Date(state.Due), DemoText.Granularity(task), DemoText.Date(state.Reported), DemoText.Date(state.Completed),
        (int)state.Lifecycle, task.RequiresConfirmation ? 1 : 0, task.Secrecy, task.Parent?.Id, before is null ? 0 : 1, before, task.Deleted ? 1 : 0,
        DemoText.Iso(state.Updated), 1,
    ];

    /// <summary>Some entries come from a machine that decomposes letters and their marks.</summary>
    string Written(string text) => chance.Happens(0.02) ? text.Normalize(NormalizationForm.FormD) : text;

    static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
