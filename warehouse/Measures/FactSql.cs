using System.Globalization;
using System.Text;

namespace Warehouse.Measures;

/// <summary>The SELECTs of one request over one table: columns d0, d1, … are the dimensions shown, c0, c1, … the terms.</summary>
/// <param name="table">In place of the fact's own: the one with the corrected past, or the one counted in advance.</param>
/// <param name="conditions">Which of its rows stand, with those of the filter.</param>
sealed class FactSql(MeasureFact fact, string table, string conditions, IReadOnlyList<Dimension> by, MeasureFilter filter, UnitView view, bool english)
{
    readonly IReadOnlyList<Dimension> by = [.. by.Select(filter.AsKnown)];

    /// <summary>The same rows, grouped by other dimensions.</summary>
    public FactSql Over(IReadOnlyList<Dimension> dimensions) => new(fact, table, conditions, dimensions, filter, view, english);

    /// <summary>Counts and totals, grouped by the keys: the tables that explain them are small and joined after.</summary>
    public string Counted(IReadOnlyList<Measure> terms) => Grouped(table, conditions, "1", terms, Amount);

    /// <summary>The same of a table that was counted in advance; where the day is none of its own, with what changed since.</summary>
    public string Counted(IReadOnlyList<Measure> terms, CountedTable counted, bool isCountedDay)
    {
        string When(string condition) => $"case when {condition} then 1 else 0 end";
        List<string> parts = [Grouped(counted.Table, OnCountedDay(conditions), counted.Rows, terms, term => $"case when {OnCountedDay(term.Condition)} then {counted.Rows} else 0 end")];
        if (!isCountedDay)
            parts.AddRange([
                Grouped(table, counted.Begun, "1", terms, term => When(term.Condition)),
                Grouped(table, counted.Ended, "-1", terms, term => $"-{When(OnCountedDay(term.Condition))}"),
                Grouped(table, counted.Turned, "0", terms, term => $"{When(term.Condition)} - {When(OnCountedDay(term.Condition))}"),
            ]);
        return string.Join("\n    union all\n", parts);
    }

    /// <summary>
    /// What such a table counts at several month ends, in one scan: rows that no month end tells apart are put together first, and
    /// counted for each of the days on which they stand. Common table expressions, the last one named <c>counted</c>, with the place of its day as q.
    /// </summary>
    public string AtMonthEnds(CountedTable counted, IReadOnlyList<Measure> terms, IReadOnlyList<DateOnly> days)
    {
        filter.SetDay("first_day", days.Min());
        filter.SetDay("last_day", days.Max());
        string AsOf(string condition) => filter.Bound(condition.Replace("{as_of}", "asked.as_of_date", StringComparison.Ordinal));
        var (keys, plain) = (by.Select((_, i) => $"d{i}").ToList(), counted.Columns.Except(counted.Days).ToList());
        // Rows of one day first: there are fewer of them left whose day is put to the end of its month.
        var ends = counted.Days.Select(day => $"fn.month_end({day})").ToList();
        var sums = terms.Select((term, i) => $"sum({AsOf($"case when {term.Condition} then {counted.Rows} else 0 end")}) as c{i}");
        return new StringBuilder("of_days as (\n    select ").AppendJoin(", ", [.. Keys(), .. plain, .. counted.Days, $"sum({counted.Rows}) as {counted.Rows}"])
            .Append(From(counted.Table, counted.Standing)).Append("\n    group by ").AppendJoin(", ", [.. by.Select(fact.Sql), .. plain, .. counted.Days])
            .Append("\n),\n\nstanding as (\n    select ").AppendJoin(", ", [.. keys, .. plain, .. ends.Zip(counted.Days, (end, day) => $"{end} as {day}"), $"sum({counted.Rows}) as {counted.Rows}"])
            .Append("\n    from of_days\n    group by ").AppendJoin(", ", [.. keys, .. plain, .. ends])
            .Append("\n),\n\nasked as (\n    ").AppendJoin("\n    union all\n    ", days.Select((day, i) => $"select {i} as q, cast({filter.SetDay($"day_{i}", day)} as date) as as_of_date"))
            .Append("\n),\n\ncounted as (\n    select ").AppendJoin(", ", ["asked.q", .. keys, $"sum(standing.{counted.Rows}) as row_count", .. sums])
            .Append(CultureInfo.InvariantCulture, $"\n    from standing\n    join asked on {AsOf(conditions)}\n    group by ").AppendJoin(", ", ["asked.q", .. keys]).Append("\n)").ToString();
    }

    /// <summary>The same of a table that was counted in advance by month, with the rows of the month that is not over.</summary>
    public string Counted(IReadOnlyList<Measure> terms, CountedMonths months)
    {
        var over = Grouped(months.Table, $"{fact.Window} < {{open_month}}", months.Rows, terms, term => $"case when {term.Condition} then {months.Rows} else 0 end");
        return $"{over.Replace(fact.Window, months.Month, StringComparison.Ordinal)}\n    union all\n{Grouped(table, $"{conditions} and {fact.Window} >= {{open_month}}", "1", terms, Amount)}";
    }

