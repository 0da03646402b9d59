namespace Etl.Demo;

/// <summary>All units of a place over the years, with who took over from whom on 1 March and 1 July 2025.</summary>
public sealed class AgencyRoster
{
    static readonly DateOnly Start = new(2016, 1, 1);

    readonly PlaceProfile place;
    readonly Chance chance;
    readonly List<DemoAgency> all = [];
    readonly Dictionary<DateOnly, (IReadOnlyList<DemoAgency> Units, IReadOnlyList<double> Loads)> byDay = [];

    public AgencyRoster(PlaceProfile place, ulong seed)
    {
        this.place = place;
        chance = Chance.For(seed, "agencies", place.Key);
        var single = place.From >= Mergers.Departments;
        if (single) AddMergedOnly();
        else AddDepartments();
        foreach (var board in AgencyNames.Boards.GetValueOrDefault(place.Key, [])) AddKept(board, "department", 0.8);
        AddDistricts();
    }

    public IReadOnlyList<DemoAgency> All => all;

    /// <summary>A unit that exists on a day, by load.</summary>
    public DemoAgency Draw(DateOnly day, Chance with)
    {
        var era = day < Mergers.Departments ? Start : day < Mergers.Provinces ? Mergers.Departments : Mergers.Provinces;
        if (!byDay.TryGetValue(era, out var of))
        {
            var units = all.Where(agency => agency.ExistsOn(era)).ToList();
            byDay[era] = of = (units, [.. units.Select(agency => agency.Habits.Load)]);
        }
        return of.Units[with.Weighted(of.Loads)];
    }

    public DemoAgency Find(string name, DateOnly day) => all.Single(agency => agency.Name == name && agency.ExistsOn(day));

    void AddDepartments()
    {
        var mergedFrom = AgencyNames.MergedFrom.Where(merger => Merges(merger.Key)).ToList();
        var merging = mergedFrom.SelectMany(merger => merger.Value).ToHashSet();
        var old = new Dictionary<string, DemoAgency>();
        foreach (var name in AgencyNames.OldDepartments.Keys.Where(Has))
        {
            if (merging.Contains(name)) old[name] = Add(name, "department", HabitsOf(name), Start, Mergers.Departments.AddDays(-1));
            else AddKept(name, "department", 1 + 2 * chance.Share());
        }
        foreach (var (name, predecessors) in mergedFrom)
        {
            var from = predecessors.Select(predecessor => old[predecessor]).ToList();
            var habits = AgencyHabits.Of(chance, from.Sum(agency => agency.Habits.Load) * 0.9, from.Average(agency => agency.Habits.Slowness) + 0.08);
            var merged = AddUntilRefounded(name, "department", habits, Mergers.Departments);
            foreach (var predecessor in from) predecessor.Successors.Add(merged);
        }
    }

    void AddMergedOnly()
    {
        foreach (var name in AgencyNames.MergedFrom.Keys.Where(Merges)) Add(name, "department", HabitsOf(name), place.From, DateOnly.MaxValue);
        foreach (var name in new[] { "Sở Tư pháp", "Sở Công Thương", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Ngoại vụ" })
            Add(name, "department", HabitsOf(name), place.From, DateOnly.MaxValue);
    }

    void AddDistricts()
    {
        var districts = DistrictNames.Of(place.Key);
        foreach (var (district, communes) in districts)
        {
            var old = district == "" ? null : Add(district, "district", AgencyHabits.Of(chance, 0.8 + 0.8 * chance.Share()), Start, Mergers.Provinces.AddDays(-1));
            foreach (var commune in communes)
            {
                var unit = Add(commune, "commune", AgencyHabits.Of(chance, 0.3 + 0.5 * chance.Share()), Mergers.Provinces, DateOnly.MaxValue);
                old?.Successors.Add(unit);
            }
        }
        if (place.Key == "hai-phong") AddHaiPhongOthers();
    }

    void AddHaiPhongOthers()
    {
        foreach (var (name, level, parent) in DistrictNames.HaiPhongOthers)
        {
            var ends = level == "commune" ? Mergers.Provinces.AddDays(-1) : DateOnly.MaxValue;
            var unit = Add(name, level, AgencyHabits.Of(chance, 0.25), Start, ends, parent);
            if (level == "commune") unit.Successors.Add(all.Single(agency => agency.Name == parent).Successors[0]);
        }
    }

    void AddKept(string name, string level, double load) => AddUntilRefounded(name, level, HabitsOf(name, load), Start);

    /// <summary>One unit to this day, or two of one name where the departments were founded anew on 1 July 2025.</summary>
    DemoAgency AddUntilRefounded(string name, string level, AgencyHabits habits, DateOnly from)
    {
        var unit = Add(name, level, habits, from, place.RefoundedIn2025 ? Mergers.Provinces.AddDays(-1) : DateOnly.MaxValue);
        if (place.RefoundedIn2025)
            unit.Successors.Add(Add(name, level, habits with { Load = habits.Load * 1.1, Slowness = habits.Slowness + 0.06 }, Mergers.Provinces, DateOnly.MaxValue));
        return unit;
    }

    DemoAgency Add(string name, string level, AgencyHabits habits, DateOnly from, DateOnly to, string parent = "")
    {
        var agency = new DemoAgency
        {
            Id = $"{place.Prefix}-U{all.Count + 1:000}", Name = name, Level = level, Province = place.NameOn(from), Parent = parent,
            From = from, To = to, Habits = habits, Aliases = AgencyNames.ShortForms(name),
        };
        all.Add(agency);
        return agency;
    }

    AgencyHabits HabitsOf(string name, double load = 0)
    {
        var (fixedLoad, slowness) = (place.Key, name) switch
        {
            // The letters of 2021 and 2023 commend the first three and urge the others.
            ("da-nang", "Sở Giao thông vận tải" or "Sở Nội vụ" or "Sở Tài chính") => (9, -0.32),
            ("da-nang", "Sở Xây dựng") => (9, 0.30),
            ("da-nang", "Sở Tài nguyên và Môi trường") => (9, 0.40),
            ("da-nang", "Sở Giáo dục và Đào tạo") => (1.6, 0.25),
            ("da-nang", "Ban Quản lý các dự án đầu tư cơ sở hạ tầng ưu tiên") => (1.2, 0.30),
            _ => (load == 0 ? 1 + 2 * chance.Share() : load, double.NaN),
        };
        return AgencyHabits.Of(chance, fixedLoad, slowness);
    }

    bool Has(string name) => name != "Ban Dân tộc" || place.Key is "binh-dinh" or "can-tho";

    bool Merges(string name) => name switch
    {
        "Sở Văn hóa, Thể thao và Du lịch" => place.Key == "binh-dinh" || place.Key.EndsWith("-2025", StringComparison.Ordinal),
        "Sở Dân tộc và Tôn giáo" => place.Key is "binh-dinh" or "can-tho",
        _ => true,
    };
}
