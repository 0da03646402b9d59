using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>What an error of the client or the server means, and which setting it is about.</summary>
public static class SqlServerErrors
{
    /// <summary>The client gave up waiting.</summary>
    const int Timeout = -2;

    internal const string AboutTime = "How long a statement may take is said by 'Command Timeout' in the connection string.";

    /// <summary>Wrong name or password, or a database that is not there or not for this name.</summary>
    static readonly int[] OfLogin = [18456, 18452, 18486, 18487, 18488, 4060, 911];

    /// <summary>The connection broke or the server is out of something, rather than that it refused what it was asked.</summary>
    public static bool IsFailure(SqlException error) => error.Errors.Cast<SqlError>().Any(IsOfSystem);

    /// <summary>The server let nobody in.</summary>
    public static bool IsOfLogin(SqlException error) => OfLogin.Contains(error.Number) || IsOfCertificate(error);

    /// <summary>What was said, in one sentence.</summary>
    public static string Said(SqlException error)
    {
        var said = string.Join("; ", error.Errors.Cast<SqlError>().Where(each => each.Class > 10 || error.Errors.Count == 1).Select(each => each.Message.ReplaceLineEndings(" ")).Distinct().Take(3));
        if (said.Length == 0) said = error.Message.ReplaceLineEndings(" ");
        return error.Number == Timeout && error.Class < 20 ? $"{said} {AboutTime}" : said;
    }

    /// <summary>What was said of a connection that was not made, and which setting that is about.</summary>
    public static string Explained(SqlException error) => error.Number switch
    {
        _ when IsOfCertificate(error) => $"{Said(error)} The server's certificate is not trusted: install that of its issuer on this machine, name the host that it was issued for in 'HostNameInCertificate', or, on a network that you trust, set 'TrustServerCertificate=true'.",
        18456 or 18452 => $"{Said(error)} (settings 'User ID' and 'Password')",
        4060 or 911 => $"{Said(error)} (setting 'Database')",
        _ => Said(error),
    };

    static bool IsOfCertificate(SqlException error)
    {
        for (Exception? each = error; each is not null; each = each.InnerException)
            if (each is System.Security.Authentication.AuthenticationException || each.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>
    /// Severity 20 and more ends the connection, 17 says that a resource is short. Numbers of the client and of the network, and of a server that
    /// shuts down, starts, or whose disk, log or memory is full.
    /// </summary>
    static bool IsOfSystem(SqlError error) => error.Class >= 20 || error.Class == 17 || error.Number is
        Timeout or (-1) or 2 or 20 or 53 or 64 or 121 or 232 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001
        or 596 or 701 or 823 or 824 or 845 or 1101 or 1105 or 6005 or 9001 or 9002 or 17142 or 40197 or 40501 or 40613;
}
