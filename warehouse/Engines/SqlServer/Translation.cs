namespace Warehouse.Engines.SqlServer;

/// <summary>
/// The portable SQL of models, loads and measures as SQL Server takes it: the layers of a slot, texts in Unicode and compared by
/// their code points, functions inlined, tables from SELECTs, common table expressions in front.
/// </summary>
/// <remarks>Texts get their collation where they are written, so that none has that of the database, which is somebody else's choice.</remarks>
sealed class Translation(Inlining functions)
{
    /// <summary>Of every text: case, accents and width count, and the order is that of the code points, as on the other engines.</summary>
    public const string Collation = "Latin1_General_100_BIN2";

    /// <summary>Temporary tables, by the beginning of their names.</summary>
    const string Temporary = "trial_";

    static readonly Lazy<Translation> OfShipped = new(() => new(Inlining.Of(File.ReadAllText(Path.Combine(Models.ModelFolder.Shipped, "engines", "sqlserver.sql")))));

    /// <summary>With the functions that ship with the program.</summary>
    public static Translation Shipped => OfShipped.Value;

    /// <param name="slot">Letter of the slot whose layers are meant.</param>
    public string Translate(string sql, string slot) => Statement(functions.Inlined(Words(SqlToken.Split(sql), slot)));

    static string Statement(List<SqlToken> sql)
    {
        if (sql.Begin("drop", "schema", "if", "exists")) return DropSchema(Name(sql, 4).Name);
        if (sql.Begin("create", "temporary", "table")) return "create table " + Rest(sql, 3).Joined();
        if (sql.Begin("create", "table") && Name(sql, 2) is var table && sql.After(table.End - 1).Is("as"))
        {
            var query = SqlQuery.Of([.. sql.Skip(sql.Next(table.End) + 1)]);
            return query.With + query.Into(table.Name);
        }
        if (sql.Begin("create", "view"))
        {
            var view = Name(sql, 2);
            var query = SqlQuery.Of([.. sql.Skip(sql.Next(view.End) + 1)]);
            return $"create view {view.Name} as\n{query.With}{query.Main.Joined()}";
        }
        if (sql.Begin("insert", "into"))
        {
            var target = Name(sql, 2);
            var end = sql.After(target.End - 1).Is("(") ? sql.Closing(sql.Next(target.End)) + 1 : target.End;
            var query = SqlQuery.Of([.. sql.Skip(end)]);
            return $"{query.With}{sql.Take(end).Joined().Trim()}\n{query.Main.Joined().TrimStart()}";
        }
        var other = SqlQuery.Of(sql);
        return other.With + other.Main.Joined();
    }

    /// <summary>A name of one or two parts, after so many words.</summary>
    static (string Name, int End) Name(List<SqlToken> sql, int after)
    {
        var start = sql.Count - Rest(sql, after).Count;
        var end = start + 1;
        if (end + 1 < sql.Count && sql[end].Is(".")) end += 2;
        return (sql.Skip(start).Take(end - start).Joined(), end);
    }

    static List<SqlToken> Rest(List<SqlToken> sql, int after)
    {
        var at = sql.Next(0);
        for (var i = 0; i < after; i++) at = sql.Next(at + 1);
        return [.. sql.Skip(at)];
    }

    /// <summary>Names, types and texts. A text that is cast is read as a day or a number, and needs no collation.</summary>
    static List<SqlToken> Words(List<SqlToken> sql, string slot)
    {
        var result = new List<SqlToken>(sql.Count);
        var isOfCatalogue = sql.Exists(token => token.Is("information_schema"));
        for (var i = 0; i < sql.Count; i++)
        {
            var (token, after) = (sql[i], sql.After(i));
            if (token.Kind == SqlTokenKind.Text) result.AddRange(sql.Before(i).Is("(") && after.Is("as") ? [token] : [token with { Text = $"N{token.Text}" }, .. Collated]);
            else if (token.Kind != SqlTokenKind.Word) result.Add(token);
            else if (after.Is(".") && Schema.BuiltLayers.Contains(token.Text) && !sql.Before(i).Is(".")) result.Add(token with { Text = $"{token.Text}_{slot}" });
            else if (token.Text.StartsWith(Temporary, StringComparison.Ordinal) && !sql.Before(i).Is(".")) result.Add(token with { Text = "#" + token.Text });
            else if (isOfCatalogue && (token.Is("information_schema") || sql.Before(i).Is(".") || token.Text.StartsWith("table_", StringComparison.Ordinal))) result.Add(token with { Text = token.Text.ToUpperInvariant() });
            else if (token.Is("count") && after.Is("(")) result.Add(token with { Text = "count_big" });
            else if (token.Is("date") && after.Kind == SqlTokenKind.Text)
            {
                result.AddRange(SqlToken.Split($"cast({after.Text} as date)"));
                i = sql.Next(i + 1);
            }
            else if (token.Is("varchar") && after.Is("(")) i = AddType(sql, i, result);
            else result.Add(token);
        }
        return result;
    }

    /// <summary>The type of a cast or of a column.</summary>
    /// <returns>Place of the last piece that was read.</returns>
    static int AddType(List<SqlToken> sql, int at, List<SqlToken> result)
    {
        var end = sql.Closing(sql.Next(at + 1));
        result.AddRange([new(SqlTokenKind.Word, "nvarchar"), .. sql.Skip(at + 1).Take(end - at)]);
        if (sql.After(end).Is(")") && sql.Before(at).Is("as")) result.Add(sql[end = sql.Next(end + 1)]);
        result.AddRange(Collated);
        return end;
    }

    static SqlToken[] Collated { get; } = [SqlTokens.Blank, new(SqlTokenKind.Word, "collate"), SqlTokens.Blank, new(SqlTokenKind.Word, Collation)];

    /// <summary>What a schema holds goes before it, the newest first: a server that knows who reads whom wants the readers gone first.</summary>
    public static string DropSchema(string schema) => $"""
        declare @drop nvarchar(max);
        while 1 = 1
        begin
            set @drop = null;
            select top (1) @drop = N'drop ' + case type when 'V' then N'view ' else N'table ' end + N'{schema}.' + quotename(name)
            from sys.objects
            where schema_id = schema_id(N'{schema}') and type in ('U', 'V')
            order by object_id desc;
            if @drop is null break;
            exec (@drop);
        end;
        if schema_id(N'{schema}') is not null exec (N'drop schema {schema}');
        """;
}
