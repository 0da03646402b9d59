namespace Warehouse.Wording;

/// <summary>Finds the known name that somebody meant, so that a message about an unknown one can offer it.</summary>
public static class Nearest
{
    /// <summary>The known name with the fewest single-character edits to <paramref name="name"/>; null where even that one is unlike it.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        var best = known.Select(each => (Name: each, Edits: Edits(name, each))).OrderBy(each => each.Edits).FirstOrDefault();
        return best.Name is not null && best.Edits <= Math.Max(2, name.Length / 3) ? best.Name : null;
    }

    /// <summary>"did you mean 'folder'?" or, where nothing is near, "known are 'files', 'folder'" (twelve at most).</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var names = known as IReadOnlyCollection<string> ?? [.. known];
        if (To(name, names) is { } near) return $"did you mean '{near}'?";
        return $"known are {string.Join(", ", names.Take(12).Select(each => $"'{each}'"))}{(names.Count > 12 ? ", …" : "")}";
    }

    /// <summary>Levenshtein distance, case ignored.</summary>
    public static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
