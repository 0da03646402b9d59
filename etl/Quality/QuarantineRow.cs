using System.Text;
using System.Text.Json;
using Etl.Sources;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;

namespace Etl.Quality;

/// <summary>Writes a refused row as it came, with the rule that refused it and its coordinates.</summary>
static class QuarantineRow
{
    static readonly TableShape Table = RawTables.Quarantine;

    /// <param name="recordKey">Key of the row's task, where it could be read.</param>
    /// <param name="keepsContent">False where the row may be secret and its content must not be stored.</param>
    public static void Write(RowChunk chunk, long loadKey, long sourceKey, string record, RowBatch batch, int row, IReadOnlyList<string> columns, long? recordKey, Rejection rejection, bool keepsContent)
    {
        var number = batch.Number(row);
        chunk.Set(Table["quarantine_key"], StableKey.Seal(StableKey.Chain(StableKey.Chain(StableKey.Chain(0, "quarantine"u8), loadKey), number)));
        chunk.Set(Table["load_key"], loadKey);
        chunk.Set(Table["source_key"], sourceKey);
        if (recordKey is { } key) chunk.Set(Table["record_key"], key);
        chunk.Set(Table["row_no"], number);
        chunk.Set(Table["record_code"], Encoding.UTF8.GetBytes(record));
        chunk.Set(Table["rule_code"], Encoding.UTF8.GetBytes(rejection.RuleCode));
        if (rejection.Column.Length > 0) chunk.Set(Table["column_name"], Encoding.UTF8.GetBytes(rejection.Column));
        chunk.Set(Table["reason"], Encoding.UTF8.GetBytes(rejection.Reason));
        if (keepsContent)
        {
            if (rejection.Received.Length > 0) chunk.Set(Table["received_text"], Storable(rejection.Received));
            chunk.Set(Table["received_row"], Json(batch, row, columns));
        }
        chunk.EndRow();
    }

    /// <summary>The row as one JSON object, by received column name. Bytes that are no UTF-8 are shown as U+FFFD.</summary>
    static byte[] Json(RowBatch batch, int row, IReadOnlyList<string> columns)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            for (var i = 0; i < columns.Count; i++) json.WriteString(columns[i], Visible(Encoding.UTF8.GetString(batch.Field(row, i))));
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    static byte[] Storable(string text) => Encoding.UTF8.GetBytes(Visible(text));

    /// <summary>PostgreSQL stores no NUL: it is kept as its picture.</summary>
    static string Visible(string text) => text.Replace('\0', '␀');
}
