using Reports.Published;
using Warehouse.Measures;
using Xunit;

namespace Tests.Pages;

/// <summary>What is remembered of answers takes no more room than it is given.</summary>
public sealed class MemoTests
{
    [Fact]
    public void It_starts_anew_when_there_are_too_many_answers()
    {
        var memo = new Memo(mostAnswers: 2);
        foreach (var question in (string[])["first", "second", "third"]) memo.Keep(question, Answer(1));
        Assert.Equal([false, false, true], Known(memo));
    }

    [Fact]
    public void It_starts_anew_when_they_have_too_many_rows()
    {
        var memo = new Memo(mostRows: 10);
        foreach (var (question, rows) in (IEnumerable<(string, int)>)[("first", 4), ("second", 6), ("third", 1)]) memo.Keep(question, Answer(rows));
        Assert.Equal([false, false, true], Known(memo));
    }

    [Fact]
    public void The_same_answer_counts_once()
    {
        var memo = new Memo(mostRows: 10);
        for (var time = 0; time < 3; time++) memo.Keep("first", Answer(4));
        memo.Keep("second", Answer(6));
        Assert.Equal([true, true, false], Known(memo));
    }

    static IEnumerable<bool> Known(Memo memo) => ((string[])["first", "second", "third"]).Select(question => memo.Find(question) is not null);

    static MeasureTable Answer(int rows) => new([], [], [.. Enumerable.Repeat(new MeasureRow([], []), rows)], new(2026, 9, 2), null, null, UnitView.AsIs);
}
