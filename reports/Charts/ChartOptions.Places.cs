using System.Globalization;

namespace Reports.Charts;

public sealed partial class ChartOptions
{
    /// <summary>A map whose areas have one of a few shades; the shapes come from an asset that the figure names.</summary>
    /// <param name="labels">Words at a place of the map: longitude, latitude.</param>
    public string Map(IReadOnlyList<Area> areas, IReadOnlyList<(double Longitude, double Latitude, string Text)> labels)
    {
        var any = areas.Any(area => area.IsCurrent);
        return Written(new
        {
            geo = new
            {
                map = "provinces", nameProperty = "code", roam = false, aspectScale = 0.97, top = 6, bottom = 6, left = 6, right = 6, silent = true,
                itemStyle = new { areaColor = "--map-0", borderColor = "--surface", borderWidth = 0.6 }, emphasis = new { disabled = true }, label = new { show = false },
                // A series that is drawn on the shapes of geo takes their style; each region says its own.
                regions = areas.Select(area => new { name = area.Code, itemStyle = new { areaColor = $"--map-{area.Shade}", borderColor = area.IsCurrent ? "--text" : "--surface", borderWidth = area.IsCurrent ? 2 : 0.6, opacity = any && !area.IsCurrent ? 0.55 : 1 } }),
            },
            series = new object[]
            {
                new
                {
                    type = "map", map = "provinces", nameProperty = "code", geoIndex = 0, selectedMode = false, emphasis = new { disabled = true }, label = new { show = false },
                    data = areas.Select(area => new { name = area.Code, value = area.Shade, tip = area.Tip, href = area.Link }),
                },
                new
                {
                    type = "scatter", coordinateSystem = "geo", symbolSize = 0.1, silent = true,
                    data = labels.Select(label => new { value = new[] { label.Longitude, label.Latitude }, label = new { show = true, formatter = label.Text, color = "--text", fontSize = 11, lineHeight = 14 } }),
                },
            },
        });
    }

    /// <summary>Small charts of one scale, as many in a row as fit: the script lays them out.</summary>
    /// <param name="marks">Days at which something changed for all.</param>
    /// <param name="years">The first and the last on the axis.</param>
    public string Multiples(IReadOnlyList<Series> series, IReadOnlyList<(DateOnly Day, string Text)> marks, (int First, int Last) years)
    {
        var values = series.SelectMany(one => one.Points.Select(point => point.Value)).DefaultIfEmpty(0).ToList();
        var low = Math.Floor(values.Min() * 10) / 10;
        return Written(new
        {
            renderAs = "multiples",
            low, high = Math.Min(1, Math.Ceiling(values.Max() * 10) / 10), lowText = language.Percent(low), highText = language.Percent(Math.Min(1, Math.Ceiling(values.Max() * 10) / 10)),
            from = $"{years.First}-01-01", to = $"{years.Last}-12-31",
            marks = marks.Select(mark => new { day = Day(mark.Day), text = mark.Text }),
            series = series.Select(one => new { name = one.Name, data = one.Points.Select(point => new { value = new object[] { Day(point.Day), point.Value }, tip = new[] { one.Name, $"{language.Say("chart.quarter", (long)((point.Day.Month - 1) / 3 + 1), point.Day.Year.ToString(CultureInfo.InvariantCulture))}: {point.Text}" } }) }),
        });
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A shape of a map.</summary>
/// <param name="Code">As the shape has it.</param>
/// <param name="Shade">From 1; 0 where there is nothing to say of it.</param>
public sealed record Area(string Code, int Shade, IReadOnlyList<string> Tip, string? Link, bool IsCurrent);

/// <summary>One small chart.</summary>
public sealed record Series(string Name, IReadOnlyList<(DateOnly Day, double Value, string Text)> Points);
