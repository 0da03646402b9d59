using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>What a server answered to a statement, with the server and the database in front; the server's own message names the object.</summary>
public sealed class SqlServerException : DbException
{
    /// <summary>Chosen as the victim of a deadlock: the same again may succeed.</summary>
    public const int DeadlockVictim = 1205;

    /// <summary>The client gave up waiting.</summary>
    const int Timeout = -2;

    internal SqlServerException(string place, SqlException error)
        : base($"{place}: {Said(error)}", error)
    {
        Number = error.Number;
        IsFailure = error.Errors.Cast<SqlError>().Any(IsOfSystem);
    }

    /// <param name="message">What the server would have refused, had it been sent.</param>
    internal SqlServerException(string message) : base(message)
    {
    }

    /// <summary>The server's number of the error; negative where it is the client's.</summary>
    public int Number { get; }

    /// <summary>The transaction was given up so that another could go on.</summary>
    public bool IsDeadlock => Number == DeadlockVictim;

    /// <summary>The connection broke or the server is out of something, rather than that it refused what it was asked.</summary>
    public bool IsFailure { get; }

    /// <summary>The same may succeed a moment later.</summary>
    public override bool IsTransient => IsFailure || IsDeadlock;

    /// <summary>What a client says of itself and a server of its state, in one sentence.</summary>
    public static string Said(SqlException error)
    {
        var said = string.Join("; ", error.Errors.Cast<SqlError>().Where(each => each.Class > 10 || error.Errors.Count == 1).Select(each => each.Message.ReplaceLineEndings(" ")).Distinct().Take(3));
        if (said.Length == 0) said = error.Message.ReplaceLineEndings(" ");
        return error.Number == Timeout ? $"{said} A statement may take as long as 'Command Timeout' in the connection string says; without it as long as it wants." : said;
    }

    /// <summary>
    /// Severity 20 and more ends the connection, 17 says that a resource is short. Numbers of the client and of the network, and of a server that
    /// shuts down, starts, or whose disk, log or memory is full.
    /// </summary>
    static bool IsOfSystem(SqlError error) => error.Class >= 20 || error.Class == 17 || error.Number is
        -2 or -1 or 2 or 20 or 53 or 64 or 121 or 232 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001
        or 596 or 701 or 823 or 824 or 845 or 1101 or 1105 or 6005 or 9001 or 9002 or 17142 or 40197 or 40501 or 40613;
}
