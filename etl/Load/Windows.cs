using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>
/// The windows of one record that were loaded, in their order. A query or an API that answers as it did two windows ago
/// has changed back: that is a window of its own. Only the answer that was loaded last is no news.
/// </summary>
sealed class Windows
{
    const string Repeated = ";window=";

    readonly HashSet<string> identities;
    string? newest;
    int count;

    Windows(IEnumerable<Row> rows, IReadOnlyCollection<string> loaded)
    {
        identities = [.. loaded];
        foreach (var row in rows.OrderBy(row => row.WindowNo)) (newest, count) = (Plain(row.IdentityText), row.WindowNo);
    }

    /// <param name="loaded">The identities of all parts of the record that were loaded.</param>
    public static async Task<Windows> ReadAsync(Workspace workspace, long sourceKey, string record, IReadOnlyCollection<string> loaded, CancellationToken cancel)
    {
        const string Sql = """
            select batch.identity_text as IdentityText, load_window.window_no as WindowNo
            from raw.load_window
            join raw.batch on load_window.load_key = batch.load_key
            where load_window.source_key = @sourceKey and load_window.record_code = @record
            """;
        return new(await workspace.ReadAsync<Row>(Sql, new { sourceKey, record }, cancel), loaded);
    }

    /// <summary>Whether a window brings what the newest one brought. Without numbered windows (a home of before) any loaded one counts.</summary>
    public bool IsLoaded(string identity) => newest is null ? identities.Contains(identity) : newest == identity;

    /// <summary>The identity under which a window is kept: its own, made unique where the source has answered so before.</summary>
    public string IdentityOf(string identity) => identities.Contains(identity) ? FormattableString.Invariant($"{identity}{Repeated}{count + 1}") : identity;

    /// <summary>Writes the row of a window that is being loaded.</summary>
    public void Number(RowSink sink, LoadContext context)
    {
        var chunk = sink[RawTables.LoadWindow];
        chunk.Set(0, context.LoadKey);
        chunk.Set(1, context.SourceKey);
        chunk.Set(2, System.Text.Encoding.UTF8.GetBytes(context.Record.Name));
        chunk.Set(3, count + 1);
        chunk.EndRow();
    }

    /// <summary>Takes note of a window that was committed.</summary>
    public void Loaded(string identity)
    {
        identities.Add(IdentityOf(identity));
        (newest, count) = (identity, count + 1);
    }

    static string Plain(string identity) => identity.IndexOf(Repeated, StringComparison.Ordinal) is >= 0 and var at ? identity[..at] : identity;

    sealed record Row(string IdentityText, int WindowNo);
}
