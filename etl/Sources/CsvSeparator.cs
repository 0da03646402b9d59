namespace Etl.Sources;

/// <summary>Tells the separator of a CSV file from its first records.</summary>
static class CsvSeparator
{
    const int Records = 20;
    static readonly byte[] Candidates = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    /// <summary>
    /// The candidate, outside of quotes, that gives the most records as many fields as the header; among equals the one
    /// that gives more fields. So a decimal comma does not win from the semicolon between the columns.
    /// </summary>
    public static byte Guess(ReadOnlySpan<byte> text)
    {
        var best = (Separator: (byte)',', Alike: 0, Fields: 1);
        foreach (var candidate in Candidates)
        {
            var fields = CountFields(text, candidate);
            if (fields is not [> 1, ..]) continue;
            var alike = fields.Count(count => count == fields[0]) * 100 / fields.Count;
            if (alike > best.Alike || alike == best.Alike && fields[0] > best.Fields) best = (candidate, alike, fields[0]);
        }
        return best.Separator;
    }

    /// <summary>Fields of each of the first records; a record cut off by the end of the text counts only where it is the only one.</summary>
    static List<int> CountFields(ReadOnlySpan<byte> text, byte separator)
    {
        var counts = new List<int>();
        var (fields, recordStart, fieldStart, quoted) = (1, 0, 0, false);
        for (var at = 0; at < text.Length && counts.Count < Records; at++)
        {
            var mark = text[at];
            if (mark == '"' && (quoted || at == fieldStart)) quoted = !quoted;
            if (quoted) continue;
            if (mark == separator)
            {
                fields++;
                fieldStart = at + 1;
            }
            else if (mark is (byte)'\n' or (byte)'\r')
            {
                if (at > recordStart) counts.Add(fields);
                (fields, recordStart, fieldStart) = (1, at + 1, at + 1);
            }
        }
        if (counts.Count == 0) counts.Add(fields);
        return counts;
    }
}
