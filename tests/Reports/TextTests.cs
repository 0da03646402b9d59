using System.Text.RegularExpressions;
using Reports.Texts;
using Warehouse.Measures;
using Xunit;

namespace Tests.Pages;

public sealed partial class TextTests
{
    [Fact]
    public void Every_text_is_in_both_languages_with_the_same_places_to_fill()
    {
        Assert.All(TextCatalog.Shipped.Keys, key => Assert.Equal(
            Filled(TextCatalog.Shipped.Text(key, english: false)), Filled(TextCatalog.Shipped.Text(key, english: true))));
    }

    [Fact]
    public void Every_measure_and_dimension_has_a_name_in_both_languages()
    {
        var catalog = MeasureCatalog.Load();
        Assert.All(catalog.Measures, measure => Assert.All([measure.Label, measure.LabelEn, measure.About, measure.AboutEn], Assert.NotEmpty));
        Assert.All(catalog.Dimensions, dimension => Assert.All([dimension.Label, dimension.LabelEn], Assert.NotEmpty));
    }

    [Fact]
    public void Numbers_and_dates_are_written_as_the_language_writes_them()
    {
        var (vi, en) = (Language.Vietnamese, Language.English);
        Assert.Equal(("12.160", "12,160"), (vi.Number(12160), en.Number(12160)));
        Assert.Equal(("74,5%", "74.5%"), (vi.Percent(682 / 916.0), en.Percent(682 / 916.0)));
        Assert.Equal(("24/04/2023", "24 Apr 2023"), (vi.Date(new(2023, 4, 24)), en.Date(new(2023, 4, 24))));
        Assert.Equal("–", vi.Percent(null));
    }

    static List<string> Filled(string text) => [.. Place().Matches(text).Select(match => match.Value).Distinct().Order()];

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
