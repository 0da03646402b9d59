using System.Diagnostics;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Tests.Architecture;
using Tests.Engines;
using Warehouse.Engines.SqlServer;
using Xunit;
using Xunit.Abstractions;

namespace Tests.SqlServer;

/// <summary>
/// Every statement of a full run, recorded and read with the grammar of SQL Server 2016: where no server is named, what the portable statements of a run on DuckDB
/// become; where one is, what the client sends to it.
/// </summary>
public sealed class SentStatementsTests(ITestOutputHelper output)
{
    /// <summary>What SQL Server 2016 has of functions; the grammar takes any name for one.</summary>
    static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "sum", "min", "max", "count", "count_big", "row_number", "lag", "lead", "abs", "datediff", "datediff_big", "dateadd", "datefromparts", "eomonth", "year", "month",
        "object_id", "schema_id", "quotename", "serverproperty", "db_name", "isnull", "sqrt",
    };

    [Fact]
    public async Task What_a_run_would_send_parses()
    {
        RecordingEngine? recorded = null;
        await FullRun.RunAsync((await TestEngine.CreateAsync(TestEngine.DuckDb)).Through(engine => recorded = new(engine)));

        // What an engine arranges for itself is its own statement, in its own dialect.
        Check([.. recorded!.Statements.Select(sql => Translation.Shipped.Translate(sql, "a")), .. SqlServerEngine.Preparation]);
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task What_a_run_sends_parses()
    {
        var sent = new HashSet<string>();
        using var all = DiagnosticListener.AllListeners.Subscribe(new Listening<DiagnosticListener>(listener =>
        {
            if (listener.Name == "SqlClientDiagnosticListener")
                listener.Subscribe(new Listening<KeyValuePair<string, object?>>(told =>
                {
                    if (told.Key == "Microsoft.Data.SqlClient.WriteCommandBefore" && told.Value?.GetType().GetProperty("Command")?.GetValue(told.Value) is SqlCommand command)
                        lock (sent) sent.Add(command.CommandText);
                }));
        }));
        await FullRun.RunAsync(await TestEngine.CreateAsync(TestEngine.SqlServer));

        Check([.. sent]);
    }

    void Check(IReadOnlyList<string> statements)
    {
        output.WriteLine($"{statements.Count} different statements");
        Assert.True(statements.Count > 500, $"{statements.Count} statements");
        var wrong = statements.Select(sql => (Sql: sql, Faults: FaultsOf(sql))).Where(each => each.Faults.Count > 0).Select(each => $"{string.Join("; ", each.Faults)}\n{each.Sql}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {statements.Count}:\n{string.Join("\n\n", wrong.Take(3))}");
    }

    static IReadOnlyList<string> FaultsOf(string sql)
    {
        var script = TransactSql.Parse(sql, out var faults);
        if (faults.Count > 0) return faults;
        var called = new Called();
        script!.Accept(called);
        return [.. called.Names.Where(name => !Functions.Contains(name)).Select(name => $"there is no function {name}")];
    }

    sealed class Called : TSqlFragmentVisitor
    {
        public List<string> Names { get; } = [];

        public override void Visit(FunctionCall node) => Names.Add(node.FunctionName.Value);
    }

    sealed class Listening<T>(Action<T> told) : IObserver<T>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(T value) => told(value);
    }
}
