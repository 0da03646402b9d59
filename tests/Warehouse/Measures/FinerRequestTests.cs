using Warehouse.Measures;
using Xunit;

namespace Tests.Measures;

/// <summary>Which answers follow from one that was split further; that they are those of the request itself is asked of every case of the measures.</summary>
public sealed class FinerRequestTests
{
    static readonly MeasureCatalog Catalog = MeasureCatalog.Load();
    static readonly string[] Marks = ["province", "assigned_year"];
    static readonly Condition Scope = new("scope", ["vietnam"]), Picked = new("province", ["Cần Thơ"]);

    [Fact]
    public void It_is_asked_without_the_member_and_split_by_every_mark()
    {
        var finer = FinerRequest.Of(Catalog, new(["open"], ["assigned_year"], [Scope, Picked]), Marks, Picked)!.Request;
        Assert.Equal(["assigned_year", "province"], finer.By);
        Assert.Equal([Scope], finer.Where);
    }

    [Fact]
    public void What_is_of_the_whole_and_what_is_of_a_member_are_one_question()
    {
        var whole = FinerRequest.Of(Catalog, new(["open"], ["assigned_year"], [Scope]), Marks, Picked)!.Request;
        var member = FinerRequest.Of(Catalog, new(["open"], ["assigned_year"], [Scope, Picked]), Marks, Picked)!.Request;
        Assert.Equal(whole.Rows, member.Rows);
    }

    [Theory]
    [InlineData("handling_days_p90", "province")]
    [InlineData("open", "feed")]
    public void Parts_that_do_not_add_or_are_of_other_rows_are_not_asked_for(string measure, string mark) =>
        Assert.Null(FinerRequest.Of(Catalog, new([measure], [], [Scope]), [mark], null));

    [Fact]
    public void A_member_that_is_no_mark_is_asked_for_itself() =>
        Assert.Null(FinerRequest.Of(Catalog, new(["open"], [], [Scope, new("task_kind", ["plan"])]), Marks, new("task_kind", ["plan"])));

    [Theory]
    [InlineData("Cần Thơ", 7L, 9L)]
    [InlineData("Hải Phòng", 4L, 8L)]
    public void A_rate_of_a_member_is_that_of_its_rows(string province, long late, long due)
    {
        var picked = new Condition("province", [province]);
        var table = FinerRequest.Of(Catalog, new([Rate], [], [Scope, picked]), Marks, picked)!.Answer(Table())!;
        Assert.Empty(table.By);
        Assert.Equal(new MeasureValue(late, due), Assert.Single(table.Rows).Values[0]);
    }

    [Fact]
    public void Rows_without_a_name_belong_to_the_whole() =>
        Assert.Equal([("Cần Thơ", 7L), ("Hải Phòng", 4L), (null, 1L)],
            FinerRequest.Of(Catalog, new([Rate], ["province"], [Scope]), Marks, null)!.Answer(Table())!.Rows.Select(row => (row.By[0], row.Values[0].Count)).OrderByDescending(row => row.Count));

    [Theory]
    [InlineData("92")]
    [InlineData("Can Tho")]
    [InlineData("nobody")]
    public void Who_is_called_otherwise_has_to_be_asked_for(string name)
    {
        var picked = new Condition("province", [name]);
        Assert.Null(FinerRequest.Of(Catalog, new([Rate], ["assigned_year"], [Scope, picked]), Marks, picked)!.Answer(Table()));
    }

    const string Rate = "on_time_rate_of_due";

    /// <summary>Late or on time of those due, by province and year.</summary>
    static MeasureTable Table() => new(
        [.. Marks.Select(Catalog.Dimension)], [Catalog.Measure(Rate)],
        [
            new(["Cần Thơ", "2022"], [new(5, 6)]), new(["Cần Thơ", "2023"], [new(2, 3)]),
            new(["Hải Phòng", "2023"], [new(4, 8)]), new([null, "2023"], [new(1, 1)]),
        ], new(2023, 4, 24), null, null, UnitView.AsIs);
}
