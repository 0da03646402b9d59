using System.Data.Common;
using Warehouse.Engines;
using Warehouse.Models;

namespace Warehouse.Exports;

/// <summary>A table of the published state as it is exported: its columns with the types that every engine has, and by what its rows are parted.</summary>
/// <param name="YearOf">The column whose year parts the rows; empty where no day does.</param>
/// <param name="IsByTask">Its rows name a task and no province: they are parted by province and day of assignment of that task.</param>
public sealed record ExportedTable(Model Model, IReadOnlyList<Column> Columns, string YearOf, bool IsByTask, bool IsByProvince)
{
    /// <summary>The column that parts by year of <see cref="YearOf"/>.</summary>
    public const string Year = "year";

    /// <summary>The column that parts by province: the code of the province version that the row names.</summary>
    public const string Province = "province";

    /// <summary>Days at which a version of a row begins or ends, and of what was known when: no row happened on them.</summary>
    static readonly string[] Bounds = ["valid_from", "valid_to", "known_from", "known_to", "extract_date"];

    /// <summary>The columns by which rows are parted, outermost first; none where the table is one file.</summary>
    public IReadOnlyList<string> PartedBy => [.. YearOf.Length > 0 ? [Year] : Array.Empty<string>(), .. IsByProvince ? [Province] : Array.Empty<string>()];

    /// <summary>Reads how a table of the published state is made up.</summary>
    /// <exception cref="ModelException">A column has a type that is not exported, or a name that the parts need.</exception>
    public static async Task<ExportedTable> DescribeAsync(Session session, Model model, CancellationToken cancel)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = session.Physical($"select * from {model.FullName} where 1 = 0");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(i => new Column(reader.GetName(i), TypeOf(reader, i, model))).ToList();
        if (columns.Find(column => column.Name is Year or Province) is { } taken) throw new ModelException($"{model.Path}: {model.FullName}.{taken.Name} has the name of a folder of parts");
        var (hasTask, hasProvince) = (Has("task_key"), Has("province_key"));
        // Dimensions and what says how units follow each other are small, and are read whole.
        var isParted = !model.Name.StartsWith("dim_", StringComparison.Ordinal) && (hasTask || (hasProvince && !model.Name.StartsWith("bridge_", StringComparison.Ordinal)));
        var isByTask = isParted && !hasProvince;
        var day = isByTask || Has("assigned_date") ? "assigned_date" : columns.Find(column => column.Type == ColumnType.Date && !Bounds.Contains(column.Name))?.Name;
        return new(model, columns, isParted ? day ?? "" : "", isByTask, isParted);

        bool Has(string name) => columns.Exists(column => column.Name == name);
    }

    /// <summary>The SELECT, with logical names, that gives the table's columns and behind them those that part it.</summary>
    public string Select()
    {
        var whose = IsByTask ? "fact_task" : Model.Name;
        // Sums of integers are wider than an integer on every engine, and each has another name for that.
        var columns = Columns.Select(column => $"{(column.Type == ColumnType.BigInt ? $"cast({Model.Name}.{column.Name} as bigint)" : $"{Model.Name}.{column.Name}")} as \"{column.Name}\"");
        var parts = PartedBy.Select(part => part == Year ? $"fn.year_of({whose}.{YearOf}) as \"{Year}\"" : $"coalesce(dim_province.province_code, 'unknown') as \"{Province}\"");
        var joins = (IsByTask ? $"\nleft join warehouse.fact_task on {Model.Name}.task_key = fact_task.task_key" : "")
            + (IsByProvince ? $"\nleft join warehouse.dim_province on {whose}.province_key = dim_province.province_key" : "");
        return $"select {string.Join(", ", columns.Concat(parts))}\nfrom {Model.FullName}{joins}";
    }

    /// <summary>
    /// Of a table that is parted, a SELECT with logical names of at least as many rows as <see cref="Select"/> has parts: of keys and days alone,
    /// joined with nothing. Rows that lie where their task does lie in no other parts than the tasks.
    /// </summary>
    public string Parts() => $"select distinct {(YearOf.Length > 0 ? $"fn.year_of({YearOf}) as \"{Year}\", " : "")}province_key from {(IsByTask ? "warehouse.fact_task" : Model.FullName)}";

    /// <summary>The table that holds the rows of <see cref="Select"/>.</summary>
    public TableShape Shape(string schema) => new(schema, Model.Name,
        [.. Columns, .. PartedBy.Select(part => new Column(part, part == Year ? ColumnType.Integer : ColumnType.Text))]);

    static ColumnType TypeOf(DbDataReader reader, int column, Model model)
    {
        var type = reader.GetFieldType(column);
        if (type == typeof(DateTime) || type == typeof(DateOnly)) return reader.GetDataTypeName(column).Equals("date", StringComparison.OrdinalIgnoreCase) ? ColumnType.Date : ColumnType.Timestamp;
        if (type == typeof(string)) return ColumnType.Text;
        if (type == typeof(double) || type == typeof(float)) return ColumnType.Double;
        if (type == typeof(long) || type == typeof(decimal)) return ColumnType.BigInt;
        if (type == typeof(int)) return ColumnType.Integer;
        if (type == typeof(short) || type == typeof(byte) || type == typeof(sbyte)) return ColumnType.SmallInt;
        throw new ModelException($"{model.Path}: {model.FullName}.{reader.GetName(column)} has type {reader.GetDataTypeName(column)}, which is not exported");
    }
}
