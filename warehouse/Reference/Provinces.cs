namespace Warehouse.Reference;

/// <summary>
/// A province as it was in a period. <see cref="Code"/> is its own durable identity: seven GSO numbers changed their
/// owner on 1 July 2025, so a number identifies nothing without a date.
/// </summary>
/// <param name="Key">Of this version: derived from the GSO number and the era, not from any order.</param>
/// <param name="SuccessorKey">The version that took over when this one ended; its own key while it is current.</param>
/// <param name="From">First day, inclusive; 1900-01-01 where it was there before the warehouse.</param>
/// <param name="To">Day after the last; 9999-12-31 while it is current.</param>
public sealed record Province(
    int Key, int SuccessorKey, string Code, string Name, string NameEn, string GsoCode, string ElectronicCode, string Kind, DateOnly From, DateOnly To)
{
    public bool IsAt(DateOnly day) => From <= day && day < To;
}

/// <summary>The 63 provinces before 1 July 2025 and the 34 after, with their versions.</summary>
public sealed class Provinces
{
    public static readonly DateOnly Merger = new(2025, 7, 1);
    static readonly DateOnly Always = new(1900, 1, 1);
    static readonly DateOnly Forever = new(9999, 12, 31);

    readonly Dictionary<string, List<Province>> byName;
    readonly Dictionary<int, Province> byKey;
    readonly Func<string, string> fold;

    /// <param name="fold">Search key of a name: case, marks and blanks make no difference.</param>
    public static Provinces Load(Func<string, string> fold) => new(All(ReferenceCsv.Read("provinces_63_to_34.csv")), fold);

    Provinces(IReadOnlyList<Province> all, Func<string, string> fold)
    {
        this.fold = fold;
        Versions = all;
        byKey = all.ToDictionary(province => province.Key);
        byName = all.GroupBy(province => fold(province.Name)).ToDictionary(group => group.Key, group => group.ToList());
    }

    public IReadOnlyList<Province> Versions { get; }

    /// <summary>
    /// The version that a name meant on a day. A name whose unit no longer exists on that day answers with its successor;
    /// the name of a unit that did not exist yet answers with nothing.
    /// </summary>
    public Province? Resolve(string name, DateOnly day)
    {
        if (!byName.TryGetValue(Bare(fold(name)), out var named)) return null;
        var version = named.Find(province => province.IsAt(day));
        if (version is not null) return version;
        foreach (var start in named.OrderBy(province => province.From))
            if (Follow(start, day) is { } successor) return successor;
        // A newer name of a unit that has had another (Huế for Thừa Thiên Huế): same durable code, the version of the day.
        return Versions.FirstOrDefault(province => named.Exists(one => one.Code == province.Code) && province.IsAt(day));
    }

    Province? Follow(Province start, DateOnly day)
    {
        for (var province = start; ; province = byKey[province.SuccessorKey])
        {
            if (province.IsAt(day)) return province;
            if (province.SuccessorKey == province.Key || day < province.From) return null;
        }
    }

    /// <summary>Without the kind that is often written before the name: "tinh", "thanh pho", "tp".</summary>
    static string Bare(string folded)
    {
        foreach (var kind in (string[])["thanh pho ", "tinh ", "tp "])
            if (folded.StartsWith(kind, StringComparison.Ordinal)) return folded[kind.Length..];
        return folded;
    }

    static List<Province> All(IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
    {
        var all = new List<Province>();
        foreach (var row in rows) all.AddRange(Before(row));
        foreach (var merged in rows.Where(row => row["relation"] != "unchanged").GroupBy(row => row["new_code"])) all.AddRange(After(merged.First()));
        return all;
    }

    static IEnumerable<Province> Before(IReadOnlyDictionary<string, string> row)
    {
        var (number, newNumber) = (Number(row["old_code"]), Number(row["new_code"]));
        Province Version(int key, int successor, string name, string nameEn, string kind, DateOnly from, DateOnly to) =>
            new(key, successor, Slug(row["old_name_en"]), name, nameEn, row["old_code"], row["old_dinh_danh"], kind, from, to);
        if (row["relation"] != "unchanged")
            yield return Version(number, 100 + newNumber, row["old_name_vi"], row["old_name_en"], row["old_kind"], Always, Merger);
        else if (row["old_name_vi"] == "Huế")
        {
            // One unit, renamed when it became a centrally run city on 1 January 2025.
            yield return Version(number, 200 + number, "Thừa Thiên Huế", "Thua Thien Hue", "tinh", Always, new(2025, 1, 1));
            yield return Version(200 + number, 200 + number, "Huế", "Hue", "thanh_pho_tw", new(2025, 1, 1), Forever);
        }
        else
            yield return Version(number, number, row["old_name_vi"], row["old_name_en"], row["old_kind"], Always, Forever);
    }

    static IEnumerable<Province> After(IReadOnlyDictionary<string, string> row)
    {
        var number = Number(row["new_code"]);
        Province Version(int key, int successor, string kind, DateOnly from, DateOnly to) =>
            new(key, successor, Slug(row["new_name_en"]) + "-2025", row["new_name_vi"], row["new_name_en"], row["new_code"], row["new_dinh_danh"], kind, from, to);
        if (row["new_name_vi"] == "Đồng Nai")
        {
            // Became a centrally run city on 30 April 2026 (30/2026/QH16).
            yield return Version(100 + number, 200 + number, "tinh", Merger, new(2026, 4, 30));
            yield return Version(200 + number, 200 + number, "thanh_pho_tw", new(2026, 4, 30), Forever);
        }
        else
            yield return Version(100 + number, 100 + number, row["new_kind_at_2025_07_01"], Merger, Forever);
    }

    static int Number(string code) => int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);

    static string Slug(string name) =>
        string.Join('-', name.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
