using System.Text.RegularExpressions;

namespace Tests.Cases;

/// <summary>A page <c>sql/**/*.cases.md</c>: sentences about a model, each with the rows given and the rows expected. docs/cases.md says how it is written.</summary>
public sealed partial class CaseFile
{
    readonly string page;
    readonly List<Case> cases = [];
    readonly List<CaseTable> always = [];
    List<CaseTable>? given;
    List<Expectation> expected = [];
    (string Verb, string Text, int Line)? waiting;

    CaseFile(string page) => this.page = page;

    /// <exception cref="CaseException">A line is not in order; the message says which and why.</exception>
    public static IReadOnlyList<Case> Parse(string page, string text)
    {
        var file = new CaseFile(page);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].StartsWith('|'))
            {
                var end = i;
                while (end < lines.Length && lines[end].StartsWith('|')) end++;
                file.AddTable(lines[i..end], i + 1);
                i = end - 1;
            }
            else file.Read(lines[i], i + 1);
        file.Finish(lines.Length);
        return file.cases;
    }

    void Read(string line, int number)
    {
        if (line.StartsWith("## ", StringComparison.Ordinal))
        {
            Finish(number);
            expected = [];
            if (line.StartsWith("## Case: ", StringComparison.Ordinal)) cases.Add(new(page, line[9..].Trim(), number, given = [.. always], expected));
            else given = line == "## Given in every case" ? always : null;
        }
        else if (Directive().Match(line) is { Success: true } directive)
        {
            Finish(number);
            if (given is null) throw new CaseException($"{page} › line {number}: '{line}' stands outside of a case");
            waiting = (directive.Groups["verb"].Value, directive.Groups["text"].Value.Trim(), number);
        }
    }

    void AddTable(string[] lines, int number)
    {
        if (waiting is not { } of)
        {
            if (given is null) return;
            throw new CaseException($"{page} › line {number}: nothing says what this table is; write 'given: raw.task', 'expect: …', 'measure: …', 'report: …' or 'check: …' above it");
        }
        var rows = lines.Select(Cells).ToList();
        if (rows.Count < 2 || !rows[1].All(cell => cell.Trim('-', ':').Length == 0)) throw new CaseException($"{page} › line {number}: a table needs a line of dashes under its columns");
        for (var i = 2; i < rows.Count; i++)
            if (rows[i].Count != rows[0].Count) throw new CaseException($"{page} › line {number + i}: {rows[i].Count} cells under {rows[0].Count} columns");
        var table = new CaseTable(of.Text, of.Line, rows[0], [.. rows.Skip(2)]);
        if (of.Verb == "given") given!.Add(table);
        else expected.Add(new(of.Verb, of.Text, table));
        waiting = null;
    }

    void Finish(int line)
    {
        if (waiting is { } of) throw new CaseException($"{page} › line {of.Line}: '{of.Verb}: {of.Text}' has no table before line {line}");
    }

    static List<string> Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    [GeneratedRegex("^(?<verb>given|expect|measure|report|check): (?<text>.+)$")]
    private static partial Regex Directive();
}

/// <summary>A sentence that must hold, what is given and what is expected then.</summary>
public sealed record Case(string Page, string Sentence, int Line, IReadOnlyList<CaseTable> Given, IReadOnlyList<Expectation> Expected)
{
    public string Place => $"{Page} › line {Line}";
}

/// <summary>A table as a page shows it; an empty cell is null.</summary>
public sealed record CaseTable(string Name, int Line, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>As Markdown, with even columns, for people.</summary>
    public string Shown()
    {
        var widths = Columns.Select((column, i) => Rows.Select(row => row[i].Length).Append(column.Length).Max()).ToList();
        string Line(IEnumerable<string> cells) => "| " + string.Join(" | ", cells.Select((cell, i) => cell.PadRight(widths[i]))) + " |";
        return string.Join('\n', [Line(Columns), Line(widths.Select(width => new string('-', width))), .. Rows.Select(Line)]);
    }
}

/// <summary>What a case expects.</summary>
/// <param name="Verb"><c>expect</c> (rows of a model), <c>measure</c> or <c>report</c> (an answer) or <c>check</c> (the rows that offend).</param>
public sealed record Expectation(string Verb, string Text, CaseTable Table);

/// <summary>A page of cases is not in order.</summary>
public sealed class CaseException(string message, Exception? inner = null) : Exception(message, inner);
