using System.Collections.Concurrent;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// A database opened by this process, shared by all its connections and closed with the last one. DuckDB must not
/// open a file twice in one process: the operating system's file lock would not notice.
/// </summary>
sealed class DatabaseInstance
{
    static readonly ConcurrentDictionary<(string Path, string Instance), DatabaseInstance> Shared = new();

    readonly DatabaseSettings settings;
    DatabaseHandle? handle;
    int connections;
    bool isRetired;

    DatabaseInstance(DatabaseSettings settings) => this.settings = settings;

    /// <summary>Connects to the database, which the first connection opens.</summary>
    /// <exception cref="DuckDbException">It cannot be opened, or is open here with other settings.</exception>
    public static (DatabaseInstance Instance, ConnectionHandle Connection) Connect(DatabaseSettings settings)
    {
        while (true)
        {
            var instance = settings.IsPrivate ? new DatabaseInstance(settings) : Shared.GetOrAdd(settings.Key, _ => new(settings));
            lock (instance)
            {
                if (instance.isRetired) continue; // closed between finding and locking it
                try
                {
                    return (instance, instance.ConnectLocked(settings));
                }
                finally
                {
                    instance.RetireIfUnused();
                }
            }
        }
    }

    /// <summary>Ends a connection; the last one writes the log into the database file and gives up its lock.</summary>
    public void Disconnect(ConnectionHandle connection)
    {
        lock (this)
        {
            connection.Dispose();
            connections--;
            RetireIfUnused();
        }
    }

    ConnectionHandle ConnectLocked(DatabaseSettings wanted)
    {
        if (handle is not null) RequireSame(wanted);
        if (Native.Connect(handle ?? OpenAlone(), out var connection) != 0)
        {
            connection.Dispose();
            throw DuckDbException.Opening(settings.Path, "DuckDB gives no further connection");
        }
        connections++;
        return connection;
    }

    void RetireIfUnused()
    {
        if (connections > 0) return;
        isRetired = true;
        handle?.Dispose();
        handle = null;
        if (!settings.IsPrivate) Shared.TryRemove(new(settings.Key, this));
    }

    // Access is compared even where it is left out, because who asks to read only must not get to write.
    void RequireSame(DatabaseSettings wanted)
    {
        foreach (var name in wanted.Options.Keys.Append("access_mode"))
        {
            var open = Option(settings, name);
            var asked = Option(wanted, name);
            if (!string.Equals(open, asked, StringComparison.OrdinalIgnoreCase))
                throw DuckDbException.Opening(settings.Path, $"this process has it open with {name} '{open}', not '{asked}'");
        }
    }

    static string Option(DatabaseSettings settings, string name) =>
        settings.Options.TryGetValue(name, out var value) ? value
        : name == "access_mode" ? "READ_WRITE" : "as DuckDB chooses";

    /// <summary>Several instances of one path may be read at a time, but nobody writes into what another one reads.</summary>
    DatabaseHandle OpenAlone()
    {
        lock (Shared)
        {
            if (!settings.IsPrivate && Shared.Values.Any(other => other.handle is not null && other.settings.Key != settings.Key && other.settings.Key.Path == settings.Key.Path && !(other.settings.IsReadOnly && settings.IsReadOnly)))
                throw DuckDbException.Opening(settings.Path, "this process has it open with another access");
            // Seen by the next one who looks, for it is told before the lock is given up.
            return handle = Open(settings);
        }
    }

    static DatabaseHandle Open(DatabaseSettings settings)
    {
        ConfigHandle config;
        try
        {
            Native.CreateConfig(out config);
        }
        catch (DllNotFoundException e)
        {
            throw new DuckDbException("DuckDB's library (libduckdb.so, duckdb.dll) is not beside the program: run npm ci and build again", e);
        }
        using (config)
        {
            // An extension that is not built in is an error at once, not after an attempt to download it.
            Native.SetConfig(config, "autoinstall_known_extensions", "false");
            foreach (var (name, value) in settings.Options)
                if (Native.SetConfig(config, name, value) != 0)
                    throw DuckDbException.Opening(settings.Path, $"DuckDB does not accept '{name}' = '{value}'");
            if (Native.Open(settings.NativePath, out var database, config, out var error) == 0) return database;
            database.Dispose();
            throw DuckDbException.Opening(settings.Path, Native.TakeText(error) ?? "unknown error");
        }
    }
}
