using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Warehouse.Measures;

namespace Warehouse.Exports;

/// <summary>What an export holds, for programs that read it and for who wants to know whether it is whole.</summary>
/// <param name="Publication">Number of the state that all tables are of.</param>
/// <param name="Engine">Whose state it was.</param>
/// <param name="ExportedAt">In UTC.</param>
/// <param name="Sources">What had been loaded.</param>
/// <param name="Views">Views that follow from the tables, as SQL: they hold no rows of their own.</param>
/// <param name="Measures">Every number's one definition, to be written in the reader's own language.</param>
public sealed record Manifest(
    string Format, int Publication, string Engine, DateTimeOffset ExportedAt, IReadOnlyList<ManifestSource> Sources,
    IReadOnlyList<ManifestTable> Tables, IReadOnlyList<ManifestView> Views, IReadOnlyList<Measure> Measures)
{
    static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>As <see cref="ExportFolder.ManifestName"/> holds it.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <exception cref="JsonException">The text is no manifest.</exception>
    public static Manifest Read(byte[] json) => JsonSerializer.Deserialize<Manifest>(json, Form) ?? throw new JsonException("the manifest is empty");
}

/// <summary>One feed: how many loads of it are in the tables, and the day of its newest extract. Each load is a row of <c>warehouse.dim_load</c>.</summary>
public sealed record ManifestSource(string Feed, long Loads, DateOnly? NewestExtract);

/// <summary>One table, in a folder of its own.</summary>
/// <param name="About">What one row is.</param>
/// <param name="Key">Columns that identify a row; none where rows have no key.</param>
/// <param name="PartedBy">Folders between the table and its files, outermost first; each is a column of the table, too.</param>
/// <param name="YearOf">The column whose year the folder says; empty where no folder does.</param>
public sealed record ManifestTable(
    string Name, string About, IReadOnlyList<string> Key, IReadOnlyList<ManifestColumn> Columns, IReadOnlyList<string> PartedBy, string YearOf,
    long Rows, long Bytes, IReadOnlyList<ManifestFile> Files);

/// <param name="Type">bigint, integer, smallint, double, date, timestamp (in UTC) or text.</param>
public sealed record ManifestColumn(string Name, string Type);

/// <param name="Path">Relative to the manifest.</param>
/// <param name="Sha256">Of the file, as <c>sha256sum</c> prints it.</param>
public sealed record ManifestFile(string Path, long Rows, long Bytes, string Sha256);

/// <param name="Sql">With the names of tables as in the manifest; functions of schema <c>fn</c> are in <c>sql/engines</c>.</param>
public sealed record ManifestView(string Name, string About, string Sql);
