using Etl.Feeds;
using Warehouse.Reference;
using Xunit;

namespace Tests.Reference;

public sealed class EventKindsTests
{
    [Fact]
    public void Every_event_that_a_feed_may_tell_is_of_a_kind() =>
        Assert.Equal(CanonicalRecord.Events.Keys.Append("deadline_changed").Order(StringComparer.Ordinal), EventKinds.Codes.Order(StringComparer.Ordinal));
}
