using System.Text;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Reference;

/// <summary>Fills the reference tables that tell who took over from whom: departments on 1 March, provinces on 1 July 2025.</summary>
static class UnitChangeRows
{
    public static RowChunk Departments(Departments departments, Provinces provinces, Func<string, string> fold)
    {
        var chunk = new RowChunk(ReferenceTables.DepartmentChange, departments.All.Count);
        for (var i = 0; i < departments.All.Count; i++)
        {
            var change = departments.All[i];
            var row = new Row(chunk);
            row["change_no"] = i + 1;
            // The version of the day before: a change of 1 July would belong to the province that ends.
            if (change.Province.Length > 0 && provinces.Resolve(change.Province, (change.From ?? Reference.Departments.Merger).AddDays(-1)) is { } province) row["province_key"] = province.Key;
            row["old_unit_name_key"] = KeyOf(change.OldName, fold);
            if (change.NewName.Length > 0) row["new_unit_name_key"] = KeyOf(change.NewName, fold);
            row.Text("scope_code", change.Scope);
            row.Text("old_name", change.OldName);
            row.Text("new_name", change.NewName.Length > 0 ? change.NewName : null);
            row.Text("relation_code", change.Relation);
            row.Text("evidence_code", change.Evidence);
            if (change.From is { } from) row["effective_date"] = ReferenceRows.DaysOf(from);
            chunk.EndRow();
        }
        return chunk;
    }

    public static RowChunk Provinces()
    {
        var lines = ReferenceCsv.Read("provinces_63_to_34.csv");
        var chunk = new RowChunk(ReferenceTables.ProvinceMerger, lines.Count);
        foreach (var line in lines)
        {
            var row = new Row(chunk);
            row.Text("old_gso_code", line["old_code"]);
            row.Text("new_gso_code", line["new_code"]);
            row.Text("old_name", line["old_name_vi"]);
            row.Text("new_name", line["new_name_vi"]);
            row.Text("relation_code", line["relation"]);
            row["effective_date"] = ReferenceRows.DaysOf(Reference.Provinces.Merger);
            chunk.EndRow();
        }
        return chunk;
    }

    static long KeyOf(string name, Func<string, string> fold) => Reference.Departments.NameKey(Encoding.UTF8.GetBytes(fold(name)));
}
