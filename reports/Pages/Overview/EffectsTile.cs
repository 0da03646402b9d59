using Reports.Charts;
using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Overview;

/// <summary>Why the number of overdue tasks changed since a day, as a waterfall whose steps add to the change.</summary>
static class EffectsTile
{
    public static Tile Of(PageRequest request, string key, DateOnly since, Effects effects)
    {
        var (language, cells) = (request.Language, request.Cells);
        var (volume, mix, rate) = effects.Rounded();
        IReadOnlyList<WaterfallStep> steps =
        [
            new(request.Say("effect.at", since), effects.Before, true, request.Say("effect.at_about", since)),
            new(request.Say("effect.volume"), volume, false, request.Say("effect.volume_about")),
            new(request.Say("effect.mix"), mix, false, request.Say("effect.mix_about")),
            new(request.Say("effect.rate"), rate, false, request.Say("effect.rate_about")),
            new(request.Say("effect.at", request.AsOf), effects.After, true, request.Say("effect.at_about", request.AsOf)),
        ];
        return new("change-" + key, request.Say("overview.change_" + key, language.Change(effects.Change), since))
        {
            About = request.Say("overview.change_about"), Measures = ["open_overdue", "open"], Caption = request.Say("chart.as_of", request.AsOf),
            Chart = new(request.Charts.Waterfall(steps, "lower"), "waterfall", []),
            Table = new(
                [TableColumn.Text(request.Say("effect.step")), TableColumn.Number(request.Label("open_overdue")), TableColumn.Text(request.Say("effect.meaning"))],
                [.. steps.Select(step => new TableRow([cells.Name(step.Name), new(step.IsLevel ? language.Number((long)step.Value) : language.Signed(step.Value), step.Value), cells.Text(step.About)]))]),
        };
    }
}
