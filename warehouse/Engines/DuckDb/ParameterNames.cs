using System.Text;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Turns <c>@name</c>, which the other engines use, into DuckDB's <c>$name</c>. Quoted text, quoted names and
/// comments stay as they are; so do DuckDB's own operators with @ when no letter follows.
/// </summary>
static class ParameterNames
{
    public static string ToDollar(string sql)
    {
        if (!sql.Contains('@')) return sql;
        StringBuilder? changed = null;
        for (var i = 0; i < sql.Length;)
        {
            if (sql[i] == '@' && IsNameStart(sql, i + 1) && !IsNamePart(sql, i - 1))
            {
                changed ??= new StringBuilder(sql);
                changed[i] = '$';
            }
            i = Next(sql, i);
        }
        return changed?.ToString() ?? sql;
    }

    // Where reading goes on: after the quotation or comment that starts here, else after one character.
    static int Next(string sql, int i) => sql[i] switch
    {
        '\'' => AfterQuotes(sql, i, IsEscapeString(sql, i)),
        '"' => AfterQuotes(sql, i, backslashEscapes: false),
        '-' when At(sql, i + 1) == '-' => After(sql, "\n", i + 2),
        '/' when At(sql, i + 1) == '*' => AfterComment(sql, i),
        '$' => AfterDollarQuotes(sql, i),
        _ => i + 1,
    };

    // A doubled quote inside ends one quotation and starts the next, which comes to the same.
    static int AfterQuotes(string sql, int i, bool backslashEscapes)
    {
        var quote = sql[i++];
        while (i < sql.Length && sql[i] != quote) i += backslashEscapes && sql[i] == '\\' ? 2 : 1;
        return Math.Min(i + 1, sql.Length);
    }

    // E'...' knows backslashes; the E must not be the end of a longer word.
    static bool IsEscapeString(string sql, int quote) => At(sql, quote - 1) is 'e' or 'E' && !IsNamePart(sql, quote - 2);

    static int AfterComment(string sql, int i)
    {
        var depth = 0;
        for (; i < sql.Length; i++)
        {
            if (sql[i] == '/' && At(sql, i + 1) == '*')
            {
                depth++;
                i++;
            }
            else if (sql[i] == '*' && At(sql, i + 1) == '/')
            {
                depth--;
                i++;
                if (depth == 0) return i + 1;
            }
        }
        return sql.Length;
    }

    // $tag$ … $tag$ is a quotation; $name without a second dollar is a parameter.
    static int AfterDollarQuotes(string sql, int i)
    {
        var end = i + 1;
        while (IsNamePart(sql, end)) end++;
        if (At(sql, end) != '$') return end;
        return After(sql, sql.Substring(i, end + 1 - i), end + 1);
    }

    static int After(string sql, string mark, int from)
    {
        var found = sql.IndexOf(mark, Math.Min(from, sql.Length), StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + mark.Length;
    }

    static char At(string sql, int i) => i >= 0 && i < sql.Length ? sql[i] : '\0';

    static bool IsNameStart(string sql, int i) => At(sql, i) is '_' || char.IsLetter(At(sql, i));

    static bool IsNamePart(string sql, int i) => At(sql, i) is '_' || char.IsLetterOrDigit(At(sql, i));
}
