namespace Etl.Demo;

/// <summary>The provinces of the world: the four of the letters, and all others by their reference file.</summary>
public static class Places
{
    public static readonly PlaceProfile DaNang = new("da-nang", "DN", "Đà Nẵng", City: true)
    {
        TasksOf = year => year switch { 2019 => 3000, 2020 => 3300, 2021 => 3900, < 2025 => 3500, 2025 => 3600, _ => 4000 },
        NoDeadlineShare = 0.12, SubTaskShare = 0.03, CarriedShare = 0.04, DeletedShare = 0.006, ReminderShare = 0.7, DeadlineReportShare = 0.75,
    };

    public static readonly PlaceProfile HaiPhong = new("hai-phong", "HP", "Hải Phòng", City: true)
    {
        TasksOf = year => year switch { < 2021 => 3400, < 2025 => 3100, _ => 3700 },
        NoDeadlineShare = 0.28, WithdrawalShare = 0.025, ConfirmationShare = 0.5, ReminderShare = 0.4,
    };

    public static readonly PlaceProfile BinhDinh = new("binh-dinh", "BD", "Bình Định", City: false)
    {
        TasksOf = year => year switch { < 2023 => 1700, < 2025 => 1900, 2025 => 2200, _ => 2600 },
        NameAfterMerger = "Gia Lai", RefoundedIn2025 = true, NoDeadlineShare = 0.18, SubTaskShare = 0.02, BunchedEntries = true,
        ConfirmationShare = 0.85, DeletedShare = 0.004, DeadlineReportShare = 0.6,
    };

    public static readonly PlaceProfile CanTho = new("can-tho", "CT", "Cần Thơ", City: true)
    {
        TasksOf = year => year switch { < 2022 => 2700, 2023 => 3080, < 2025 => 2900, _ => 3100 },
        RefoundedIn2025 = true, NoDeadlineShare = 0.13, HasHistory = false, ConfirmationShare = 0.6,
    };

    public static readonly IReadOnlyList<PlaceProfile> Cities = [DaNang, HaiPhong, BinhDinh, CanTho];

    /// <summary>All provinces but those of the letters: the old ones up to 30 June 2025, the merged ones from then on.</summary>
    public static IReadOnlyList<PlaceProfile> Others(DemoOptions options)
    {
        var rows = ReferenceCsv.Read(Path.Combine(options.ReferenceFolder, "provinces_63_to_34.csv")).ToList();
        var told = new HashSet<string>(Cities.SelectMany(city => new[] { city.Name, city.NameAfterMerger }));
        var old = rows.Where(row => Cities.All(city => city.Name != row["old_name_vi"]))
            .Select(row => Other(options, row["old_code"], row["old_name_vi"], row["old_kind"], before: true));
        var merged = rows.Where(row => !told.Contains(row["new_name_vi"])).DistinctBy(row => row["new_name_vi"])
            .Select(row => Other(options, row["new_code"], row["new_name_vi"], row["new_kind_at_2025_07_01"], before: false));
        return [.. old, .. merged];
    }

    static PlaceProfile Other(DemoOptions options, string code, string name, string kind, bool before)
    {
        var chance = Chance.For(options.Seed, "volume", name, before ? "before" : "after");
        var tasks = before ? chance.Between(150, 220) : chance.Between(260, 480);
        return new PlaceProfile($"other-{code}{(before ? "" : "-2025")}", $"T{code}{(before ? "" : "M")}", name, kind == "thanh_pho_tw")
        {
            TasksOf = year => tasks + 6 * (year - 2022),
            From = before ? new DateOnly(2019, 1, 1) : Mergers.Provinces,
            To = before ? Mergers.Provinces.AddDays(-1) : DateOnly.MaxValue,
            NoDeadlineShare = 0.10 + 0.2 * chance.Share(), HasHistory = false, ConfirmationShare = 0,
        };
    }
}
