using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Reports.Texts;
using Warehouse.Measures;

namespace Reports.Charts;

/// <summary>
/// Numbers → ECharts options, one method per shape of chart. What a script must not know stays here: words, number
/// formats, which labels fit. Values that begin with <c>--</c> are colour tokens of the style sheet; an item's <c>tip</c>
/// is its tooltip, line by line, and its <c>href</c> the view that a click opens.
/// </summary>
public sealed class ChartOptions(Language language, IReadOnlyDictionary<string, Measure> measures)
{
    /// <summary>Below this share of the axis a segment is too small for its label; the number is in tooltip and table. The script leaves out more where the screen is narrow.</summary>
    const double LabelFrom = 0.03;

    /// <summary>Longer names end in an ellipsis beside a bar; the tooltip and the table have them whole.</summary>
    const int LongName = 22;

    /// <summary>As it stands in the page: <c>&lt;</c> and <c>&amp;</c> are escaped, Vietnamese letters are not.</summary>
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Upright bars of counts, one per day, parts stacked, the total above.</summary>
    public string Columns(IReadOnlyList<Column> columns, IReadOnlyList<string> parts)
    {
        var most = Math.Max(1, columns.Max(column => parts.Sum(column.Count)));
        var series = parts.Where(part => columns.Any(column => column.Count(part) > 0)).Select(part => Stacked(part,
            columns.Select(column => Item(column.Count(part), language.Number(column.Count(part)), column.Count(part) >= most * LabelFrom, part,
                [column.Title, Of(part, column.Count(part), column.Whole)], column.Link)))).ToList();
        series.Add(new { type = "bar", stack = "parts", silent = true, itemStyle = new { color = "transparent" }, data = columns.Select(column => Total(column, parts)) });
        return JsonSerializer.Serialize(new
        {
            grid = new { left = 8, right = 8, top = 28, bottom = 44 },
            xAxis = new { type = "category", data = columns.Select(column => column.Axis), axisTick = new { show = false }, axisLine = new { lineStyle = new { color = "--line" } }, axisLabel = new { color = "--text", fontSize = 13, lineHeight = 17, interval = 0 } },
            yAxis = new { type = "value", show = false, max = most * 1.02 },
            series,
        }, Json);
    }

    /// <summary>Lying bars of shares, one per place or year, every one as long as the others: their parts are compared.</summary>
    public string Shares(IReadOnlyList<Split> splits)
    {
        var series = DrawnParts(splits).Select(part => Stacked(part, splits.Select(split =>
        {
            var share = split.Tally.Share(part) ?? 0;
            return Item(share, language.Percent(share), share >= LabelFrom, part, [split.Name, Of(part, split.Tally.Count(part), split.Tally.Count(Parts.Base))], split.Link);
        })));
        return JsonSerializer.Serialize(new
        {
            grid = new { left = 20, right = 16, top = 4, bottom = 4, containLabel = true },
            xAxis = new { type = "value", show = false, max = 1 },
            yAxis = new { type = "category", inverse = true, data = splits.Select(split => $"{Shortened(split.Name)} ({language.Number(split.Tally.Count(Parts.Base))})"), axisTick = new { show = false }, axisLine = new { show = false }, axisLabel = new { color = "--text", fontSize = 13, interval = 0 } },
            series,
        }, Json);
    }

    /// <summary>The parts that have any task, in their order: empty ones are not drawn.</summary>
    public static IReadOnlyList<string> DrawnParts(IReadOnlyList<Split> splits) =>
        [.. Parts.All.Where(part => splits.Any(split => split.Tally.Count(part) > 0))];

    static string Shortened(string name) => name.Length <= LongName ? name : name[..LongName].TrimEnd() + "…";

    string Of(string part, long count, long whole) =>
        $"{language.Label(measures[part])}: {language.Number(count)} / {language.Number(whole)} ({language.Percent(whole == 0 ? null : (double)count / whole)})";

    object Total(Column column, IReadOnlyList<string> parts) => new
    {
        value = 0,
        label = new { show = true, position = "top", formatter = language.Number(parts.Sum(column.Count)), color = "--text", fontSize = 14, fontWeight = 600 },
    };

    static object Stacked(string part, IEnumerable<object> data) => new
    {
        type = "bar", stack = "parts", name = part, barMaxWidth = 64, barCategoryGap = "20%",
        itemStyle = new { color = $"--{part.Replace('_', '-')}", borderColor = "--surface", borderWidth = 1 },
        emphasis = new { disabled = true },
        data,
    };

    static object Item(double value, string label, bool fits, string part, string[] tip, string? link) => new
    {
        value, tip, href = link,
        label = fits ? new { show = true, formatter = label, color = $"--on-{part.Replace('_', '-')}", fontSize = 12 } : null,
    };
}

/// <summary>One upright bar.</summary>
/// <param name="Axis">Under the bar; may have two lines.</param>
/// <param name="Title">In the tooltip.</param>
/// <param name="Whole">The base of its parts.</param>
public sealed record Column(string Axis, string Title, long Whole, Func<string, long> Count, string? Link);
