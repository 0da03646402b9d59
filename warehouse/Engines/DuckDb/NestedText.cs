using System.Globalization;
using System.Text;

namespace Warehouse.Engines.DuckDb;

/// <summary>Lists, maps and structs as text in DuckDB's notation: <c>[1, 2]</c>, <c>{k=v}</c>, <c>{'name': value}</c>.</summary>
static class NestedText
{
    public static string Of(ResultColumn column, int row)
    {
        var text = new StringBuilder();
        Write(text, column, row);
        return text.ToString();
    }

    static void Write(StringBuilder text, ResultColumn column, int row)
    {
        if (column.IsNull(row))
        {
            text.Append("NULL");
            return;
        }
        switch (column.Type)
        {
            case DuckDbType.List:
                WriteItems(text, '[', ']', column.At<ListEntry>(row), i => Write(text, column.Parts[0], i));
                break;
            case DuckDbType.Array:
                var size = (ulong)column.ArraySize;
                WriteItems(text, '[', ']', new ListEntry { Offset = (ulong)row * size, Length = size }, i => Write(text, column.Parts[0], i));
                break;
            case DuckDbType.Map:
                WriteItems(text, '{', '}', column.At<ListEntry>(row), i =>
                {
                    Write(text, column.Parts[0], i);
                    text.Append('=');
                    Write(text, column.Parts[1], i);
                });
                break;
            case DuckDbType.Struct:
                WriteItems(text, '{', '}', new ListEntry { Length = (ulong)column.Parts.Length }, i =>
                {
                    text.Append('\'').Append(column.Parts[i].Name).Append("': ");
                    Write(text, column.Parts[i], row);
                });
                break;
            default:
                text.Append(Scalar(column.Value(row)));
                break;
        }
    }

    static void WriteItems(StringBuilder text, char open, char close, ListEntry items, Action<int> write)
    {
        text.Append(open);
        for (var i = 0; i < (int)items.Length; i++)
        {
            if (i > 0) text.Append(", ");
            write((int)items.Offset + i);
        }
        text.Append(close);
    }

    static string Scalar(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
