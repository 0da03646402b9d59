using Warehouse.Keys;

namespace Warehouse.Reference;

/// <summary>A line of <c>departments_2025.csv</c>: which department took over from which, and where that is known to hold.</summary>
/// <param name="Scope"><c>national</c> (the pattern of every province), <c>province</c> (what one province did) or <c>central</c> (ministries).</param>
/// <param name="Province">Of scope <c>province</c> its name; else empty.</param>
/// <param name="NewName">Empty where the successor was not found.</param>
/// <param name="Relation"><c>merge</c> and <c>merge_same_name</c> name the main receiver, <c>function_transfer</c> and <c>abolished_split</c> one of several.</param>
/// <param name="Evidence"><c>found</c>, <c>found_partial</c> or <c>unverified</c>, as the file judges its source.</param>
/// <param name="From">First day of the successor; null where nobody knows it.</param>
public sealed record DepartmentChange(
    string Scope, string Province, string OldName, string NewName, string Relation, string Evidence, DateOnly? From);

/// <summary>The reorganisation of departments on 1 March 2025, as the reference file tells it.</summary>
public sealed class Departments
{
    readonly Func<string, string> fold;
    readonly HashSet<string> refounded, ended;

    /// <param name="fold">Search key of a name: case, marks and blanks make no difference.</param>
    public static Departments Load(Func<string, string> fold) => new([.. ReferenceCsv.Read("departments_2025.csv").Select(Read)], fold);

    Departments(IReadOnlyList<DepartmentChange> all, Func<string, string> fold)
    {
        All = all;
        this.fold = fold;
        var merged = all.Where(change => change.Scope != "central" && change.Relation is "merge" or "merge_same_name").ToList();
        refounded = [.. merged.Where(change => change.Relation == "merge_same_name").Select(change => fold(change.OldName))];
        ended = [.. merged.Select(change => fold(change.OldName)).Where(name => !refounded.Contains(name))];
    }

    /// <summary>The day on which most departments were founded anew (Decree 45/2025/NĐ-CP).</summary>
    public static readonly DateOnly Merger = new(2025, 3, 1);

    public IReadOnlyList<DepartmentChange> All { get; }

    /// <summary>A department whose successor has its name: from <see cref="Merger"/> on the name means another body.</summary>
    public bool IsRefounded(string name) => refounded.Contains(fold(name));

    /// <summary>A department that was merged into one of another name.</summary>
    public bool IsEnded(string name) => ended.Contains(fold(name));

    /// <summary>Key of a unit's name in any system and province: what units called alike have in common.</summary>
    public static long NameKey(ReadOnlySpan<byte> foldedName) => StableKey.Seal(StableKey.Chain(1, foldedName));

    static DepartmentChange Read(IReadOnlyDictionary<string, string> row)
    {
        var scope = row["scope"];
        var kind = scope.StartsWith("ALL", StringComparison.Ordinal) ? "national" : scope.StartsWith("CENTRAL", StringComparison.Ordinal) ? "central" : "province";
        return new(
            // "Hà Tĩnh (model of the split)": the split was found for that province alone.
            kind, kind == "province" ? scope.Split('(')[0].Trim() : "", row["old_name_vi"], row["new_name_vi"], row["relation"], row["verified"],
            row["effective_date"].Length == 0 ? null : DateOnly.ParseExact(row["effective_date"], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }
}
