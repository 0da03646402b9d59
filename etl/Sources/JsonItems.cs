using System.Text.Json;

namespace Etl.Sources;

/// <summary>
/// Where the items are in a JSON answer: "data", "result.items", or inside one another, "data[].histories[]". The last
/// name is an array whether "[]" follows or not; an empty path means that the answer itself is the array.
/// </summary>
sealed class JsonItems(string path)
{
    readonly string[][] levels = [.. Levels(path)];

    static IEnumerable<string[]> Levels(string path)
    {
        var parts = path.Split("[]", StringSplitOptions.TrimEntries);
        var count = parts.Length > 1 && parts[^1].Length == 0 ? parts.Length - 1 : parts.Length;
        return parts.Take(count).Select(part => part.Split('.', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>False where the answer has no array in the outermost place: it is something else, such as an error.</summary>
    public bool Has(JsonElement root) => JsonField.Down(root, levels[0]) is { ValueKind: JsonValueKind.Array };

    /// <summary>The elements of the outermost array.</summary>
    public JsonElement.ArrayEnumerator Outermost(JsonElement root) => JsonField.Down(root, levels[0])!.Value.EnumerateArray();

    /// <summary>The items in order, each with what encloses it: first the answer, last the item itself.</summary>
    public IEnumerable<JsonElement[]> Of(JsonElement root) => Walk([root], 0);

    IEnumerable<JsonElement[]> Walk(JsonElement[] enclosing, int level)
    {
        // An item without the inner array has no items of that kind.
        if (JsonField.Down(enclosing[^1], levels[level]) is not { ValueKind: JsonValueKind.Array } array) yield break;
        foreach (var element in array.EnumerateArray())
        {
            JsonElement[] item = [.. enclosing, element];
            if (level == levels.Length - 1) yield return item;
            else foreach (var inner in Walk(item, level + 1)) yield return inner;
        }
    }
}

/// <summary>A wanted value relative to an item: "assignee.name", or "^.id" of what encloses the item.</summary>
sealed class JsonField
{
    readonly int up;
    readonly string[] names;

    public JsonField(string path)
    {
        var parts = path.Split('.', StringSplitOptions.RemoveEmptyEntries);
        up = parts.TakeWhile(part => part == "^").Count();
        names = parts[up..];
    }

    /// <summary>
    /// The value as text: strings as they are, numbers in the document's own digits, true and false as 1 and 0, what is
    /// absent or null as empty text, a list of texts or numbers joined by semicolons, other arrays and objects as compact JSON.
    /// </summary>
    /// <exception cref="InvalidOperationException">A string holds half a character (a lone surrogate).</exception>
    public string Of(JsonElement[] item) =>
        up < item.Length && Down(item[item.Length - 1 - up], names) is { } value ? Text(value) : "";

    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.Array when value.EnumerateArray().All(each => each.ValueKind is JsonValueKind.String or JsonValueKind.Number) =>
            string.Join(';', value.EnumerateArray().Select(Text)),
        _ => JsonSerializer.Serialize(value, Compact),
    };

    static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement? Down(JsonElement from, string[] names)
    {
        foreach (var name in names)
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from)) return null;
        return from;
    }
}
