using Warehouse.Engines;

namespace Etl.Load;

/// <summary>The tasks of a feed that were withheld as secret in the parts that were loaded.</summary>
sealed class WithheldTasks(Workspace workspace, long sourceKey)
{
    public KeySet Keys { get; private set; } = new();

    /// <summary>Forgets what parts withheld that were then given up: a later part has to say it again.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        var keys = new KeySet();
        foreach (var key in await workspace.ReadAsync<long>("select task_key from raw.withheld_task where source_key = @sourceKey", new { sourceKey }, cancel)) keys.Add(key);
        Keys = keys;
    }
}
