using Reports.Charts;
using Reports.Published;
using Reports.Tables;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Reports.Pages.Compare;

/// <summary>The 34 provinces with the islands, shaded by a rate. Provinces of before are on it with what they became part of.</summary>
static class MapTile
{
    const int Shades = 5;

    public static async Task<Tile> ReadAsync(PageRequest request, Measure measure, CancellationToken cancel)
    {
        // The shapes are those of 1 July 2025; what a view of former provinces shows is put together on them.
        var units = request.View.Units == UnitView.AsWas ? UnitView.Panel : request.View.Units;
        var isPicked = request.View.Pick is { } pick && pick.Dimension != "province";
        var view = request with { View = request.View with { Units = units, Province = null } };
        var table = await request.State.AskAsync(view.Ask([measure.Name], ["province"], isPicked: isPicked), cancel);
        var codes = (await request.State.Session.ReadAsync<Shape>(Sql, cancel: cancel)).ToList();
        var rates = table.Rows.Where(row => row.By[0] is not null).GroupBy(row => row.By[0]!).ToDictionary(group => group.Key, group => new MeasureValue(group.Sum(row => row.Values[0].Count), group.Sum(row => row.Values[0].Base ?? 0)));
        var known = codes.Select(code => rates.GetValueOrDefault(code.Name)).Where(rate => rate.Base >= Wilson.FewestToRank).Select(rate => rate.Value!.Value).ToList();
        var bounds = Bounds(known);
        int ShadeOf(MeasureValue rate) => rate.Base < Wilson.FewestToRank || rate.Value is not { } value ? 0 : 1 + bounds.Skip(1).SkipLast(1).Count(bound => value >= bound);
        var (language, cells) = (request.Language, request.Cells);
        string? Link(string name) => request.View.Units == units && request.View.Province is null ? request.Here(request.View.Picking("province", name)) : null;
        var places = codes.Select(code => (code.Name, code.Gso, Rate: rates.GetValueOrDefault(code.Name))).OrderBy(place => request.Named("province", place.Name), Alphabet.Vietnamese).ToList();
        return new("map", request.Say("compare.map", language.Label(measure)))
        {
            About = request.Say(request.View.Units == UnitView.AsWas ? "compare.map_about_panel" : "compare.map_about", Wilson.FewestToRank), Width = 6, Measures = [measure.Name],
            Caption = $"{request.Say("chart.as_of", request.AsOf)} {request.Say("compare.map_source")}",
            Chart = new(request.Charts.Map([.. places.Select(place => new Area(place.Gso, ShadeOf(place.Rate),
                [request.Named("province", place.Name), place.Rate.Value is null ? request.Say("compare.no_tasks") : $"{language.Percent(place.Rate.Value)} ({language.Number(place.Rate.Count)} / {language.Number(place.Rate.Base ?? 0)})"],
                place.Rate.Base > 0 ? Link(place.Name) : null, request.View.Pick == new Filters.Pick("province", place.Name)))],
                [(112.0, 16.5, request.Say("map.paracel")), (113.2, 9.6, request.Say("map.spratly"))]), "map",
                [.. Enumerable.Range(1, Shades).Where(_ => known.Count > 0).Select(shade => ($"map-{shade}", $"{language.Percent(bounds[shade - 1])} – {language.Percent(bounds[shade])}")), ("map-0", request.Say("compare.map_none"))]) { Map = "maps/provinces-34.json" },
            Table = new(
                [TableColumn.Text(language.Label(request.Catalog.Dimension("province"))), TableColumn.Rate(language.Label(measure), language)],
                [.. places.Select(place => new TableRow([cells.Name(request.Named("province", place.Name), place.Rate.Base > 0 ? Link(place.Name) : null), cells.Rate(new(place.Rate.Count, place.Rate.Base ?? 0))]))]),
        };
    }

    const string Sql = "select province_name as \"Name\", gso_code as \"Gso\" from warehouse.dim_province where is_current = 1 and gso_code is not null order by gso_code";

    /// <summary>Equal steps over whole percents, from the lowest to the highest.</summary>
    static double[] Bounds(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return new double[Shades + 1];
        var (low, high) = (Math.Floor(values.Min() * 100), Math.Max(Math.Floor(values.Min() * 100) + Shades, Math.Ceiling(values.Max() * 100)));
        return [.. Enumerable.Range(0, Shades + 1).Select(i => (low + (high - low) * i / Shades) / 100)];
    }

    sealed class Shape
    {
        public string Name { get; set; } = "";
        public string Gso { get; set; } = "";
    }
}
