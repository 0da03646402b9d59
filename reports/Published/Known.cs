using System.Globalization;
using Warehouse.Engines;
using Warehouse.Measures;

namespace Reports.Published;

/// <summary>What can be asked of a scope: the days between which there are numbers, and the provinces that have tasks, as a view shows them.</summary>
/// <param name="Kinds">Codes of the task kinds, in their order.</param>
/// <param name="FirstAssigned">First day of the month of the first assignment.</param>
public sealed record Known(DateOnly FirstAssigned, DateOnly NewestExtract, IReadOnlyList<ProvinceName> Provinces, IReadOnlyList<string> Kinds)
{
    /// <returns>Null where no task of the scope was loaded.</returns>
    public static async Task<Known?> ReadAsync(PublishedState state, string scope, UnitView units, CancellationToken cancel)
    {
        var newest = state.Sources.Where(source => source.Scope == scope && !source.TrendOnly).Max(source => source.NewestExtract);
        if (newest is not { } asOf) return null;
        var table = await state.AskAsync(new(["assigned"], ["province", "assigned_month"], [new("scope", [scope])], asOf, View: units), cancel);
        var rows = table.Rows.Where(row => row.Values[0].Count > 0).ToList();
        var months = rows.Select(row => row.By[1]).OfType<string>().ToList();
        if (months.Count == 0) return null;
        var first = DateOnly.ParseExact(months.Min(StringComparer.Ordinal)!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(first, asOf, [.. rows.Select(row => row.By[0]).OfType<string>().Where(name => name != UnknownName).Distinct().Select(state.Province)], [.. await state.Session.ReadAsync<string>("select task_kind_code from warehouse.dim_task_kind order by task_kind_key", cancel: cancel)]);
    }

    /// <summary>What the dimension tables call a member that is not known; see <c>raw.unknown_member</c>.</summary>
    public const string UnknownName = "Chưa xác định";
}