    /// <summary>The counted rows with their keys explained, one row per name.</summary>
    /// <param name="name">Of the counted rows.</param>
    /// <param name="columns">What it shares with others of its result.</param>
    public string Shown(string name, int terms, BatchColumns columns)
    {
        var shown = by.Select((dimension, i) => $"cast({Shown(dimension, i, name)} as varchar(400)) as d{i}");
        var sums = Enumerable.Range(0, terms).Select(i => $"cast(coalesce(sum(c{i}), 0) as bigint) as c{i}");
        IEnumerable<string> more = columns.IsOfEachRow ? [columns.Question] : [];
        var sql = new StringBuilder("select ").AppendJoin(", ", columns.Around(shown, by.Count, sums, terms)).Append(CultureInfo.InvariantCulture, $"\nfrom {name}").Append(Joins(name)).Append(Grouped(more, name));
        // What stood at the month end and is gone since is no row.
        return by.Count > 0 ? sql.Append("\nhaving sum(row_count) > 0").ToString() : sql.ToString();
    }

    /// <summary>
    /// Percentiles of one amount over rows of one condition. Amounts are days, of which there are few different ones: counted
    /// by amount first, they are ranked by adding up.
    /// </summary>
    public string Percentiles(IReadOnlyList<Measure> terms)
    {
        var columns = by.Select((_, i) => $"d{i}").ToList();
        string List(params string[] more) => string.Join(", ", columns.Concat(more));
        var partition = columns.Count > 0 ? $"partition by {List()} " : "";
        var ranks = terms.Select((term, i) => string.Create(CultureInfo.InvariantCulture, $"cast(min(case when up_to * 100 >= of_all * {term.Percent} then amount end) as bigint) as c{i}"));
        var sql = new StringBuilder("with measured as (\n    select ").AppendJoin(", ", Keys().Append($"{filter.Bound(terms[0].Amount)} as amount")).Append(From(table, conditions));
        if (terms[0].Condition.Length > 0) sql.Append(CultureInfo.InvariantCulture, $" and ({filter.Bound(terms[0].Condition)})");
        sql.Append(CultureInfo.InvariantCulture, $"\n),\n\ncounted as (\n    select {List("amount")}, count(*) as rows_of_amount\n    from measured\n    where amount is not null\n    group by {List("amount")}\n),\n\n");
        sql.Append("shown as (\n    select ").AppendJoin(", ", Named("counted").Concat(["counted.amount", "sum(counted.rows_of_amount) as rows_of_amount"])).Append("\n    from counted").Append(Joins("counted")).Append(Grouped(["counted.amount"], "counted"));
        sql.Append(CultureInfo.InvariantCulture, $"\n),\n\nranked as (\n    select {List("amount")}, sum(rows_of_amount) over ({partition}order by amount rows unbounded preceding) as up_to, sum(rows_of_amount) over ({partition.TrimEnd()}) as of_all\n    from shown\n)\n\n");
        sql.Append("select ").AppendJoin(", ", columns.Concat(ranks)).Append("\nfrom ranked");
        if (columns.Count > 0) sql.Append(CultureInfo.InvariantCulture, $"\ngroup by {List()}");
        return sql.ToString();
    }

    static string OnCountedDay(string condition) => condition.Replace("{as_of}", "{counted_day}", StringComparison.Ordinal);

    static string Amount(Measure term)
    {
        var amount = term.Kind == MeasureKind.Total ? term.Amount : "1";
        return term.Condition.Length == 0 ? amount : $"case when {term.Condition} then {amount} else 0 end";
    }

    string Grouped(string from, string where, string rows, IReadOnlyList<Measure> terms, Func<Measure, string> amount)
    {
        var sums = terms.Select((term, i) => $"sum({filter.Bound(amount(term))}) as c{i}").Prepend($"sum({rows}) as row_count");
        var sql = new StringBuilder("    select ").AppendJoin(", ", Keys().Concat(sums)).Append(From(from, where));
        if (by.Count > 0) sql.Append("\n    group by ").AppendJoin(", ", by.Select(fact.Sql));
        return sql.ToString();
    }

    string From(string from, string where) => $"\n    from {from}\n    where {filter.Bound(where)}{filter.Sql}";

    IEnumerable<string> Keys() => by.Select((dimension, i) => $"{fact.Sql(dimension)} as d{i}");

    IEnumerable<string> Named(string name) => by.Select((dimension, i) => $"{Shown(dimension, i, name)} as d{i}");

    string Shown(Dimension dimension, int i, string name) => dimension.HasTable ? $"t{i}.{dimension.Shown(english)}" : $"{name}.d{i}";

    string Grouped(IEnumerable<string> more, string name)
    {
        var columns = by.Select((dimension, i) => Shown(dimension, i, name)).Concat(more).ToList();
        return columns.Count > 0 ? $"\ngroup by {string.Join(", ", columns)}" : "";
    }

    /// <summary>The tables that explain the keys; in a view first the one that says which member stands in a member's place.</summary>
    string Joins(string keys) => string.Concat(by.Select((dimension, i) => (dimension, i)).Where(pair => pair.dimension.HasTable).Select(pair =>
    {
        var (dimension, i) = pair;
        if (!dimension.IsViewed(view)) return $"\nleft join {dimension.Table} as t{i} on {keys}.d{i} = t{i}.{dimension.Sql}";
        return $"\nleft join {dimension.ViewTable} as v{i} on {keys}.d{i} = v{i}.{dimension.Sql} and v{i}.view_code = {filter.View(view)}"
            + $"\nleft join {dimension.Table} as t{i} on v{i}.{dimension.ShownKey} = t{i}.{dimension.Sql}";
    }));
}
