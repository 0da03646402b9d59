using Warehouse.Risk;
using Xunit;

namespace Tests.Risk;

/// <summary>Reasons in words have their numbers as each language writes them.</summary>
public sealed class ReasonsTests
{
    [Theory]
    [InlineData(7, "đã quá hạn 7 ngày", "overdue for 7 days")]
    [InlineData(1346, "đã quá hạn 1.346 ngày", "overdue for 1,346 days")]
    public void A_term_that_is_over_is_told_in_days(int days, string vi, string en) => Assert.Equal((vi, en), Reasons.Overdue(days));
}
