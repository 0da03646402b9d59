using Reports.Published;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Reports.Filters;

/// <summary>Judges a view by what the publication holds.</summary>
public static class ViewCheck
{
    /// <exception cref="ViewException">There are no numbers as of that day, or no tasks of that province.</exception>
    public static void Check(View view, Known known)
    {
        if (view.AsOf > known.NewestExtract) throw new ViewException("bad.as_of_late", [view.AsOf.Value, known.NewestExtract], view with { AsOf = known.NewestExtract });
        if (view.AsOf < known.FirstAssigned) throw new ViewException("bad.as_of_early", [view.AsOf.Value, known.FirstAssigned], view with { AsOf = known.FirstAssigned });
        if (view.Province is { } province && !known.Provinces.Contains(province))
            throw new ViewException("bad.province", [province], view with { Province = known.Provinces.Count > 0 ? Nearest.To(province, known.Provinces) : null });
    }
}
