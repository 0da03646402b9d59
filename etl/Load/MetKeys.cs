namespace Etl.Load;

/// <summary>
/// The keys met so far in one part, for refusing a row whose key was there before. It holds a bounded number of them in memory,
/// however many rows the part has: the older ones lie sorted in a file, and a filter of two bytes a key tells of nearly all
/// new ones that they are not there.
/// </summary>
/// <param name="most">How many keys are held in memory before they are put into the file.</param>
sealed class MetKeys(int most = MetKeys.Usual) : IDisposable
{
    /// <summary>64 MB of table.</summary>
    const int Usual = 4_000_000;

    KeySet recent = new();
    OlderKeys? older;

    /// <summary>Adds a key (never 0); false when it was there already.</summary>
    public bool Add(long key)
    {
        if (!recent.Add(key) || older?.Contains(key) == true) return false;
        if (recent.Count >= most) PutAside();
        return true;
    }

    /// <summary>Fetches the places of a key that will be asked for soon: in a set of millions they are in no cache.</summary>
    public void Prepare(long key)
    {
        recent.Prepare(key);
        older?.Prepare(key);
    }

    /// <summary>
    /// Lets go of the memory too: whoever waits for a load goes on on its stack, which holds on to the load for as long as a build takes.
    /// </summary>
    public void Dispose()
    {
        older?.Dispose();
        (recent, older) = (new(), null);
    }

    void PutAside()
    {
        older ??= new OlderKeys();
        older.Add(recent.ToSorted());
        recent.Clear();
    }
}
