using System.Text;
using Etl.Feeds;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>What feeds say of themselves, as rows: so that reports can show where a value comes from and when it is known.</summary>
static class FeedRows
{
    public static RowChunk Sources(IReadOnlyList<Feed> feeds)
    {
        var table = RawTables.Source;
        var chunk = new RowChunk(table, Math.Max(1, feeds.Count));
        foreach (var feed in feeds)
        {
            chunk.Set(table["source_key"], LoadContext.SourceKeyOf(feed.Name));
            void Text(string column, string text) => chunk.SetText(table[column], Encoding.UTF8.GetBytes(text));
            Text("feed_code", feed.Name);
            Text("system_code", feed.System);
            Text("source_name", feed.Title);
            Text("source_name_en", feed.TitleEn);
            Text("scope_code", feed.Scope);
            Text("kind_code", feed.Kind);
            Text("time_zone", feed.Zone.Id);
            Text("licence", feed.Licence);
            chunk.Set(table["is_generated"], feed.IsGenerated ? 1 : 0);
            chunk.Set(table["is_trend_only"], feed.IsTrendOnly ? 1 : 0);
            foreach (var column in feed.Records.SelectMany(record => record.Columns).Where(column => column.Name.StartsWith("category_", StringComparison.Ordinal)).DistinctBy(column => column.Name))
                Text(column.Name + "_label", column.Label);
            chunk.EndRow();
        }
        return chunk;
    }

    public static RowChunk Columns(IReadOnlyList<Feed> feeds)
    {
        var table = RawTables.FeedColumn;
        var columns = feeds.SelectMany(feed => feed.Records.SelectMany(record => record.Columns.Select(column => (feed, record, column)))).ToList();
        var chunk = new RowChunk(table, Math.Max(1, columns.Count));
        foreach (var (feed, record, column) in columns)
        {
            chunk.Set(table["source_key"], LoadContext.SourceKeyOf(feed.Name));
            chunk.Set(table["record_code"], Encoding.UTF8.GetBytes(record.Name));
            chunk.Set(table["column_name"], Encoding.UTF8.GetBytes(column.Name));
            chunk.SetText(table["from_text"], Encoding.UTF8.GetBytes(From(column)));
            chunk.Set(table["known_code"], Encoding.UTF8.GetBytes(column.Known));
            chunk.EndRow();
        }
        return chunk;
    }

    static string From(FeedColumn column) => column switch
    {
        { From.Count: > 0 } => string.Join(" | ", column.From),
        { Constant: { } constant } => $"'{constant}'",
        { Copy: { } copy } => copy,
        { Concat.Count: > 0 } => string.Join(" + ", column.Concat),
        { AddDays: { } sum } => FormattableString.Invariant($"{sum.To} + {sum.Days} days"),
        _ => "",
    };
}
