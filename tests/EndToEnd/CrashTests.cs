using Tests.Engines;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>
/// The real program is killed by SIGKILL at every step of a run at which something else has been done than before. A reader
/// finds a complete state right after, and the next run brings what an undisturbed one would have brought, in every table.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [EngineFact(TestEngine.DuckDb)]
    public Task A_run_killed_at_any_step_leaves_a_complete_state_and_is_made_good_by_the_next_in_a_file() => new CrashMatrix(TestEngine.DuckDb, output).RunAsync();
}

/// <inheritdoc cref="CrashTests"/>
public sealed class CrashOnServerTests(ITestOutputHelper output)
{
    [EngineFact(TestEngine.Postgres)]
    public Task A_run_killed_at_any_step_leaves_a_complete_state_and_is_made_good_by_the_next_on_a_server() => new CrashMatrix(TestEngine.Postgres, output).RunAsync();
}

/// <inheritdoc cref="CrashTests"/>
public sealed class CrashOnSqlServerTests(ITestOutputHelper output)
{
    [EngineFact(TestEngine.SqlServer)]
    public Task A_run_killed_at_any_step_leaves_a_complete_state_and_is_made_good_by_the_next_on_SQL_Server() => new CrashMatrix(TestEngine.SqlServer, output).RunAsync();
}
