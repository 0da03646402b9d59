using Etl.Load;
using Xunit;

namespace Tests.Loading;

public class MetKeysTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    [InlineData(1_000_000)]
    public void A_key_is_told_again_whether_it_lies_in_memory_or_in_the_file(int most)
    {
        var chance = new Random(20260831);
        var known = new HashSet<long>();
        using var met = new MetKeys(most);
        for (var turn = 0; turn < (most < 10 ? 300 : 12_000); turn++)
        {
            // A third of the keys were there before, near or far back.
            var key = chance.Next(3) == 0 && known.Count > 0 ? known.ElementAt(chance.Next(Math.Min(known.Count, 40))) : chance.NextInt64(long.MinValue, long.MaxValue);
            met.Prepare(key);
            Assert.Equal(known.Add(key), met.Add(key));
        }
        foreach (var key in known) Assert.False(met.Add(key));
    }
}
