namespace Etl.Feeds;

/// <summary>The contract with one tracking system, as its YAML file states it: see docs/feeds.md.</summary>
/// <param name="Name">Unique; its rows are told apart by it for ever.</param>
/// <param name="System">The tracking system; several feeds may read one.</param>
/// <param name="Scope"><c>vietnam</c> or <c>example</c>.</param>
/// <param name="OwnAgencies">Each agency name found is an agency of its own, because the system has no list of agencies.</param>
/// <param name="Path">The file, for messages.</param>
public sealed record Feed(
    string Name, string System, string Title, string TitleEn, string Scope, string Licence, string Province, TimeZoneInfo Zone,
    bool IsGenerated, bool IsTrendOnly, bool OwnAgencies, bool KeepsPersons, RejectLimit MaxRejected,
    IReadOnlyDictionary<string, string> Source, IReadOnlyDictionary<string, string> AgencyAliases,
    IReadOnlyList<FeedRecord> Records, string Path)
{
    /// <summary>Hash of the file's text: rows that another version of the feed read are not the same rows.</summary>
    public long Fingerprint { get; init; }

    /// <summary>The kind of source: csv, workbook, rest or sql.</summary>
    public string Kind => Source["kind"];

    /// <summary>Its source answers questions, each answer being a window; others hold files that are known by their content.</summary>
    public bool ReadsWindows => Kind is "rest" or "sql";
}

/// <summary>One canonical record that a feed delivers, and the columns it is made of.</summary>
/// <param name="Name">As in the file: <c>task</c>, or <c>task_event/extension</c>.</param>
/// <param name="From">Settings of the source that hold for this record.</param>
public sealed record FeedRecord(string Name, RecordKind Kind, IReadOnlyDictionary<string, string> From, IReadOnlyList<FeedColumn> Columns)
{
    /// <summary>A task that the next extract of the same list leaves out is gone at its source.</summary>
    public bool MissingIsGone { get; init; }

    public FeedColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);
}

/// <summary>How one canonical column is made from what was received.</summary>
public sealed record FeedColumn(string Name, CanonicalType Type)
{
    /// <summary>Column names to look for; the first that a part has is read.</summary>
    public IReadOnlyList<string> From { get; init; } = [];
    public string? Constant { get; init; }
    /// <summary>Another canonical column whose received text is read.</summary>
    public string? Copy { get; init; }
    public IReadOnlyList<string> Concat { get; init; } = [];
    public (string To, int Days)? AddDays { get; init; }
    public IReadOnlyDictionary<string, string>? Lookup { get; init; }
    public string? Else { get; init; }
    public IReadOnlyList<string> Formats { get; init; } = [];
    public IReadOnlyList<string> Empty { get; init; } = [];
    public bool EndOfDay { get; init; }
    public bool DecimalComma { get; init; }
    public string Split { get; init; } = "";
    public bool Required { get; init; }
    public string Known { get; init; } = "final";
    public bool IsPerson { get; init; }
    /// <summary>A part may lack the column: then it is empty. Without this a part that lacks it is refused.</summary>
    public bool IsOptional { get; init; }
    /// <summary>The words that a code may be; null where the column is no code.</summary>
    public IReadOnlyList<string>? Codes { get; init; }
    public string Label { get; init; } = "";
}

/// <summary>How many rows of a batch may be refused: a number, or a share of the rows received.</summary>
public readonly record struct RejectLimit(long Rows, double Share)
{
    public bool IsExceeded(long rejected, long received) => rejected > Math.Max(Rows, Share * received);

    public override string ToString() => Share > 0 ? FormattableString.Invariant($"{Share * 100} %") : FormattableString.Invariant($"{Rows}");
}

/// <summary>A feed file is not in order: wrong use, exit code 2. The message names file, line and what was meant.</summary>
public sealed class FeedException(string message) : Exception(message);
