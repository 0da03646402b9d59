using System.Globalization;
using System.Text.RegularExpressions;

namespace Warehouse.Checks;

/// <summary>A question whose answer should be no rows.</summary>
/// <param name="Name">What holds when it passes, as a sentence: "closed tasks have a close date".</param>
/// <param name="Model">The table or view it is about, in its logical name.</param>
/// <param name="Sql">A SELECT that returns the offending rows.</param>
/// <param name="IsError">An error stops publication; a warning is shown.</param>
/// <param name="Tolerance">Share of the model's rows that may offend before it counts, 0 to 1.</param>
public sealed partial record Check(string Name, string Model, string Sql, bool IsError, double Tolerance = 0)
{
    /// <summary>
    /// Reads a <c>*.checks.sql</c> file: each query opens with <c>-- check: what holds | error</c>, or <c>warn</c>, or
    /// <c>error above 0.1 %</c>.
    /// </summary>
    /// <exception cref="Models.ModelException">A query has no such line, or its severity is none of these.</exception>
    public static IReadOnlyList<Check> ParseFile(string path, string model, string text) =>
        [.. Opening().Split(text).Skip(1).Select(block => ParseOne(path, model, block))];

    static Check ParseOne(string path, string model, string block)
    {
        var end = block.IndexOf('\n', StringComparison.Ordinal);
        var head = (end < 0 ? block : block[..end]).Split('|', StringSplitOptions.TrimEntries);
        var severity = head.Length == 2 ? Severity().Match(head[1]) : Match.Empty;
        if (end < 0 || !severity.Success)
            throw new Models.ModelException($"{path}: '-- check: {block.Split('\n')[0]}' must read '-- check: what holds | error', '| warn' or '| error above 0.1 %'");
        var tolerance = severity.Groups["share"] is { Success: true } share ? double.Parse(share.Value, CultureInfo.InvariantCulture) / 100 : 0;
        return new(head[0], model, block[(end + 1)..].Trim().TrimEnd(';'), severity.Groups["level"].Value == "error", tolerance);
    }

    [GeneratedRegex(@"^-- check: ", RegexOptions.Multiline)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(?<level>error|warn)(?: above (?<share>\d+(?:\.\d+)?) %)?$")]
    private static partial Regex Severity();
}

/// <summary>How a check came out.</summary>
/// <param name="Offending">Rows that should not be there.</param>
/// <param name="Sample">A few of them as text, for people; empty when it passed.</param>
public sealed record CheckResult(Check Check, long Offending, bool Passed, string Sample);
