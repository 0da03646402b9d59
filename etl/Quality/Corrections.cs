using System.Globalization;
using System.Text.Json;

namespace Etl.Quality;

/// <summary>
/// What people say quarantined rows should have read: files <c>*.json</c> in the home's inbox, each
/// <c>{"quarantine_key": 123, "values": {"COLUMN": "corrected text"}}</c>. A file is moved to <c>applied</c> once its row was accepted.
/// </summary>
public sealed class Corrections
{
    const string Form = """{"quarantine_key": "123", "values": {"COLUMN": "corrected text"}}""";

    readonly Dictionary<long, (string File, IReadOnlyDictionary<string, string> Values)> byRow = [];

    public bool IsEmpty => byRow.Count == 0;

    /// <exception cref="Commands.WrongUseException">A file is not a correction; the message names it.</exception>
    public static Corrections Read(string inbox)
    {
        var corrections = new Corrections();
        if (!Directory.Exists(inbox)) return corrections;
        foreach (var file in Directory.EnumerateFiles(inbox, "*.json").Order(StringComparer.Ordinal)) corrections.Add(file);
        return corrections;
    }

    /// <summary>The corrected values of a row, by received column; empty where nobody corrected it.</summary>
    public IReadOnlyDictionary<string, string> Of(long quarantineKey) =>
        byRow.TryGetValue(quarantineKey, out var correction) ? correction.Values : new Dictionary<string, string>();

    /// <summary>The rows that somebody corrected, each with the file that says so.</summary>
    public IEnumerable<(long QuarantineKey, string File)> Rows => byRow.Select(row => (row.Key, row.Value.File));

    /// <summary>Moves the correction of an accepted row out of the way.</summary>
    public void Applied(long quarantineKey)
    {
        if (!byRow.TryGetValue(quarantineKey, out var correction)) return;
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(correction.File)!, "applied"));
        File.Move(correction.File, Path.Combine(folder.FullName, Path.GetFileName(correction.File)), overwrite: true);
    }

    void Add(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var values = json.RootElement.GetProperty("values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString() ?? "");
            var key = KeyOf(json.RootElement.GetProperty("quarantine_key"));
            if (!byRow.TryAdd(key, (file, values))) throw new Commands.WrongUseException($"{file} corrects row {key}, which {byRow[key].File} corrects already");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new Commands.WrongUseException($"{file} is not a correction ({Form}): {error.Message}");
        }
    }

    /// <summary>A number, or a number as text: JavaScript cannot hold 63 bits.</summary>
    static long KeyOf(JsonElement key) => key.ValueKind == JsonValueKind.String ? long.Parse(key.GetString()!, CultureInfo.InvariantCulture) : key.GetInt64();
}
