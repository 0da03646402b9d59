using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Tests.Architecture;

/// <summary>
/// Reads SQL with the grammar of SQL Server 2016 and lists what is wrong with it: syntax, and functions and types that not
/// every engine has.
/// </summary>
static partial class TransactSql
{
    static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase) { "sum", "min", "max", "count", "row_number", "lag", "lead", "abs" };

    static readonly HashSet<SqlDataTypeOption> Types =
    [
        SqlDataTypeOption.Date, SqlDataTypeOption.Int, SqlDataTypeOption.BigInt, SqlDataTypeOption.SmallInt, SqlDataTypeOption.VarChar, SqlDataTypeOption.Float,
    ];

    /// <summary>Faults of a SELECT as the body of a view.</summary>
    public static IReadOnlyList<string> FaultsOf(string select)
    {
        // A view takes no parameters: what stands for a day is a day here.
        var sql = Placeholder().Replace(select, "cast('2023-04-24' as date)");
        var script = Parse($"create view x as\n{sql}", out var faults);
        if (faults.Count > 0) return faults;
        var found = new Portability();
        script!.Accept(found);
        return found.Faults;
    }

    /// <summary>Parses a script with its batches.</summary>
    public static TSqlFragment? Parse(string sql, out IReadOnlyList<string> faults)
    {
        using var reader = new StringReader(sql);
        var script = new TSql130Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        faults = [.. errors.Select(error => $"line {error.Line}: {error.Message}")];
        return faults.Count == 0 ? script : null;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    sealed class Portability : TSqlFragmentVisitor
    {
        public List<string> Faults { get; } = [];

        public override void Visit(FunctionCall node)
        {
            var name = node.FunctionName.Value;
            if (node.CallTarget is MultiPartIdentifierCallTarget { MultiPartIdentifier.Identifiers: [{ Value: "fn" }] }) return;
            if (node.CallTarget is not null || !Functions.Contains(name)) Fault(node, $"function {name} is not one that every engine has");
        }

        public override void Visit(CastCall node)
        {
            if (node.DataType is not SqlDataTypeReference type || !Types.Contains(type.SqlDataTypeOption)) Fault(node, "cast to a type that not every engine has");
            else if (type.SqlDataTypeOption == SqlDataTypeOption.VarChar && type.Parameters.Count == 0) Fault(node, "varchar without a length is cut at 30");
        }

        public override void Visit(ConvertCall node) => Fault(node, "convert is SQL Server's own");

        public override void Visit(IIfCall node) => Fault(node, "iif is SQL Server's own");

        public override void Visit(ParameterlessCall node) => Fault(node, $"{node.ParameterlessCallType} depends on the clock or the user");

        public override void Visit(UserDefinedTypePropertyAccess node) => Fault(node, ":: means something else on SQL Server");

        public override void Visit(TopRowFilter node) => Fault(node, "top is SQL Server's own");

        public override void Visit(QuerySpecification node)
        {
            if (node.OrderByClause is not null) Fault(node, "a view has no order");
        }

        public override void Visit(Identifier node)
        {
            if (node.QuoteType == QuoteType.SquareBracket) Fault(node, $"[{node.Value}] is quoted as on SQL Server only");
        }

        void Fault(TSqlFragment node, string what) => Faults.Add($"line {node.StartLine - 1}: {what}");
    }
}
