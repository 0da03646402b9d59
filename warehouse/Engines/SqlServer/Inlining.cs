using System.Text.RegularExpressions;

namespace Warehouse.Engines.SqlServer;

/// <summary>
/// Writes what each function of <c>fn</c> returns in place of its call, because SQL Server calls a scalar function row by row.
/// </summary>
sealed partial class Inlining
{
    readonly Dictionary<string, (string[] Parameters, List<SqlToken> Returned)> functions;

    Inlining(Dictionary<string, (string[] Parameters, List<SqlToken> Returned)> functions) => this.functions = functions;

    /// <param name="script">The text of <c>sql/engines/sqlserver.sql</c>: the body of each function is one return.</param>
    public static Inlining Of(string script) => new(Function().Matches(script).ToDictionary(
        match => match.Groups["name"].Value,
        match => (match.Groups["parameters"].Value.Split(',').Select(parameter => parameter.Trim().Split(' ')[0]).ToArray(), SqlToken.Split(match.Groups["returned"].Value)),
        StringComparer.OrdinalIgnoreCase));

    /// <summary>The same SQL without calls of <c>fn</c>; calls stand in each other's arguments, too.</summary>
    /// <exception cref="FormatException">There is no such function, or it is called with another number of arguments.</exception>
    public List<SqlToken> Inlined(IReadOnlyList<SqlToken> sql)
    {
        var result = new List<SqlToken>(sql.Count);
        for (var i = 0; i < sql.Count; i++)
        {
            if (!sql[i].Is("fn") || i + 3 >= sql.Count || !sql[i + 1].Is(".") || sql.Next(i + 3) is var open && !(open < sql.Count && sql[open].Is("(")))
            {
                result.Add(sql[i]);
                continue;
            }
            var close = sql.Closing(open);
            result.AddRange(Returned(sql[i + 2].Text, Arguments([.. sql.Skip(open + 1).Take(close - open - 1)])));
            i = close;
        }
        return result;
    }

    IEnumerable<SqlToken> Returned(string name, List<List<SqlToken>> arguments)
    {
        if (!functions.TryGetValue(name, out var function)) throw new FormatException($"there is no function fn.{name}");
        if (function.Parameters.Length != arguments.Count) throw new FormatException($"fn.{name} takes {function.Parameters.Length} arguments, not {arguments.Count}");
        foreach (var token in function.Returned)
            if (Array.FindIndex(function.Parameters, token.Is) is >= 0 and var at) foreach (var piece in arguments[at]) yield return piece;
            else yield return token;
    }

    /// <summary>The arguments between two brackets, each ready to stand in an expression.</summary>
    List<List<SqlToken>> Arguments(List<SqlToken> between)
    {
        var (arguments, start, depth) = (new List<List<SqlToken>>(), 0, 0);
        for (var i = 0; i <= between.Count; i++)
        {
            if (i < between.Count && between[i].Is("(")) depth++;
            if (i < between.Count && between[i].Is(")")) depth--;
            if (i < between.Count && (depth > 0 || !between[i].Is(","))) continue;
            var argument = Inlined([.. between.Skip(start).Take(i - start)]);
            var isOne = argument.Count(token => token.Kind != SqlTokenKind.Space) == 1;
            arguments.Add(isOne ? [.. argument.Where(token => token.Kind != SqlTokenKind.Space)] : [new(SqlTokenKind.Symbol, "("), .. argument, new(SqlTokenKind.Symbol, ")")]);
            start = i + 1;
        }
        return arguments;
    }

    [GeneratedRegex(@"create function fn\.(?<name>\w+)\((?<parameters>[^()]*(?:\(\d+\)[^()]*)*)\) returns [^\n]*\s+as begin return (?<returned>[^\n]*) end")]
    private static partial Regex Function();
}
