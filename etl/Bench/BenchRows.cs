using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Etl.Sources;

namespace Etl.Bench;

/// <summary>The rows of <see cref="BenchFile"/> with days and instants as such, streamed: what a bulk path of a driver takes.</summary>
sealed class BenchRows(CsvReader file) : DbDataReader
{
    readonly RowBatch batch = new(BenchFile.Columns.Length);
    int row = -1;

    public override int FieldCount => BenchFile.Columns.Length;

    public override bool HasRows => true;

    public override bool IsClosed => false;

    public override int Depth => 0;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (++row < batch.Count) return true;
        batch.Clear();
        row = 0;
        return await file.ReadAsync(batch, cancellationToken);
    }

    /// <returns>A text, a day or instant, or null of the database.</returns>
    public override object GetValue(int ordinal)
    {
        var text = Encoding.UTF8.GetString(batch.Field(row, ordinal));
        return text.Length == 0 ? DBNull.Value : BenchFile.KindOf(ordinal) switch
        {
            BenchKind.Day => DateTime.ParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture),
            BenchKind.Instant => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            _ => text,
        };
    }

    public override bool IsDBNull(int ordinal) => batch.Field(row, ordinal).IsEmpty;

    public override string GetName(int ordinal) => BenchFile.Columns[ordinal];

    public override int GetOrdinal(string name) => Array.IndexOf(BenchFile.Columns, name);

    public override Type GetFieldType(int ordinal) => BenchFile.KindOf(ordinal) == BenchKind.Text ? typeof(string) : typeof(DateTime);

    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);

    public override bool NextResult() => false;

    // No bulk path asks for these.
    public override string GetDataTypeName(int ordinal) => throw new NotSupportedException();

    public override bool GetBoolean(int ordinal) => throw new NotSupportedException();

    public override byte GetByte(int ordinal) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override decimal GetDecimal(int ordinal) => throw new NotSupportedException();

    public override double GetDouble(int ordinal) => throw new NotSupportedException();

    public override float GetFloat(int ordinal) => throw new NotSupportedException();

    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    public override short GetInt16(int ordinal) => throw new NotSupportedException();

    public override int GetInt32(int ordinal) => throw new NotSupportedException();

    public override long GetInt64(int ordinal) => throw new NotSupportedException();

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();
}
