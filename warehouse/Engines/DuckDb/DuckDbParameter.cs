using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// A value for <c>$name</c> or <c>@name</c> in a command, or by its place for <c>?</c>. The type is that of the
/// value; <see cref="DbType"/> counts only as Date, which turns a DateTime into a day.
/// </summary>
public sealed class DuckDbParameter : DbParameter
{
    string name = "";

    public DuckDbParameter()
    {
    }

    public DuckDbParameter(string name, object? value)
    {
        ParameterName = name;
        Value = value;
    }

    /// <summary>The name, with or without its $ or @; empty for a parameter that is found by its place.</summary>
    [AllowNull]
    public override string ParameterName
    {
        get => name;
        set => name = (value ?? "").TrimStart('$', '@', ':');
    }

    public override object? Value { get; set; }

    public override DbType DbType { get; set; } = DbType.Object;

    /// <exception cref="NotSupportedException">Anything but Input: DuckDB has no other kind.</exception>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input) throw new NotSupportedException($"parameter '{name}': DuckDB has input parameters only");
        }
    }

    public override bool IsNullable { get; set; } = true;

    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    public override void ResetDbType() => DbType = DbType.Object;
}
