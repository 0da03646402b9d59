using Warehouse.Reference;

namespace Etl.Load;

/// <summary>A province as rows name it: what the name means at each time, and the scope of its agencies' names.</summary>
sealed class Place(string name, ulong scope, Func<string, DateOnly, Province?> resolve)
{
    // Days on which the meaning of a province's name changes; between them it is the same.
    static readonly int[] EraStarts = [Day(2025, 1, 1), Day(2025, 7, 1), Day(2026, 4, 30)];
    static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    readonly Province?[] byEra = [.. EraStarts.Prepend(0).Select(start => resolve(name, Epoch.AddDays(start)))];

    public string Name => name;

    /// <summary>Agency names of one province are told from those of another by it.</summary>
    public ulong Scope => scope;

    /// <summary>The province that the name meant on a day (days since 1970-01-01); null where it is no province.</summary>
    public Province? At(int day)
    {
        var era = EraStarts.Length;
        while (era > 0 && day < EraStarts[era - 1]) era--;
        return byEra[era];
    }

    static int Day(int year, int month, int day) => (int)ReferenceRows.DaysOf(new DateOnly(year, month, day));
}
