using System.Text;
using Warehouse.Keys;
using Xunit;

namespace Tests.Keys;

public sealed class StableKeyTests
{
    [Theory]
    [InlineData("", 0UL, 0xEF46DB3751D8E999)]
    [InlineData("a", 0UL, 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0UL, 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0UL, 0xFBCEA83C8A378BF1)]
    [InlineData("", 1UL, 0xD5AFBA1336A3BE4B)]
    public void Hash_equals_the_published_vectors(string text, ulong seed, ulong expected) =>
        Assert.Equal(expected, XxHash64.Hash(Encoding.UTF8.GetBytes(text), seed));

    [Fact]
    public void Hash_of_several_blocks_equals_an_independent_implementation() =>
        Assert.Equal(LongVector, XxHash64.Hash(Enumerable.Range(0, 64).Select(i => (byte)i).ToArray(), 0x9E3779B1));

    [Fact]
    public void Parts_are_kept_apart()
    {
        Assert.NotEqual(StableKey.Of("task", "a", "bc"), StableKey.Of("task", "ab", "c"));
        Assert.NotEqual(StableKey.Of("task", "a", ""), StableKey.Of("task", "a"));
        Assert.NotEqual(StableKey.Of("task", "a"), StableKey.Of("agency", "a"));
    }

    [Fact]
    public void Strings_and_their_bytes_have_one_key()
    {
        Assert.Equal(StableKey.Of("task"u8, "can-tho"u8, "Sở"u8), StableKey.Of("task", "can-tho", "Sở"));
        Assert.Equal(StableKey.Of("a"u8, "b"u8, "c"u8, "d"u8), StableKey.Of("a", "b", "c", "d"));
    }

    [Fact]
    public void Keys_do_not_change_from_release_to_release() => Assert.Equal(Pinned, StableKey.Of("task", "can-tho", "17"));

    [Fact]
    public void Keys_are_positive_and_never_the_unknown_key()
    {
        for (var i = 0; i < 10_000; i++) Assert.True(StableKey.Of("task", i.ToString()) > 0);
        Assert.Equal(1, StableKey.Seal(0));
        Assert.Equal(1, StableKey.Seal(1UL << 63));
    }

    [Fact]
    public void Long_parts_need_no_special_room() =>
        Assert.Equal(StableKey.Of("task"u8, Encoding.UTF8.GetBytes(new string('ở', 5000))), StableKey.Of("task", new string('ở', 5000)));

    const ulong LongVector = 0x6E545403B828CF8B;
    const long Pinned = 2227829518436630026;
}
