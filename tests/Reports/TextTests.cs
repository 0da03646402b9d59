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

    /// <summary>"90,0%" under a heading that asks for more than 90% is no answer.</summary>
    [Theory]
    [InlineData(199, 221, 0.9, "90,05%")]
    [InlineData(180, 200, 0.9, "90,0%")]
    [InlineData(8999, 10000, 0.9, "89,99%")]
    [InlineData(190, 200, 0.9, "95,0%")]
    [InlineData(100001, 10000000, 0.01, "1,0000%")]
    public void A_percentage_shows_on_which_side_of_its_bound_it_lies(int count, int of, double bound, string said)
    {
        Assert.Equal(said, Language.Vietnamese.PercentBeside((double)count / of, bound));
        Assert.Equal("–", Language.Vietnamese.PercentBeside(null, bound));
    }

    static List<string> Filled(string text) => [.. Place().Matches(text).Select(match => match.Value).Distinct().Order()];

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
