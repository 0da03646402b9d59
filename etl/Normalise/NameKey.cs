using Warehouse.Keys;

namespace Etl.Normalise;

/// <summary>Surrogate key of a name within a scope (a feed, a province): names that fold alike have the same key.</summary>
public static class NameKey
{
    /// <summary>Key of a name that has been folded already.</summary>
    /// <param name="scope">Within what the name is unique, for example the feed's name.</param>
    public static long Of(ReadOnlySpan<byte> scope, ReadOnlySpan<byte> foldedUtf8) => StableKey.Of("name"u8, scope, foldedUtf8);

    /// <summary>Folds the name, then keys it.</summary>
    public static long OfName(ReadOnlySpan<byte> scope, ReadOnlySpan<byte> name)
    {
        var room = Folding.RoomFor(name.Length);
        var folded = room <= 1024 ? stackalloc byte[1024] : new byte[room];
        return Of(scope, folded[..Folding.Fold(name, folded)]);
    }
}
