using System.Text.RegularExpressions;

namespace Warehouse.Engines.SqlServer;

/// <summary>What a piece of SQL is.</summary>
enum SqlTokenKind
{
    /// <summary>White space and comments.</summary>
    Space,
    /// <summary>A keyword, a name, a parameter (<c>@day</c>).</summary>
    Word,
    /// <summary>A name between double quotes.</summary>
    Quoted,
    /// <summary>A text between single quotes.</summary>
    Text,
    /// <summary>One other character.</summary>
    Symbol,
}

/// <summary>A piece of SQL; the pieces of a statement one after another are its text.</summary>
readonly partial record struct SqlToken(SqlTokenKind Kind, string Text)
{
    /// <summary>Whether it is this word, in whatever case, or this character.</summary>
    public bool Is(string text) => Kind is SqlTokenKind.Word or SqlTokenKind.Symbol && Text.Equals(text, StringComparison.OrdinalIgnoreCase);

    public static List<SqlToken> Split(string sql) => [.. Piece().Matches(sql).Select(match => new SqlToken(KindOf(match), match.Value))];

    static SqlTokenKind KindOf(Match match) =>
        match.Groups["space"].Success ? SqlTokenKind.Space
        : match.Groups["text"].Success ? SqlTokenKind.Text
        : match.Groups["quoted"].Success ? SqlTokenKind.Quoted
        : match.Groups["word"].Success ? SqlTokenKind.Word
        : SqlTokenKind.Symbol;

    [GeneratedRegex("""(?<space>(?:\s|--[^\n]*)+)|(?<text>'(?:[^']|'')*')|(?<quoted>"[^"]*")|(?<word>[@#]?\w+)|.""", RegexOptions.Singleline)]
    private static partial Regex Piece();
}

/// <summary>Steps over the pieces of a statement.</summary>
static class SqlTokens
{
    public static readonly SqlToken Blank = new(SqlTokenKind.Space, " ");

    /// <summary>Place of the first piece from this one on that is not space; behind the last one where there is none.</summary>
    public static int Next(this IReadOnlyList<SqlToken> tokens, int from)
    {
        while (from < tokens.Count && tokens[from].Kind == SqlTokenKind.Space) from++;
        return from;
    }

    /// <summary>The piece before this one that is not space.</summary>
    public static SqlToken Before(this IReadOnlyList<SqlToken> tokens, int at)
    {
        do at--;
        while (at >= 0 && tokens[at].Kind == SqlTokenKind.Space);
        return at < 0 ? default : tokens[at];
    }

    /// <summary>The piece after this one that is not space.</summary>
    public static SqlToken After(this IReadOnlyList<SqlToken> tokens, int at) => tokens.Next(at + 1) is var next && next < tokens.Count ? tokens[next] : default;

    /// <summary>Place of the bracket that closes the one at this place.</summary>
    public static int Closing(this IReadOnlyList<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            if (tokens[i].Is("(")) depth++;
            if (tokens[i].Is(")") && --depth == 0) return i;
        }
        throw new FormatException($"a bracket is not closed: {tokens.Joined()}");
    }

    /// <summary>Whether the pieces from a place on, spaces left out, are these words.</summary>
    public static bool Begin(this IReadOnlyList<SqlToken> tokens, params string[] words)
    {
        var at = -1;
        foreach (var word in words)
        {
            at = tokens.Next(at + 1);
            if (at == tokens.Count || !tokens[at].Is(word)) return false;
        }
        return true;
    }

    public static string Joined(this IEnumerable<SqlToken> tokens) => string.Concat(tokens.Select(token => token.Text));
}
