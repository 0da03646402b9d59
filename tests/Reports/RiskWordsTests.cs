using Reports.Pages.Risk;
using Reports.Texts;
using Warehouse.Risk;
using Xunit;

namespace Tests.Pages;

/// <summary>An interval of the finish in words.</summary>
public sealed class RiskWordsTests
{
    static readonly DateOnly Due = new(2026, 10, 31);

    [Theory]
    [InlineData(5, "90%: 02/11/2026 – 31/10/2031")]
    [InlineData(6, "90%: 02/11/2026 – chưa xác định được")]
    public void An_end_years_behind_the_deadline_has_not_been_seen(int years, string expected)
    {
        var cell = RiskWords.Finish(Language.Vietnamese, new Said { Due = Due, Finish = new(2027, 1, 25), Low50 = new(2026, 11, 24), High50 = new(2027, 7, 6), Low90 = new(2026, 11, 2), High90 = Due.AddYears(years) });

        Assert.Equal("25/01/2027", cell.Text);
        Assert.EndsWith(expected, cell.Small, StringComparison.Ordinal);
    }

    sealed class Said : StoredRisk;
}
