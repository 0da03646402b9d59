using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Reports.Texts;
using Warehouse.Measures;

namespace Reports.Charts;

/// <summary>
/// Numbers → ECharts options, one method per shape of chart. What a script must not know stays here: words, number
/// formats, which labels fit. Values that begin with <c>--</c> are colour tokens of the style sheet; an item's <c>tip</c>
/// is its tooltip, line by line, <c>href</c> the view that a click opens and <c>drill</c> the one of a right click.
/// </summary>
public sealed partial class ChartOptions(Language language, MeasureCatalog catalog)
{
    /// <summary>Below this share of the axis a segment is too small for its label; the number is in tooltip and table. The script leaves out more where the screen is narrow.</summary>
    const double LabelFrom = 0.03;

    /// <summary>Longer names end in an ellipsis beside a bar; the tooltip and the table have them whole.</summary>
    const int LongName = 22;

    /// <summary>How much of its colour a bar keeps that is not the picked one.</summary>
    const double Dimmed = 0.3;

    /// <summary>As it stands in the page: <c>&lt;</c> and <c>&amp;</c> are escaped, Vietnamese letters are not.</summary>
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Upright bars of counts, one per day, parts stacked, the total above.</summary>
    public string Columns(IReadOnlyList<Column> columns, IReadOnlyList<string> parts)
    {
        var most = Math.Max(1, columns.Max(column => column.Whole));
        var series = parts.Where(part => columns.Any(column => column.Count(part) > 0)).Select(part => Stacked(part,
            columns.Select(column => Item(column.Count(part), language.Number(column.Count(part)), column.Count(part) >= most * LabelFrom, part,
                [column.Title, Of(part, column.Count(part), column.Whole)], column.Link)))).ToList();
        long Told(Column column) => parts.Sum(column.Count);
        if (columns.Any(column => Told(column) < column.Whole)) series.Add(Rest(columns.Select(column => RestItem(column.Whole - Told(column), [column.Title, language.Say("pick.rest", column.Whole - Told(column), column.Whole)], column.Link))));
        series.Add(new { type = "bar", stack = "parts", silent = true, itemStyle = new { color = "transparent" }, data = columns.Select(column => Total(Told(column), column.Whole)) });
        return Written(new
        {
            grid = new { left = 8, right = 8, top = 40, bottom = 44 },
            xAxis = new { type = "category", data = columns.Select(column => column.Axis), axisTick = new { show = false }, axisLine = new { lineStyle = new { color = "--line" } }, axisLabel = new { color = "--text", fontSize = 13, lineHeight = 17, interval = 0 } },
            yAxis = new { type = "value", show = false, max = most * 1.02 },
            series,
        });
    }

    /// <summary>Lying bars of shares, one per place or year, every one as long as the others: their parts are compared.</summary>
    /// <param name="link">The view that a click on a part of a bar opens.</param>
    /// <param name="drill">The view one level below it.</param>
    public string Shares(IReadOnlyList<Split> splits, Func<Split, string, string?> link, Func<Split, string, string?> drill)
    {
        var anyCurrent = splits.Any(split => split.IsCurrent);
        double? Opacity(Split split) => anyCurrent && !split.IsCurrent ? Dimmed : null;
        var series = DrawnParts(splits).Select(part => Stacked(part, splits.Select(split =>
        {
            var whole = split.Tally.Count(Parts.Base);
            var share = whole == 0 ? 0 : (double)split.Told.Count(part) / whole;
            return Item(share, language.Percent(share), share >= LabelFrom, part, [split.Name, Of(part, split.Told.Count(part), whole)], link(split, part), drill(split, part), Opacity(split));
        }))).ToList();
        if (splits.Any(split => split.Picked is not null))
            series.Add(Rest(splits.Select(split =>
            {
                var (whole, rest) = (split.Tally.Count(Parts.Base), split.Tally.Count(Parts.Base) - split.Told.Count(Parts.Base));
                return RestItem(whole == 0 ? 0 : (double)rest / whole, [split.Name, language.Say("pick.rest", rest, whole)], link(split, Parts.Rest));
            })));
        return Written(new
        {
            grid = new { left = 22, right = 16, top = 4, bottom = 4, containLabel = true },
            xAxis = new { type = "value", show = false, max = 1 },
            yAxis = new { type = "category", inverse = true, data = splits.Select(split => $"{Shortened(split.Name)} ({language.Number(split.Tally.Count(Parts.Base))})"), axisTick = new { show = false }, axisLine = new { show = false }, axisLabel = new { color = "--text", fontSize = 13, interval = 0 } },
            series,
        });
    }

    /// <summary>The parts that have any task, in their order: empty ones are not drawn.</summary>
    public static IReadOnlyList<string> DrawnParts(IReadOnlyList<Split> splits) =>
        [.. Parts.All.Where(part => splits.Any(split => split.Tally.Count(part) > 0))];

    /// <summary>For lying bars: the next of the heights that the style sheet reserves.</summary>
    public static string HeightOf(int bars) => bars switch
    {
        <= 1 => "bars-1", <= 2 => "bars-2", <= 4 => "bars-4", <= 6 => "bars-6", <= 9 => "bars-9", <= 12 => "bars-12", <= 16 => "bars-16", <= 24 => "bars-24", _ => "bars-34",
    };

    static string Written(object options) => JsonSerializer.Serialize(options, Json);

    static string Shortened(string name) => name.Length <= LongName ? name : name[..LongName].TrimEnd() + "…";

    string Of(string part, long count, long whole) =>
        $"{language.Label(catalog.Measure(part))}: {language.Number(count)} / {language.Number(whole)} ({language.Percent(whole == 0 ? null : (double)count / whole)})";

    object Total(long told, long whole) => new
    {
        value = 0,
        label = new { show = true, position = "top", formatter = told < whole ? $"{language.Number(told)}\n/ {language.Number(whole)}" : language.Number(whole), lineHeight = 16, color = "--text", fontSize = 14, fontWeight = 600 },
    };

    static object Stacked(string part, IEnumerable<object> data) => new
    {
        type = "bar", stack = "parts", name = part, barMaxWidth = 64, barCategoryGap = "20%",
        itemStyle = new { color = "--" + Parts.Token(part), borderColor = "--surface", borderWidth = 1 },
        emphasis = new { disabled = true },
        data,
    };

    /// <summary>What was not picked of a bar: pale, so that the picked parts stand before their whole.</summary>
    static object Rest(IEnumerable<object> data) => new
    {
        type = "bar", stack = "parts", name = Parts.Rest, barMaxWidth = 64, barCategoryGap = "20%",
        itemStyle = new { color = "--rest", borderColor = "--surface", borderWidth = 1 }, emphasis = new { disabled = true }, data,
    };

    static object RestItem(double value, string[] tip, string? link) => new { value, tip, href = link };

    static object Item(double value, string label, bool fits, string part, string[] tip, string? link, string? drill = null, double? opacity = null) => new
    {
        value, tip, href = link, drill,
        itemStyle = opacity is { } faint ? new { opacity = faint } : null,
        label = fits && opacity is null ? new { show = true, formatter = label, color = "--on-" + Parts.Token(part), fontSize = 12 } : null,
    };
}

/// <summary>One upright bar.</summary>
/// <param name="Axis">Under the bar; may have two lines.</param>
/// <param name="Title">In the tooltip.</param>
/// <param name="Whole">The base of its parts.</param>
public sealed record Column(string Axis, string Title, long Whole, Func<string, long> Count, string? Link);
