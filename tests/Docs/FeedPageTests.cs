using Etl.Feeds;
using Etl.Sources;
using Tests.Architecture;
using Tests.Feeds;
using Xunit;

namespace Tests.Docs;

/// <summary>docs/feeds.md explains every key, setting and word that a feed may use, and none that the program does not know.</summary>
public sealed class FeedPageTests
{
    static readonly FeedWords Page = FeedWords.Read(Path.Combine(Repository.Root, "docs", "feeds.md"));

    static readonly Dictionary<string, string[]> Settings = new()
    {
        ["csv"] = CsvOptions.Names, ["workbook"] = WorkbookOptions.Names, ["rest"] = RestOptions.Names, ["sql"] = SqlOptions.Names,
    };

    static readonly Dictionary<string, RecordKind> Records = new()
    {
        ["task"] = RecordKind.Task, ["task_event"] = RecordKind.TaskEvent, ["agency"] = RecordKind.Agency, ["published_total"] = RecordKind.PublishedTotal, ["plan_request"] = RecordKind.PlanRequest,
    };

    public static TheoryData<string> Kinds => [.. SourceKinds.Names];

    public static TheoryData<string> RecordNames => [.. Records.Keys];

    [Fact]
    public void Every_key_of_a_feed_is_explained() => AssertSame(FeedFile.FeedKeys, Page.Feed);

    [Fact]
    public void Every_key_of_a_column_is_explained() => AssertSame(FeedFile.ColumnKeys, Page.Column);

    [Fact]
    public void Every_kind_of_source_is_explained() => AssertSame(SourceKinds.Names, Page.Settings.Keys);

    // A row also quotes values that settings may have, so it may hold more words than there are settings.
    [Theory, MemberData(nameof(Kinds))]
    public void Every_setting_of_a_source_is_explained(string kind) => Assert.Empty(Settings[kind].Except(Page.Settings[kind]));

    [Theory, MemberData(nameof(RecordNames))]
    public void Every_column_of_a_record_is_explained(string record)
    {
        var columns = CanonicalRecord.Of(Records[record]);
        var words = columns.Where(column => column.Name is not "status" and not "event").SelectMany(column => column.Codes ?? []);

        Assert.Empty(columns.Select(column => column.Name).Concat(words).Except(Page.Records[record]));
    }

    [Fact]
    public void Every_lifecycle_and_event_is_listed()
    {
        AssertSame(CanonicalRecord.Lifecycles, Page.Lifecycles);
        AssertSame(CanonicalRecord.Events.Keys, Page.Events);
    }

    static void AssertSame(IEnumerable<string> known, IEnumerable<string> explained) =>
        Assert.Equal(known.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
}
