namespace Reports.Charts;

public sealed partial class ChartOptions
{
    /// <summary>Levels and the steps between them; a step is coloured by whether it is good, not by its direction.</summary>
    /// <param name="better">Of what is counted: <c>higher</c>, <c>lower</c> or empty.</param>
    /// <param name="isWhole">Steps are whole numbers.</param>
    public string Waterfall(IReadOnlyList<WaterfallStep> steps, string better, bool isWhole = false)
    {
        string Signed(double step) => isWhole ? language.Change((long)step) : language.Signed(step);
        var (below, bars, at) = (new List<double>(), new List<object>(), 0.0);
        foreach (var step in steps)
        {
            var next = step.IsLevel ? step.Value : at + step.Value;
            below.Add(step.IsLevel ? 0 : Math.Min(at, next));
            var judged = step.IsLevel ? "--completed-no-deadline" : Layout.Figure.Judge(step.Value, better) switch { "good" => "--good", "bad" => "--bad", _ => "--quiet" };
            bars.Add(new
            {
                value = step.IsLevel ? step.Value : Math.Abs(step.Value), tip = new[] { step.Name, step.IsLevel ? language.Number((long)step.Value) : Signed(step.Value), step.About },
                itemStyle = new { color = judged },
                label = new { show = true, position = "top", formatter = step.IsLevel ? language.Number((long)step.Value) : Signed(step.Value), color = "--text", fontSize = 13, fontWeight = 600 },
            });
            at = next;
        }
        // Small steps between large levels would not be seen: the axis begins a little below the lowest of them.
        return Written(new
        {
            grid = new { left = 8, right = 8, top = 28, bottom = 48 },
            xAxis = new { type = "category", data = steps.Select(step => step.Name), axisTick = new { show = false }, axisLine = new { lineStyle = new { color = "--line" } }, axisLabel = new { color = "--text", fontSize = 12, lineHeight = 15, interval = 0, width = Math.Min(92, 440 / steps.Count), overflow = "break" } },
            yAxis = new { type = "value", show = false, min = 0 },
            series = new object[]
            {
                new { type = "bar", stack = "steps", silent = true, itemStyle = new { color = "transparent" }, data = below },
                new { type = "bar", stack = "steps", name = "steps", barMaxWidth = 70, emphasis = new { disabled = true }, labelLayout = new { }, data = bars },
            },
        });
    }

    /// <summary>Lying bars of counts, in one colour.</summary>
    public string Bars(IReadOnlyList<Bar> bars)
    {
        var any = bars.Any(bar => bar.IsCurrent);
        return Written(new
        {
            grid = new { left = 22, right = 56, top = 4, bottom = 4, containLabel = true },
            xAxis = new { type = "value", show = false, min = 0 },
            yAxis = new { type = "category", inverse = true, data = bars.Select(bar => Shortened(bar.Name)), axisTick = new { show = false }, axisLine = new { show = false }, axisLabel = new { color = "--text", fontSize = 13, interval = 0 } },
            series = new object[]
            {
                new
                {
                    type = "bar", barMaxWidth = 22, emphasis = new { disabled = true }, labelLayout = new { },
                    data = bars.Select(bar => new
                    {
                        value = bar.Value, tip = bar.Tip, href = bar.Link, itemStyle = new { color = bar.Colour, opacity = any && !bar.IsCurrent ? Dimmed : 1 },
                        label = new { show = true, position = "right", formatter = bar.Label, color = "--text", fontSize = 13 },
                    }),
                },
            },
        });
    }

    /// <summary>One dot per place on a common axis, with a line at what should be reached and, where given, an interval around the dot.</summary>
    public string Dots(IReadOnlyList<Dot> dots, double? line, string lineName, bool isShare = false)
    {
        var any = dots.Any(dot => dot.IsCurrent);
        var lows = dots.Select(dot => dot.Low ?? dot.Value).Append(line ?? double.MaxValue).Min();
        var highs = dots.Select(dot => dot.High ?? dot.Value).Append(line ?? double.MinValue).Max();
        var room = Math.Max(0.02, (highs - lows) * 0.08);
        var (least, most) = (isShare ? Math.Max(0, lows - room) : lows - room, isShare ? Math.Min(1, highs + room) : highs + room);
        var intervals = dots.Select((dot, i) => dot is { Low: { } low, High: { } high } ? new { value = new[] { low, high, i } } : null).Where(one => one is not null);
        return Written(new
        {
            grid = new { left = 22, right = 60, top = line is null ? 8 : 22, bottom = 8, containLabel = true },
            xAxis = new { type = "value", show = true, min = least, max = most, axisLabel = new { show = false }, splitLine = new { show = false } },
            yAxis = new { type = "category", inverse = true, data = dots.Select(dot => Shortened(dot.Name)), axisTick = new { show = false }, axisLine = new { show = false }, axisLabel = new { color = "--text", fontSize = 13, interval = 0 }, splitLine = new { show = true, lineStyle = new { color = "--line", type = "dotted" } } },
            series = new object[]
            {
                new { type = "custom", renderAs = "interval", silent = true, itemStyle = new { color = "--completed-on-time" }, data = intervals },
                new
                {
                    type = "scatter", symbolSize = 11, emphasis = new { disabled = true },
                    data = dots.Select((dot, i) => new
                    {
                        value = new object[] { dot.Value, i }, tip = dot.Tip, href = dot.Link, drill = dot.Drill,
                        symbol = dot.IsPale ? "emptyCircle" : "circle",
                        itemStyle = new { color = dot.IsPale ? "--quiet" : "--completed-on-time", opacity = any && !dot.IsCurrent ? Dimmed : 1 },
                    }),
                    markLine = line is { } goal ? new { silent = true, symbol = "none", lineStyle = new { color = "--quiet", type = "dashed" }, label = new { show = true, position = "start", distance = 2, formatter = lineName, color = "--quiet" }, data = new[] { new { xAxis = goal } } } : null,
                },
                // The numbers stand in a column of their own, clear of the intervals.
                new
                {
                    type = "scatter", symbolSize = 0.1, silent = true,
                    data = dots.Select((dot, i) => new { value = new object[] { most, i }, label = new { show = true, position = "right", distance = 6, formatter = dot.Label, color = "--text", fontSize = 12 } }),
                },
            },
        });
    }
}

/// <summary>A level or a step of a waterfall.</summary>
/// <param name="About">What it means.</param>
public sealed record WaterfallStep(string Name, double Value, bool IsLevel, string About);

/// <param name="Colour">A token of the style sheet.</param>
public sealed record Bar(string Name, double Value, string Label, string Colour, IReadOnlyList<string> Tip, string? Link, bool IsCurrent);

/// <summary>One place on a common axis.</summary>
public sealed record Dot(string Name, double Value, string Label, IReadOnlyList<string> Tip, string? Link, string? Drill, bool IsCurrent)
{
    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>Too little is known of it to be compared.</summary>
    public bool IsPale { get; init; }
}
