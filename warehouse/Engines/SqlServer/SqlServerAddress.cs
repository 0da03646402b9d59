using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>Connection strings, and what is wrong with them, in words that say which setting to change.</summary>
static class SqlServerAddress
{
    /// <exception cref="EngineChoiceException">It is none, or names no database.</exception>
    public static SqlConnectionStringBuilder Read(string connectionString)
    {
        SqlConnectionStringBuilder given;
        try
        {
            given = new(connectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // Of the message only what names no value: a value may be the password.
            throw new EngineChoiceException("the connection string in ANALYTICS_CONNECTION is not one of SQL Server: 'Server=HOST,1433;Database=NAME;User ID=NAME;Password=…' is the form");
        }
        if (given.InitialCatalog.Length == 0) throw new EngineChoiceException("the connection string in ANALYTICS_CONNECTION names no database (Database=NAME)");
        return given;
    }

    /// <summary>The connection string of a pool of its own.</summary>
    public static string Named(SqlConnectionStringBuilder given, string application) =>
        new SqlConnectionStringBuilder(given.ConnectionString) { ApplicationName = application, MultipleActiveResultSets = false, Enlist = false }.ConnectionString;
}
