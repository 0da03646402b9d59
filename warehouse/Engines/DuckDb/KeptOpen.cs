namespace Warehouse.Engines.DuckDb;

/// <summary>
/// The published file of a home, kept open between the questions of a program that answers many: what was read of it stays at hand.
/// Let go once another state is published, for the next run works in the file, and after a while without questions.
/// </summary>
sealed class KeptOpen : IDisposable
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    static readonly Lock Gate = new();
    static readonly Dictionary<string, KeptOpen> OfHomes = [];

    readonly DuckDbConnection connection;
    readonly TimeProvider time;
    readonly ITimer timer;
    long askedAt;

    KeptOpen(DuckDbConnection connection, DuckDbSettings settings, Func<bool> isPublished, string home)
    {
        (this.connection, time) = (connection, settings.Time);
        askedAt = time.GetTimestamp();
        timer = time.CreateTimer(_ =>
        {
            if (time.GetElapsedTime(Volatile.Read(ref askedAt)) > settings.KeepsOpen || !Holds(isPublished)) LetGo(home, this);
        }, null, LookEvery, LookEvery);
    }

    /// <summary>Keeps what a connection has just opened, instead of what was kept for the home before.</summary>
    /// <param name="isPublished">Whether the state is still the published one; asked every second.</param>
    public static void Keep(string home, DuckDbConnection opened, DuckDbSettings settings, Func<bool> isPublished)
    {
        home = Path.GetFullPath(home);
        lock (Gate)
        {
            if (OfHomes.TryGetValue(home, out var kept) && kept.connection.ConnectionString == opened.ConnectionString)
            {
                Volatile.Write(ref kept.askedAt, kept.time.GetTimestamp());
                return;
            }
            LetGo(home);
            var another = new DuckDbConnection(opened.ConnectionString);
            another.Open();
            OfHomes[home] = new(another, settings, isPublished, home);
        }
    }

    /// <summary>Before somebody of this process writes: it must not open for writing what it has open for reading.</summary>
    /// <param name="only">Null lets go whatever is kept.</param>
    public static void LetGo(string home, KeptOpen? only = null)
    {
        home = Path.GetFullPath(home);
        lock (Gate)
        {
            if (!OfHomes.TryGetValue(home, out var kept) || (only is not null && kept != only)) return;
            OfHomes.Remove(home);
            kept.Dispose();
        }
    }

    /// <summary>What cannot be read any more is not what is published; whoever asks next is told why.</summary>
    static bool Holds(Func<bool> isPublished)
    {
        try
        {
            return isPublished();
        }
        catch (Exception error) when (error is EngineException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        connection.Dispose();
    }
}
