using System.Text.Json;
using Etl.Sources;

namespace Etl.Quality;

/// <summary>A quarantined row as it is stored.</summary>
public sealed record StoredRow(long QuarantineKey, long RowNo, string RuleCode, string Part, string ReceivedRow, DateOnly? ExtractDate);

/// <summary>Quarantined rows of one part as a part to load: what was received, with what people corrected.</summary>
sealed class ReplayPart : SourcePart
{
    readonly List<(StoredRow Row, Dictionary<string, string> Fields)> rows = [];
    readonly List<string> columns;
    int next;

    public ReplayPart(IReadOnlyList<StoredRow> stored, Corrections corrections, string identity)
    {
        Name = $"{stored[0].Part} (replayed)";
        Identity = identity;
        ExtractDate = stored[0].ExtractDate;
        foreach (var row in stored)
        {
            var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(row.ReceivedRow)!;
            foreach (var (column, value) in corrections.Of(row.QuarantineKey)) fields[column] = value;
            rows.Add((row, fields));
        }
        columns = [.. rows.SelectMany(row => row.Fields.Keys).Distinct()];
    }

    public override string Name { get; }

    public override string Identity { get; }

    public override DateOnly? ExtractDate { get; }

    public override IReadOnlyList<string> Columns => columns;

    /// <summary>The stored row that was read as the n-th one.</summary>
    public StoredRow RowAt(int ordinal) => rows[ordinal].Row;

    public override ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel)
    {
        if (next == rows.Count) return ValueTask.FromResult(false);
        for (; next < rows.Count && !batch.IsFull; next++)
        {
            for (var i = 0; i < columns.Count; i++)
                if (rows[next].Fields.TryGetValue(columns[i], out var value)) batch.Set(i, value);
            batch.EndRow(rows[next].Row.RowNo);
        }
        return ValueTask.FromResult(true);
    }
}
