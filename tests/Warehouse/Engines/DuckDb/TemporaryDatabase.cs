using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

/// <summary>A database file of a test's own, deleted with its folder afterwards.</summary>
sealed class TemporaryDatabase : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("duckdb-test-");

    public string Path => System.IO.Path.Combine(folder.FullName, "test.duckdb");

    public DuckDbConnection Connect(string options = "")
    {
        var connection = new DuckDbConnection($"Data Source={Path};{options}");
        connection.Open();
        return connection;
    }

    public void Dispose() => folder.Delete(recursive: true);
}

static class SqlExtensions
{
    public static int Run(this DuckDbConnection connection, string sql)
    {
        using var command = new DuckDbCommand(sql, connection);
        return command.ExecuteNonQuery();
    }

    public static object? Scalar(this DuckDbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = new DuckDbCommand(sql, connection);
        foreach (var (name, value) in parameters) command.Parameters.Add(name, value);
        return command.ExecuteScalar();
    }

    /// <summary>The first row's first value, read as T.</summary>
    public static T First<T>(this DuckDbConnection connection, string sql)
    {
        using var command = new DuckDbCommand(sql, connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return reader.GetFieldValue<T>(0);
    }
}
