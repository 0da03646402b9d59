using System.Text;

namespace Warehouse.Reference;

/// <summary>Reads the small CSV files that ship with the program (RFC 4180, UTF-8, a header line) as rows by column name.</summary>
public static class ReferenceCsv
{
    /// <param name="fileName">A file of the reference folder beside the program, for example <c>holidays.csv</c>.</param>
    /// <exception cref="FileNotFoundException">The program was installed without the file.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string fileName)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Reference", fileName);
        var lines = Records(File.ReadAllText(path, Encoding.UTF8)).ToList();
        var header = lines[0];
        return [.. lines.Skip(1).Select(fields => ByName(header, fields, fileName))];
    }

    static Dictionary<string, string> ByName(List<string> header, List<string> fields, string fileName)
    {
        if (fields.Count != header.Count)
            throw new InvalidDataException($"{fileName}: a row has {fields.Count} fields, the header {header.Count}: {string.Join(",", fields)}");
        return header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    static IEnumerable<List<string>> Records(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') { field.Append('"'); i++; }
            else if (c == '"') quoted = !quoted;
            else if (!quoted && c == ',') { fields.Add(field.ToString()); field.Clear(); }
            else if (!quoted && c == '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                yield return fields;
                fields = [];
            }
            else if (c != '\r' && c != '\uFEFF') field.Append(c);
        }
        if (fields.Count == 0 && field.Length == 0) yield break;
        fields.Add(field.ToString());
        yield return fields;
    }
}
