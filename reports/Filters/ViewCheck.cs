using Reports.Published;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Reports.Filters;

/// <summary>Judges a view by what the publication holds and by the measure catalogue.</summary>
public static class ViewCheck
{
    /// <summary>What marks of the pages stand for.</summary>
    static readonly IReadOnlyList<string> Picked = ["province", "agency", "assigned_year", "feed", "task_kind", "assigner_level"];

    /// <returns>The view with its province's name in both languages.</returns>
    /// <exception cref="ViewException">There are no numbers as of that day, or no such province, agency, kind or mark.</exception>
    public static async Task<View> CheckAsync(View view, Known known, PublishedState state, CancellationToken cancel)
    {
        if (view.AsOf > known.NewestExtract) throw new ViewException("bad.as_of_late", [view.AsOf.Value, known.NewestExtract], view with { AsOf = known.NewestExtract });
        if (view.AsOf < known.FirstAssigned) throw new ViewException("bad.as_of_early", [view.AsOf.Value, known.FirstAssigned], view with { AsOf = known.FirstAssigned });
        if (view.Kind is { } kind && kind != KindFilter.ButRoutine && !known.Kinds.Contains(kind))
            throw new ViewException("bad.kind", [kind, string.Join(", ", [KindFilter.ButRoutine, .. known.Kinds])], view with { Kind = Nearest.To(kind, [KindFilter.ButRoutine, .. known.Kinds]) });
        view = await WithProvinceAsync(view, known, state, cancel);
        view = await WithAgencyAsync(view, state, cancel);
        return await WithPickAsync(view, state, cancel);
    }

    static async Task<View> WithProvinceAsync(View view, Known known, PublishedState state, CancellationToken cancel)
    {
        if (view.Province is not { } asked) return view;
        var province = state.Province(asked);
        if (known.Provinces.Contains(province)) return view with { Province = province.Name, ShownProvince = province.Shown(view.Language.IsEnglish) };
        await CheckSuccessorAsync(view, province, state, cancel);
        var near = Nearest.To(asked, [.. known.Provinces.Select(one => one.Name)]);
        throw new ViewException("bad.province", [asked], view with { Province = near, Agency = null });
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
            throw new ViewException("bad.province_merged", [province.Shown(view.Language.IsEnglish), successor.Shown(view.Language.IsEnglish), merged.Since], view with { Province = successor.Name, Agency = null });
        }
        catch (CatalogException)
        {
            // No province at all: the caller says so.
        }
    }

    static async Task<View> WithAgencyAsync(View view, PublishedState state, CancellationToken cancel)
    {
        if (view.Agency is not { } agency) return view;
        var agencies = await AgenciesAsync(view, state, cancel);
        return agencies.Contains(agency) ? view : throw new ViewException("bad.agency", [agency], view with { Agency = Nearest.To(agency, agencies) });
    }

    static async Task<View> WithPickAsync(View view, PublishedState state, CancellationToken cancel)
    {
        if (view.Pick is not { } pick) return view;
        var bare = view with { Pick = null };
        if (!Picked.Contains(pick.Dimension)) throw new ViewException("bad.pick_dimension", [pick.Dimension, Nearest.To(pick.Dimension, Picked) ?? string.Join(", ", Picked)], bare);
        if (pick.Dimension == "assigned_year") return int.TryParse(pick.Value, out var year) && year is > 1900 and < 2100 ? view : throw new ViewException("bad.pick_value", [pick.Value], bare);
        var table = await state.AskAsync(new(["assigned"], [pick.Dimension], [new("scope", [view.Scope])], view.AsOf, View: view.Units), cancel);
        var values = table.Rows.Select(row => row.By[0]).OfType<string>().ToList();
        return values.Contains(pick.Value) ? view : throw new ViewException("bad.pick_value", [pick.Value], Nearest.To(pick.Value, values) is { } near ? view with { Pick = pick with { Value = near } } : bare);
    }

    /// <summary>The lead agencies of the province, or of the scope where no province is asked for.</summary>
    public static async Task<IReadOnlyList<string>> AgenciesAsync(View view, PublishedState state, CancellationToken cancel)
    {
        Condition[] where = [new("scope", [view.Scope]), .. view.Province is { } province ? new[] { new Condition("province", [province]) } : []];
        var table = await state.AskAsync(new(["assigned"], ["agency"], where, view.AsOf, View: view.Units), cancel);
        return [.. table.Rows.Where(row => row.Values[0].Count > 0).Select(row => row.By[0]).OfType<string>().Distinct()];
    }
}
