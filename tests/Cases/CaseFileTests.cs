using Xunit;

namespace Tests.Cases;

public sealed class CaseFileTests
{
    const string Given = "given: raw.task\n\n| task_key | assigned_date |\n|---|---|\n| 1 | 2023-01-10 |\n\n";

    [Fact]
    public void A_page_is_read_as_its_sentences_with_what_is_given_and_expected()
    {
        var one = Assert.Single(CaseFile.Parse("a.cases.md", $"# Page\n\nProse.\n\n## Given in every case\n\n{Given}## Case: it holds\n\nWhy.\n\nexpect: warehouse.fact_task where task_key = 1\n\n| task_key |\n|---|\n"));

        Assert.Equal("it holds", one.Sentence);
        Assert.Equal(["1", "2023-01-10"], Assert.Single(Assert.Single(one.Given).Rows));
        var expected = Assert.Single(one.Expected);
        Assert.Equal(("expect", "warehouse.fact_task where task_key = 1"), (expected.Verb, expected.Text));
        Assert.Empty(expected.Table.Rows);
    }

    [Theory]
    [InlineData("## Case: a\n\n| task_key |\n|---|\n", "line 3: nothing says what this table is")]
    [InlineData("## Case: a\n\ngiven: raw.task\n\n## Case: b\n", "line 3: 'given: raw.task' has no table before line 5")]
    [InlineData("## Case: a\n\ngiven: raw.task\n\n| a | b |\n|---|---|\n| 1 |\n", "line 7: 1 cells under 2 columns")]
    [InlineData("given: raw.task\n", "line 1: 'given: raw.task' stands outside of a case")]
    public void A_slip_is_told_with_its_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<CaseException>(() => CaseFile.Parse("a.cases.md", text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("raw.task", "task_id", "1", "raw.task has no column task_id")]
    [InlineData("raw.task", "assigned_date", "10/01/2023", "'10/01/2023' is no Date for raw.task.assigned_date")]
    [InlineData("staging.task", "task_key", "1", "a case cannot give staging.task")]
    public void A_given_row_that_fits_no_table_is_refused(string table, string column, string cell, string expected)
    {
        var given = new CaseTable(table, 3, [column], [[cell]]);
        var one = new Case("a.cases.md", "a", 1, [given], []);

        Assert.Contains(expected, Assert.Throws<CaseException>(() => GivenRows.Chunk(one, given, _ => true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_is_read_with_all_its_parts()
    {
        var request = Question.Parse(new("a.cases.md", "a", 1, [], []), "assigned, open by province, assigned_year where lifecycle=redo from 2023-01-01 to 2023-04-24 as of 2023-05-01");

        Assert.Equal(["assigned", "open"], request.Measures);
        Assert.Equal(["province", "assigned_year"], request.By);
        Assert.Equal("lifecycle", Assert.Single(request.Where).Dimension);
        Assert.Equal((new DateOnly(2023, 1, 1), new DateOnly(2023, 4, 24), new DateOnly(2023, 5, 1)), (request.From, request.To, request.AsOf));
    }

    [Fact]
    public void Sentences_of_a_page_differ() =>
        Assert.Empty(CasePages.All.GroupBy(one => (one.Page, one.Sentence)).Where(group => group.Count() > 1).Select(group => group.Key));
}
