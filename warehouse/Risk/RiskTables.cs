using Warehouse.Engines;

namespace Warehouse.Risk;

/// <summary>What a publication has of predictions.</summary>
public static class RiskTables
{
    /// <summary>False for a state that was published before there were predictions.</summary>
    public static async Task<bool> ExistAsync(Session session, CancellationToken cancel) =>
        await session.ReadValueAsync<long>("select count(*) from information_schema.tables where table_schema = 'raw' and table_name = 'task_risk'", cancel: cancel) > 0;
}
