using System.Text;

namespace Etl.Demo;

/// <summary>Lines of a CSV file, quoted where they must be.</summary>
sealed class CsvLines(char separator)
{
    readonly StringBuilder text = new();

    public void Add(object?[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) text.Append(separator);
            var field = Convert.ToString(fields[i], System.Globalization.CultureInfo.InvariantCulture) ?? "";
            if (field.Contains(separator) || field.Contains('"') || field.Contains('\n')) text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else text.Append(field);
        }
        text.Append("\r\n");
    }

    public override string ToString() => text.ToString();
}
