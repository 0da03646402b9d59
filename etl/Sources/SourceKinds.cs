using Etl.Feeds;
using Warehouse.Wording;

namespace Etl.Sources;

/// <summary>The kinds of connection that a feed may name. A new kind is a class and a line here.</summary>
public static class SourceKinds
{
    /// <summary>Names of the kinds, as a feed writes them.</summary>
    public static readonly IReadOnlyList<string> Names = ["csv", "workbook", "rest", "sql"];

    /// <summary>Makes the source that a feed names.</summary>
    /// <param name="settings">The feed's, with environment variables and folders filled in.</param>
    /// <param name="decode">Makes UTF-8 of text files.</param>
    /// <param name="seed">Of whatever is left to chance: the jitter between attempts.</param>
    /// <exception cref="SourceException">The kind or a setting is unknown; the message offers the nearest one.</exception>
    public static ISource Create(
        string kind, IReadOnlyDictionary<string, string> settings, DecodeText? decode = null, TimeProvider? clock = null, int seed = 0) => kind switch
    {
        "csv" => new CsvFolder(settings, decode, clock),
        "workbook" => new Workbook(settings, clock),
        "rest" => new RestApi(settings, clock, seed),
        "sql" => new SqlDatabase(settings),
        _ => throw new SourceException(SourceFault.Configuration, $"source › kind: '{kind}' is not known; {Nearest.Hint(kind, Names)}"),
    };
}
