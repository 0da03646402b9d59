using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

/// <summary>A file that catches up with another one holds what that one holds, whatever stood in it before.</summary>
public sealed class BlockDeltaTests
{
    [Fact]
    public void Blocks_of_the_same_words_in_another_order_are_not_the_same()
    {
        using var from = new TemporaryDatabase();
        using var to = new TemporaryDatabase();
        // DuckDB's checksum of a block is the same whatever the order of its words: here it is that of both.
        Write(from, "hash(i) as earlier, hash(i + 1000) as later");
        Write(to, "hash(i + 1000) as earlier, hash(i) as later");

        BlockDelta.Apply(from.Path, to.Path, new Milestones());

        using (var read = to.Connect())
            Assert.Equal(1000L, read.Scalar("select count(*) from told join range(1000) as numbers(i) on earlier = hash(i) and later = hash(i + 1000)"));
        Assert.Equal(File.ReadAllBytes(from.Path), File.ReadAllBytes(to.Path));
    }

    [Fact]
    public void Blocks_beyond_the_end_of_the_other_file_are_gone()
    {
        using var from = new TemporaryDatabase();
        using var to = new TemporaryDatabase();
        Write(from, "hash(i) as earlier");
        Write(to, "hash(i) as earlier, repeat(hash(i)::varchar, 100) as later");

        BlockDelta.Apply(from.Path, to.Path, new Milestones());

        Assert.Equal(File.ReadAllBytes(from.Path), File.ReadAllBytes(to.Path));
    }

    [Fact]
    public void A_file_that_is_no_database_is_told_and_the_other_stays_as_it_was()
    {
        using var from = new TemporaryDatabase();
        using var to = new TemporaryDatabase();
        File.WriteAllText(from.Path, "no database");
        Write(to, "hash(i) as earlier");
        var before = File.ReadAllBytes(to.Path);

        Assert.Contains(from.Path, Assert.Throws<EngineException>(() => BlockDelta.Apply(from.Path, to.Path, new Milestones())).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(to.Path));
    }

    static void Write(TemporaryDatabase database, string columns)
    {
        using var connection = database.Connect();
        connection.Run("set threads = 1; set force_compression = 'uncompressed'");
        connection.Run($"create table told as select {columns} from range(1000) as numbers(i)");
        connection.Run("force checkpoint");
    }
}
