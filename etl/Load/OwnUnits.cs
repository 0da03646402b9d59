using Warehouse.Reference;

namespace Etl.Load;

/// <summary>A body that the name of an agency meant from one day to another.</summary>
/// <param name="ProvinceKey">The province version of its first day; null where its rows name none.</param>
/// <param name="To">Day after the last; 9999-12-31 where the name still means it.</param>
readonly record struct OwnUnit(bool IsFirst, int? ProvinceKey, DateOnly From, DateOnly To);

/// <summary>
/// Tells the bodies of one name apart where a system has no list of agencies: a department that was founded anew on
/// 1 March 2025 under its old name, and every unit of a province that was founded anew on 1 July 2025 under its old name.
/// </summary>
sealed class OwnUnits(Departments departments)
{
    static readonly DateOnly First = new(1900, 1, 1), Last = new(9999, 12, 31);
    static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    /// <summary>In the order of time; one that covers all days where the name always meant the same.</summary>
    public IEnumerable<OwnUnit> Of(string name, Place? place)
    {
        if (place is null || KeyAt(place, First) is null) return [new(true, null, First, Last)];
        // A department that ended keeps its one row: who goes on using its name means it.
        if (departments.IsEnded(name)) return [new(true, KeyAt(place, First), First, Last)];
        DateOnly[] cuts = [.. departments.IsRefounded(name) ? new[] { Departments.Merger } : [], .. IsRefounded(place) ? new[] { Provinces.Merger } : []];
        var starts = cuts.Prepend(First).ToList();
        return starts.Select((from, i) => new OwnUnit(i == 0, KeyAt(place, from), from, i + 1 < starts.Count ? starts[i + 1] : Last));
    }

    /// <summary>The province of that name was founded anew, not taken in by another.</summary>
    static bool IsRefounded(Place place) =>
        place.At(DayOf(Provinces.Merger)) is { } after && place.At(DayOf(Provinces.Merger.AddDays(-1))) is { } before && after.Key != before.Key && after.Name == before.Name;

    static int? KeyAt(Place place, DateOnly day) => place.At(DayOf(day))?.Key;

    static int DayOf(DateOnly day) => day.DayNumber - Epoch.DayNumber;
}
