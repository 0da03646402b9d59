using System.Data;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

public sealed class ConnectionTests : IDisposable
{
    readonly TemporaryDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public void Connections_to_the_same_file_share_one_instance()
    {
        using var first = database.Connect();
        using var second = database.Connect();
        first.Run("create table t as select 1 as a");

        Assert.Equal(1, second.Scalar("select a from t"));
    }

    [Fact]
    public void A_link_to_the_file_is_the_same_database()
    {
        using var first = database.Connect();
        first.Run("create table t as select 1 as a");
        var link = database.Path + ".link";
        File.CreateSymbolicLink(link, database.Path);
        using var second = new DuckDbConnection($"Data Source={link}");
        second.Open();

        Assert.Equal(1, second.Scalar("select a from t"));
    }

    [Fact]
    public void The_last_connection_to_close_releases_the_file()
    {
        var first = database.Connect();
        var second = database.Connect();
        first.Run("create table t as select 1 as a");
        first.Dispose();
        second.Dispose();

        Assert.False(File.Exists(database.Path + ".wal"));
        using var readOnly = database.Connect("Access Mode=READ_ONLY");
        Assert.Equal(1, readOnly.Scalar("select a from t"));
    }

    [Fact]
    public void A_read_only_connection_cannot_write()
    {
        using (var writer = database.Connect()) writer.Run("create table t (a int)");
        using var reader = database.Connect("Access Mode=READ_ONLY");

        Assert.Contains("read-only", Assert.Throws<DuckDbException>(() => reader.Run("insert into t values (1)")).Message);
    }

    [Fact]
    public void Reading_only_is_not_granted_by_a_writable_instance()
    {
        using var writer = database.Connect();

        var error = Assert.Throws<DuckDbException>(() => database.Connect("Access Mode=READ_ONLY"));

        Assert.Equal($"database '{database.Path}': this process has it open with access_mode 'READ_WRITE', not 'READ_ONLY'", error.Message);
        Assert.False(error.IsLockConflict);
    }

    [Fact]
    public void Options_reach_DuckDB()
    {
        using var connection = database.Connect("Memory Limit=512MiB;Threads=1;Temp Directory=" + Path.GetDirectoryName(database.Path));

        Assert.Equal("512.0 MiB", connection.Scalar("select current_setting('memory_limit')"));
        Assert.Equal(1L, connection.Scalar("select current_setting('threads')"));
        Assert.Equal(Path.GetDirectoryName(database.Path), connection.Scalar("select current_setting('temp_directory')"));
        Assert.Equal("UTC", connection.Scalar("select current_setting('TimeZone')"));
    }

    [Fact]
    public void An_unknown_option_is_rejected_with_the_path()
    {
        var error = Assert.Throws<DuckDbException>(() => database.Connect("Memory Limt=1GB"));

        Assert.Contains(database.Path, error.Message);
        Assert.Contains("memory_limt", error.Message);
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        File.WriteAllText(database.Path, new string('x', 20_000));

        var error = Assert.Throws<DuckDbException>(() => database.Connect());

        Assert.StartsWith($"database '{database.Path}': ", error.Message);
        Assert.Contains("not a valid DuckDB database", error.Message);
        Assert.False(error.IsLockConflict);
    }

    [Fact]
    public void A_file_that_another_process_writes_is_a_lock_conflict()
    {
        using (HoldingProcess.Hold(database.Path))
        {
            var error = Assert.Throws<DuckDbException>(() => database.Connect());

            Assert.True(error.IsLockConflict);
            Assert.True(error.IsTransient);
            Assert.Contains(database.Path, error.Message);
            Assert.True(Assert.Throws<DuckDbException>(() => database.Connect("Access Mode=READ_ONLY")).IsLockConflict);
        }
        using var connection = database.Connect();
        Assert.Equal(1, connection.Scalar("select 1"));
    }

    [Fact]
    public void Databases_in_memory_are_private_unless_named()
    {
        using var first = new DuckDbConnection(":memory:");
        using var second = new DuckDbConnection(":memory:");
        using var named = new DuckDbConnection("Data Source=:memory:shared");
        using var sameName = new DuckDbConnection("Data Source=:memory:shared");
        foreach (var connection in (DuckDbConnection[])[first, second, named, sameName]) connection.Open();
        first.Run("create table t (a int)");
        named.Run("create table t (a int)");

        Assert.Throws<DuckDbException>(() => second.Run("select * from t"));
        Assert.Equal(0, sameName.Run("insert into t select 1 where false"));
    }

    [Fact]
    public void A_connection_string_without_a_source_is_refused()
    {
        Assert.Contains("Data Source", Assert.Throws<ArgumentException>(() => new DuckDbConnection("Threads=1")).Message);
    }

    [Fact]
    public void A_closed_connection_can_open_again_but_a_disposed_one_cannot()
    {
        var connection = database.Connect();
        connection.Close();
        Assert.Throws<InvalidOperationException>(() => connection.Run("select 1"));
        connection.Open();
        Assert.Equal(1, connection.Scalar("select 1"));
        connection.Dispose();

        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.Throws<ObjectDisposedException>(connection.Open);
        Assert.Throws<ObjectDisposedException>(() => connection.Run("select 1"));
    }

    [Fact]
    public void An_abandoned_reader_leaves_no_transaction_behind()
    {
        using var connection = database.Connect();
        connection.Run("create table t as select range as a from range(500000)");
        using (var command = new DuckDbCommand("select a from t", connection))
        using (var reader = command.ExecuteReader()) reader.Read();

        using var other = database.Connect();
        other.Run("delete from t");
        other.Run("checkpoint"); // refuses while another connection still reads old rows
    }

    [Fact]
    public void Connections_may_come_and_go_on_many_threads()
    {
        using (var connection = database.Connect()) connection.Run("create table t (a int)");

        Parallel.For(0, 40, i =>
        {
            using var connection = database.Connect();
            connection.Run($"insert into t values ({i})");
        });

        using var last = database.Connect();
        Assert.Equal(40L, last.Scalar("select count(distinct a) from t"));
    }
}
