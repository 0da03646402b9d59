using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Reports.Pages.Quality;

/// <summary>
/// The home's inbox, where corrections of refused rows wait for the next load: one JSON file a row, which the loading program
/// moves to <c>applied</c> once the row was accepted.
/// </summary>
public sealed class Inbox
{
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), WriteIndented = true };

    readonly string folder;
    readonly Dictionary<string, string> files;

    Inbox(string folder, Dictionary<string, string> files) => (this.folder, this.files) = (folder, files);

    public static Inbox Of(string home)
    {
        var folder = Path.Combine(home, "inbox");
        var files = new Dictionary<string, string>();
        if (Directory.Exists(folder))
            foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
                if (KeyIn(file) is { } key) files.TryAdd(key, file);
        return new(folder, files);
    }

    /// <summary><c>waiting</c>, or <c>applied</c> where a file was applied but the row is open in this publication, or <c>open</c>.</summary>
    public string StateOf(long key) => files.ContainsKey(Text(key)) ? "waiting" : File.Exists(Path.Combine(folder, "applied", Name(key))) ? "applied" : "open";

    /// <summary>Leaves a correction; false where a file of somebody else corrects the row already, for two would stop the load.</summary>
    public bool Leave(long key, IReadOnlyDictionary<string, string> values)
    {
        var file = Path.Combine(folder, Name(key));
        if (files.TryGetValue(Text(key), out var other) && other != file) return false;
        Directory.CreateDirectory(folder);
        // A half-written file must not be met by a load: it gets its name when it is whole.
        File.WriteAllText(file + ".part", JsonSerializer.Serialize(new { quarantine_key = Text(key), values }, Json));
        File.Move(file + ".part", file, overwrite: true);
        return true;
    }

    static string Name(long key) => $"page-{Text(key)}.json";

    static string Text(long key) => key.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number, or a number as text; null where the file is no correction.</summary>
    static string? KeyIn(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.TryGetProperty("quarantine_key", out var key) ? key.ValueKind == JsonValueKind.String ? key.GetString() : key.GetRawText() : null;
        }
        catch (Exception error) when (error is JsonException or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
