using Reports.Published;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Reports.Filters;

/// <summary>Judges a view by what the publication holds.</summary>
public static class ViewCheck
{
    /// <returns>The view with its province's name in both languages.</returns>
    /// <exception cref="ViewException">There are no numbers as of that day, or no tasks of that province.</exception>
    public static async Task<View> CheckAsync(View view, Known known, PublishedState state, CancellationToken cancel)
    {
        if (view.AsOf > known.NewestExtract) throw new ViewException("bad.as_of_late", [view.AsOf.Value, known.NewestExtract], view with { AsOf = known.NewestExtract });
        if (view.AsOf < known.FirstAssigned) throw new ViewException("bad.as_of_early", [view.AsOf.Value, known.FirstAssigned], view with { AsOf = known.FirstAssigned });
        if (view.Province is not { } asked) return view;
        var province = state.Province(asked);
        if (known.Provinces.Contains(province)) return view with { Province = province.Name, ShownProvince = province.Shown(view.Language.IsEnglish) };
        await CheckSuccessorAsync(view, province, state, cancel);
        var near = Nearest.To(asked, [.. known.Provinces.Select(one => one.Name)]);
        throw new ViewException("bad.province", [asked], view with { Province = near });
    }

    /// <exception cref="ViewException">The view shows the province as part of another.</exception>
    static async Task CheckSuccessorAsync(View view, ProvinceName province, PublishedState state, CancellationToken cancel)
    {
        try
        {
            await state.AskAsync(new(["assigned"], [], [new("scope", [view.Scope]), new("province", [province.Name])], view.AsOf, View: view.Units), cancel);
        }
        catch (SuccessorException merged)
        {
            var successor = state.Province(merged.Successors[0]);
            throw new ViewException("bad.province_merged", [province.Shown(view.Language.IsEnglish), successor.Shown(view.Language.IsEnglish), merged.Since], view with { Province = successor.Name });
        }
        catch (CatalogException)
        {
            // No province at all: the caller says so.
        }
    }
}
