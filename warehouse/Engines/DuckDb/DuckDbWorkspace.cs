using Dapper;

namespace Warehouse.Engines.DuckDb;

/// <summary>The warehouse file that is not published.</summary>
sealed class DuckDbWorkspace(DuckDbConnection connection, DuckDbSettings settings, Publication publication, SlotFiles slots, PassingDatabase passing)
    : Workspace(connection, passing.Physical, publication)
{
    public override IBulkWriter OpenBulkWriter(TableShape table) => new DuckDbBulkWriter(connection, table);

    /// <summary>
    /// While rows come, one core is the writer's and the rest parse, and texts are not tried for a dictionary, for codes and
    /// titles hardly repeat: both were measured. Half of the memory is left to the rows on their way.
    /// </summary>
    public override Task ArrangeForRowsAsync(bool comeNext, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        comeNext
            ? FormattableString.Invariant($"set threads = 1; set memory_limit = '{settings.MemoryBytes / 2 / 1e6:0}MB'; set disabled_compression_methods = 'dictionary,dict_fsst'")
            : $"{(settings.Threads > 0 ? $"set threads = {settings.Threads}" : "reset threads")}; set memory_limit = '{settings.MemoryLimit}'; set disabled_compression_methods = ''",
        cancellationToken: cancel));

    public override bool RemembersStruckOut => true;

    public override bool SkipsByOrder => true;

    /// <summary>
    /// DuckDB 1.5 keeps eight bytes for each row of a vector of which one was struck out, and as long as the file is open
    /// (src/storage/table/chunk_info.cpp): 16 KB for one row of 2,048.
    /// </summary>
    public override double MemoryOfStruckOut(long rows, long places)
    {
        const double Vector = 2048, Bytes = 8 * Vector;
        var vectors = Math.Max(1, rows / Vector);
        return vectors * (1 - Math.Exp(-places / vectors)) * Bytes / settings.MemoryBytes;
    }

    public override async Task RewriteAsync(string table, string last, CancellationToken cancel)
    {
        var (anew, name) = ($"{table}_anew", table.Split('.')[1]);
        await this.RunAsync($"create table {anew} as select * from {table} where ({last}) is not true", cancel: cancel);
        await this.RunAsync($"insert into {anew} select * from {table} where {last}", cancel: cancel);
        await this.RunAsync($"drop table {table}", cancel: cancel);
        await this.RunAsync($"alter table {anew} rename to {name}", cancel: cancel);
    }

    public override bool WasShortOfMemory(Exception error) => error.Message.Contains("Out of Memory Error", StringComparison.Ordinal);

    public override async Task<Publication> PublishAsync(CancellationToken cancel)
    {
        await connection.ExecuteAsync("delete from raw.slot_content; insert into raw.slot_content values ($Number)", new { Publication.Number });
        Milestones.Reach(Milestone.BeforeCheckpoint);
        // The file must be whole without its log before anybody is sent to it.
        await connection.ExecuteAsync(new CommandDefinition("force checkpoint", cancellationToken: cancel));
        await connection.CloseAsync();
        Milestones.Reach(Milestone.AfterCheckpoint);
        slots.Switch(new(Publication.Number, Publication.Slot, Publication.Number));
        Milestones.Reach(Milestone.AfterSwitch);
        return Publication;
    }
}
