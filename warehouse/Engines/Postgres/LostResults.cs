using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>
/// Notices that a Citus cluster lost a part of an answer. Citus 13.2 works some statements out in steps whose results it does not send to
/// where a later step looks for them; then it warns and goes on with no rows, so that the answer is wrong and no error is raised.
/// </summary>
sealed class LostResults
{
    const string Warning = "could not find the intermediate result file";

    bool isAnyLost;

    public LostResults(NpgsqlConnection connection) =>
        connection.Notice += (_, said) => isAnyLost |= said.Notice.MessageText.Contains(Warning, StringComparison.Ordinal);

    /// <exception cref="EngineException">What was read or built over the connection may lack rows.</exception>
    public void ThrowIfAny()
    {
        if (isAnyLost) throw new EngineException("the Citus cluster lost a part of what it worked out, and says so only in a warning: the answer is wrong and must not be used; ask a server that is no cluster");
    }
}
