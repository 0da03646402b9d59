namespace Etl.Demo;

/// <summary>Reads the small reference files that come with the project: comma separated, quotes where needed.</summary>
static class ReferenceCsv
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string path)
    {
        string[]? header = null;
        foreach (var line in File.ReadLines(path))
        {
            var fields = Split(line);
            if (header is null) header = [.. fields];
            else yield return header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }

    static List<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var letter in line)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(letter);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
