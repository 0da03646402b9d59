using System.Globalization;
using System.Text.RegularExpressions;
using Reports;
using Reports.Charts;
using Xunit;

namespace Tests.Pages;

public sealed partial class ColourTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_and_marks_have_enough_contrast(bool dark)
    {
        var tokens = Tokens(dark);
        double Contrast(string a, string b) => Ratio(tokens["--" + a], tokens["--" + b]);
        foreach (var surface in (string[])["surface", "page"])
            foreach (var text in (string[])["text", "quiet", "link", "good", "bad"]) Assert.True(Contrast(text, surface) >= 4.5, $"{text} on {surface}");
        Assert.True(Contrast("on-notice", "notice") >= 4.5);
        foreach (var part in Parts.All.Select(part => part.Replace('_', '-')))
        {
            Assert.True(Contrast("on-" + part, part) >= 4.5, $"label on {part}: {Contrast("on-" + part, part):0.0}");
            Assert.True(Contrast(part, "surface") >= 3, $"{part} on the page: {Contrast(part, "surface"):0.0}");
        }
        for (var shade = 0; shade <= 5; shade++) Assert.True(Contrast($"on-heat-{shade}", $"heat-{shade}") >= 4.5, $"heat {shade}: {Contrast($"on-heat-{shade}", $"heat-{shade}"):0.0}");
    }

    static Dictionary<string, string> Tokens(bool dark)
    {
        var parts = File.ReadAllText(Path.Combine(SiteAssets.Folder, "tokens.css")).Split("@media");
        var tokens = new Dictionary<string, string>();
        foreach (var part in dark ? parts : parts[..1])
            foreach (Match token in Token().Matches(part)) tokens[token.Groups["name"].Value] = token.Groups["hex"].Value;
        return tokens;
    }

    static double Ratio(string a, string b)
    {
        var (light, dark) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (light + 0.05) / (dark + 0.05);
    }

    /// <summary>As WCAG 2 defines it.</summary>
    static double Luminance(string hex)
    {
        double Channel(int i)
        {
            var value = int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(0) + 0.7152 * Channel(1) + 0.0722 * Channel(2);
    }

    [GeneratedRegex(@"(?<name>--[a-z0-9-]+): #(?<hex>[0-9a-f]{6});")]
    private static partial Regex Token();
}
