using Warehouse.Engines;

namespace Reports.Published;

/// <summary>A province's name in both languages.</summary>
public sealed record ProvinceName(string Name, string NameEn)
{
    public string Shown(bool english) => english ? NameEn : Name;

    /// <summary>Every province of the publication, old ones too, by either name.</summary>
    public static async Task<IReadOnlyDictionary<string, ProvinceName>> ReadAsync(Session session, CancellationToken cancel)
    {
        var rows = await session.ReadAsync<Row>("select distinct province_name as Name, province_name_en as NameEn from warehouse.dim_province", cancel: cancel);
        var byName = new Dictionary<string, ProvinceName>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var province = new ProvinceName(row.Name, row.NameEn);
            byName[province.Name] = province;
            byName.TryAdd(province.NameEn, province);
        }
        return byName;
    }

    sealed class Row
    {
        public string Name { get; set; } = "";
        public string NameEn { get; set; } = "";
    }
}
