namespace Warehouse.Engines.SqlServer;

/// <summary>How tables that were filled as a whole are stored: facts by columns, as a clustered columnstore, where that is wanted and the server allows it.</summary>
sealed class FactStorage(Columnstore wanted)
{
    const string Facts = "warehouse.fact_";

    bool wasTold;

    /// <summary>Stores a table by columns if it is a fact; each is filled once as a whole, and increments go into what stands.</summary>
    public async Task StoreAsync(Session session, SqlServerConnection connection, string table, CancellationToken cancel)
    {
        if (wanted == Columnstore.Off || !table.StartsWith(Facts, StringComparison.Ordinal)) return;
        var stored = session.Physical(table);
        try
        {
            await session.RunAsync($"if not exists (select 1 from sys.indexes where object_id = object_id('{stored}') and type = 5) create clustered columnstore index columns_of_fact on {stored}", cancel: cancel);
        }
        catch (SqlServerException refused) when (wanted == Columnstore.Auto && !refused.IsTransient)
        {
            if (connection.IsInTransaction) throw;
            // A server may refuse one table, for the type of a column, and take another.
            if (!wasTold) connection.Report($"{refused.Message} What it refuses is stored by rows.");
            wasTold = true;
        }
    }

    /// <summary>Rows of a table are looked up by a column.</summary>
    public static string Index(string table, string column) => $"create index {table[(table.IndexOf('.', StringComparison.Ordinal) + 1)..]}_{column} on {table} ({column})";
}
