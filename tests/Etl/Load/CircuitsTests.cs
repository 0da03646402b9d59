using Etl.Feeds;
using Etl.Load;
using Etl.Sources;
using Xunit;

namespace Tests.Loading;

public sealed class CircuitsTests
{
    static readonly SourceException Absent = new(SourceFault.Absent, "cannot be reached");

    readonly MovingClock clock = new();

    [Fact]
    public void A_system_is_left_alone_after_two_absent_answers_in_a_row_and_asked_again_after_its_rest()
    {
        var (circuits, feed, other) = (new Circuits(clock), FeedOf("one"), FeedOf("other"));
        circuits.Note(feed, Absent);
        circuits.Note(feed, null);
        circuits.Note(feed, Absent);
        Assert.Null(circuits.RefusalOf(feed));

        circuits.Note(feed, Absent);
        Assert.StartsWith("the system 'one' is down: it was absent 2 times in a row and is left alone for 15 more minutes", circuits.RefusalOf(feed)!.Message);
        Assert.Null(circuits.RefusalOf(other));

        clock.Now += Circuits.Rest;
        Assert.Null(circuits.RefusalOf(feed));
        // One more absent answer is enough to leave it alone again, one good one to forget.
        circuits.Note(feed, Absent);
        Assert.NotNull(circuits.RefusalOf(feed));
        clock.Now += Circuits.Rest;
        circuits.Note(feed, null);
        circuits.Note(feed, Absent);
        Assert.Null(circuits.RefusalOf(feed));
    }

    [Fact]
    public void Nobody_asked_ahead_is_asked_more_often_than_its_turn_would_ask_it()
    {
        var (circuits, feed) = (new Circuits(clock), FeedOf("one"));
        Assert.Equal(Circuits.Patience, circuits.PatienceWith(feed));
        circuits.Note(feed, Absent);
        Assert.Equal(Circuits.Patience - 1, circuits.PatienceWith(feed));
        circuits.Note(feed, Absent);
        Assert.Equal(0, circuits.PatienceWith(feed));
        clock.Now += Circuits.Rest;
        Assert.Equal(1, circuits.PatienceWith(feed));
        circuits.Note(feed, null);
        Assert.Equal(Circuits.Patience, circuits.PatienceWith(feed));
    }

    [Fact]
    public void Bad_data_are_no_sign_of_a_system_that_is_down()
    {
        var (circuits, feed) = (new Circuits(clock), FeedOf("one"));
        for (var i = 0; i < 5; i++) circuits.Note(feed, new(SourceFault.Data, "HTML instead of JSON"));

        Assert.Null(circuits.RefusalOf(feed));
    }

    static Feed FeedOf(string system) => FeedFolder.Read(FeedFolder.Shipped)[0] with { System = system };

    sealed class MovingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 31, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
