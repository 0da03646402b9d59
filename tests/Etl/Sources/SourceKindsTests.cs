using Etl.Feeds;
using Etl.Sources;
using Xunit;
using Warehouse.Wording;

namespace Tests.Sources;

public sealed class SourceKindsTests
{
    [Theory]
    [InlineData("csv", typeof(CsvFolder))]
    [InlineData("workbook", typeof(Workbook))]
    [InlineData("rest", typeof(RestApi))]
    [InlineData("sql", typeof(SqlDatabase))]
    public async Task Each_kind_has_a_source(string kind, Type type)
    {
        await using var source = SourceKinds.Create(kind, new Dictionary<string, string> { ["kind"] = kind });
        Assert.IsType(type, source);
        var fault = Assert.Throws<SourceException>(() => SourceKinds.Create(kind, new Dictionary<string, string> { ["quite_unknown"] = "x" }));
        Assert.StartsWith($"source {kind} › quite_unknown: no such setting; known are '", fault.Message);
    }

    [Fact]
    public void An_unknown_kind_is_offered_the_nearest()
    {
        var fault = Assert.Throws<SourceException>(() => SourceKinds.Create("workbok", new Dictionary<string, string>()));
        Assert.Equal((SourceFault.Configuration, "source › kind: 'workbok' is not known; did you mean 'workbook'?"), (fault.Fault, fault.Message));
    }

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("FILES", "files", 0)]
    public void Edits_are_counted(string one, string other, int edits) => Assert.Equal(edits, Nearest.Edits(one, other));

    [Fact]
    public void What_is_like_no_known_name_has_no_nearest() => Assert.Null(Nearest.To("connection", ["url", "token"]));
}
