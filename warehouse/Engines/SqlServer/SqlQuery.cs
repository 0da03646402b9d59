namespace Warehouse.Engines.SqlServer;

/// <summary>
/// A SELECT, or what else begins with common table expressions, taken apart: SQL Server wants these before everything else of a statement, and none in a
/// derived table.
/// </summary>
sealed class SqlQuery
{
    readonly List<(string Name, List<SqlToken> Body)> tables = [];

    SqlQuery(List<SqlToken> main) => Main = main;

    /// <summary>What comes after the common table expressions.</summary>
    public List<SqlToken> Main { get; private set; }

    /// <summary>Takes a query apart; those in derived tables give their common table expressions to it, under names of their own.</summary>
    public static SqlQuery Of(IReadOnlyList<SqlToken> sql)
    {
        var inner = 0;
        return Of(sql, ref inner);
    }

    /// <summary>The common table expressions, ready for what they belong to; empty where there are none.</summary>
    public string With => tables.Count == 0 ? "" : $"with {string.Join(",\n\n", tables.Select(table => $"{table.Name} as ({table.Body.Joined()})"))}\n\n";

    /// <summary>The first part of the main SELECT, with what stands before its <c>from</c>.</summary>
    public string Into(string target)
    {
        var (depth, at) = (0, 0);
        for (; at < Main.Count && !(depth == 0 && (Main[at].Is("from") || Main[at].Is("union") || Main[at].Is("except"))); at++) depth += Main[at].Is("(") ? 1 : Main[at].Is(")") ? -1 : 0;
        return $"{Main.Take(at).Joined().Trim()}\ninto {target}\n{Main.Skip(at).Joined()}";
    }

    static SqlQuery Of(IReadOnlyList<SqlToken> sql, ref int inner)
    {
        var query = new SqlQuery([.. sql]);
        var at = sql.Next(0);
        if (at < sql.Count && sql[at].Is("with"))
        {
            do
            {
                var name = sql.Next(at + 1);
                var open = sql.Next(sql.Next(name + 1) + 1);
                var close = sql.Closing(open);
                query.AddTable(sql[name].Text, [.. sql.Skip(open + 1).Take(close - open - 1)], ref inner);
                at = sql.Next(close + 1);
            }
            while (at < sql.Count && sql[at].Is(","));
            query.Main = [.. sql.Skip(at)];
        }
        query.Main = query.Flat(query.Main, ref inner);
        return query;
    }

    void AddTable(string name, List<SqlToken> body, ref int inner)
    {
        var flat = Flat(body, ref inner);
        // A body that begins with common table expressions of its own.
        if (flat.Next(0) is var first && first < flat.Count && flat[first].Is("with")) flat = Taken(flat, ref inner);
        tables.Add((name, flat));
    }

    /// <summary>The same without common table expressions in brackets.</summary>
    List<SqlToken> Flat(List<SqlToken> sql, ref int inner)
    {
        var result = new List<SqlToken>(sql.Count);
        for (var i = 0; i < sql.Count; i++)
        {
            result.Add(sql[i]);
            if (!sql[i].Is("(") || !sql.After(i).Is("with")) continue;
            var close = sql.Closing(i);
            result.AddRange(Taken([.. sql.Skip(i + 1).Take(close - i - 1)], ref inner));
            result.Add(sql[close]);
            i = close;
        }
        return result;
    }

    /// <summary>Takes over the common table expressions of a query inside this one.</summary>
    /// <returns>What is left of it.</returns>
    List<SqlToken> Taken(IReadOnlyList<SqlToken> sql, ref int inner)
    {
        var suffix = FormattableString.Invariant($"_{++inner}");
        var query = Of(sql, ref inner);
        var names = query.tables.Select(table => table.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        tables.AddRange(query.tables.Select(table => (table.Name + suffix, Renamed(table.Body, names, suffix))));
        return Renamed(query.Main, names, suffix);
    }

    /// <summary>A name of a table stands after <c>from</c> or <c>join</c>, or before a dot.</summary>
    static List<SqlToken> Renamed(List<SqlToken> sql, HashSet<string> names, string suffix)
    {
        var result = new List<SqlToken>(sql.Count);
        for (var i = 0; i < sql.Count; i++)
        {
            var before = sql.Before(i);
            var isTable = sql[i].Kind == SqlTokenKind.Word && names.Contains(sql[i].Text) && !before.Is(".") && (sql.After(i).Is(".") || before.Is("from") || before.Is("join"));
            result.Add(isTable ? sql[i] with { Text = sql[i].Text + suffix } : sql[i]);
        }
        return result;
    }
}
