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
    readonly Timer timer;
    long askedAt = Environment.TickCount64;

    KeptOpen(DuckDbConnection connection, TimeSpan atMost, Func<bool> isPublished, string home)
    {
        this.connection = connection;
        timer = new Timer(_ =>
        {
            if (Environment.TickCount64 - Volatile.Read(ref askedAt) > atMost.TotalMilliseconds || !Holds(isPublished)) LetGo(home, this);
        }, null, LookEvery, LookEvery);
    }

    /// <summary>Keeps what a connection has just opened, instead of what was kept for the home before.</summary>
    /// <param name="atMost">Without a question.</param>
    /// <param name="isPublished">Whether the state is still the published one; asked every second.</param>
    public static void Keep(string home, DuckDbConnection opened, TimeSpan atMost, Func<bool> isPublished)
    {
        home = Path.GetFullPath(home);
        lock (Gate)
        {
            if (OfHomes.TryGetValue(home, out var kept) && kept.connection.ConnectionString == opened.ConnectionString)
            {
                Volatile.Write(ref kept.askedAt, Environment.TickCount64);
                return;
            }
            LetGo(home);
            var another = new DuckDbConnection(opened.ConnectionString);
            another.Open();
            OfHomes[home] = new(another, atMost, isPublished, home);
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
