using Warehouse.Models;
using Xunit;

namespace Tests.Models;

/// <summary>The header of a model says how its rows are replaced.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("task_key", "", false)]
    [InlineData("task_key", "-- replaced: changed\n", true)]
    public void Rows_that_stand_are_kept_where_the_header_says_so(string key, string line, bool keeps) => Assert.Equal(keeps, Parse(key, line).KeepsUnchanged);

    [Theory]
    [InlineData("none", "-- replaced: changed\n", "no key says which they are")]
    [InlineData("task_key", "-- replaced: all\n", "replaced 'all' is not 'changed'")]
    public void A_header_that_cannot_be_followed_is_refused_with_the_file(string key, string line, string expected)
    {
        var error = Assert.Throws<ModelException>(() => Parse(key, line));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("sql/warehouse/fact.sql: ", error.Message, StringComparison.Ordinal);
    }

    static Model Parse(string key, string line) => Model.Parse("warehouse", "sql/warehouse/fact.sql", $"-- One row per task.\n-- kind: table\n-- key: {key}\n{line}select 1 as task_key");
}
