using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>What a server answered to a statement, with the server and the database in front; the server's own message names the object.</summary>
public sealed class SqlServerException : DbException
{
    /// <summary>Chosen as the victim of a deadlock: the same again may succeed.</summary>
    public const int DeadlockVictim = 1205;

    internal SqlServerException(string place, SqlException error)
        : base($"{place}: {SqlServerErrors.Said(error)}", error)
    {
        Number = error.Number;
        IsFailure = SqlServerErrors.IsFailure(error);
    }

    /// <param name="message">What the server would have refused, had it been sent.</param>
    internal SqlServerException(string message, bool isFailure = false) : base(message) => IsFailure = isFailure;

    /// <summary>The server's number of the error; negative where it is the client's.</summary>
    public int Number { get; }

    /// <summary>The transaction was given up so that another could go on.</summary>
    public bool IsDeadlock => Number == DeadlockVictim;

    /// <summary>The connection broke or the server is out of something, rather than that it refused what it was asked.</summary>
    public bool IsFailure { get; }

    /// <summary>The same may succeed a moment later.</summary>
    public override bool IsTransient => IsFailure || IsDeadlock;
}
