using System.Text.RegularExpressions;

namespace Warehouse.Reports;

/// <summary>
/// A file of <c>sql/reports/</c>: one portable SELECT with named parameters, for lists and tables that depend on a day. Its
/// header says what one row is, what identifies it, how the rows are ordered, and which parameters there are.
/// </summary>
/// <param name="Name">The file's name without ending.</param>
/// <param name="About">What one row is.</param>
/// <param name="Title">What the report is called, in Vietnamese.</param>
/// <param name="TitleEn">The same in English.</param>
/// <param name="Key">Columns that identify a row.</param>
/// <param name="Order">Columns by which rows are ordered; a minus before a name turns the order round.</param>
/// <param name="Sql">The SELECT, with placeholders in braces that <see cref="ReportSql"/> explains.</param>
/// <param name="Path">For messages.</param>
public sealed partial record Report(
    string Name, string About, string Title, string TitleEn, IReadOnlyList<string> Key, IReadOnlyList<string> Order,
    IReadOnlyList<ReportParameter> Parameters, string Sql, string Path)
{
    /// <summary>Tables and views named after <c>from</c> or <c>join</c>, in logical names.</summary>
    public IReadOnlySet<string> Reads { get; } = TableName().Matches(Comment().Replace(Sql, "")).Select(match => match.Groups["name"].Value).ToHashSet();

    /// <exception cref="ReportException">The header is not in order; the message names the file and what is wrong.</exception>
    public static Report Parse(string path, string text)
    {
        var header = text.Split('\n').TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal)).Select(line => line[2..].Trim()).ToList();
        string Fact(string fact) =>
            header.Find(line => line.StartsWith(fact + ":", StringComparison.Ordinal))?[(fact.Length + 1)..].Trim()
            ?? throw new ReportException($"{path}: the header has no line '-- {fact}: …'");
        if (Fact("kind") != "report") throw new ReportException($"{path}: the kind of a report is 'report'");
        var titles = Fact("title").Split('|', StringSplitOptions.TrimEntries);
        if (titles.Length != 2) throw new ReportException($"{path}: the title must read '-- title: in Vietnamese | in English'");
        var about = string.Join(' ', header.TakeWhile(line => !line.StartsWith("kind:", StringComparison.Ordinal)));
        var parameters = header.Where(line => line.StartsWith("parameter ", StringComparison.Ordinal)).Select(line => ReportParameter.Parse(path, line)).ToList();
        return new(System.IO.Path.GetFileNameWithoutExtension(path), about, titles[0], titles[1], Listed(Fact("key")), Listed(Fact("order")), parameters, text.Trim().TrimEnd(';'), path);
    }

    static List<string> Listed(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries)];

    [GeneratedRegex(@"\b(?:from|join)\s+(?<name>(?:raw|staging|warehouse|analytics)\.\w+)")]
    private static partial Regex TableName();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();
}

/// <summary>A report file is not in order. The message names the file.</summary>
public sealed class ReportException(string message) : Exception(message);
