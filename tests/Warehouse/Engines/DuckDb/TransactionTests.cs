using System.Data;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

public sealed class TransactionTests : IDisposable
{
    readonly TemporaryDatabase database = new();
    readonly DuckDbConnection connection;

    public TransactionTests()
    {
        connection = database.Connect();
        connection.Run("create table t (a int primary key)");
    }

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    [Fact]
    public void Committed_rows_stay_and_others_see_them_only_then()
    {
        using var other = database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Run("insert into t values (1)");
        Assert.Equal(0L, other.Scalar("select count(*) from t"));
        transaction.Commit();

        Assert.Equal(1L, other.Scalar("select count(*) from t"));
        Assert.Null(connection.Transaction);
    }

    [Fact]
    public void Rolled_back_and_forgotten_rows_go()
    {
        using (var transaction = connection.BeginTransaction())
        {
            connection.Run("insert into t values (1)");
            transaction.Rollback();
        }
        using (connection.BeginTransaction()) connection.Run("insert into t values (2)");

        Assert.Equal(0L, connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public void Closing_the_connection_rolls_back()
    {
        connection.BeginTransaction();
        connection.Run("insert into t values (1)");
        connection.Close();
        connection.Open();

        Assert.Equal(0L, connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public void Tables_made_in_a_transaction_are_rolled_back_with_it()
    {
        using (connection.BeginTransaction()) connection.Run("create table made as select 1");

        Assert.Throws<DuckDbException>(() => connection.Run("select * from made"));
    }

    [Fact]
    public void A_conflict_is_an_error_and_the_connection_works_on()
    {
        connection.Run("insert into t values (1)");
        using var other = database.Connect();
        using (var transaction = connection.BeginTransaction())
        {
            connection.Run("update t set a = 2");
            Assert.Contains("onflict", Assert.Throws<DuckDbException>(() => other.Run("update t set a = 3")).Message);
            transaction.Commit();
        }

        Assert.Equal(2, other.Scalar("select a from t"));
    }

    [Fact]
    public void An_error_inside_a_transaction_can_be_rolled_back()
    {
        using (connection.BeginTransaction())
        {
            connection.Run("insert into t values (1)");
            Assert.Throws<DuckDbException>(() => connection.Run("insert into t values (1)"));
        }

        Assert.Equal(0L, connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public void Transactions_do_not_nest_and_end_once()
    {
        var transaction = connection.BeginTransaction();
        Assert.Throws<InvalidOperationException>(connection.BeginTransaction);
        transaction.Commit();

        Assert.Throws<InvalidOperationException>(transaction.Commit);
        Assert.Throws<NotSupportedException>(() => connection.BeginTransaction(IsolationLevel.Serializable));
    }

    [Fact]
    public void A_transaction_begun_in_SQL_is_the_callers_own()
    {
        connection.Run("begin; insert into t values (1); rollback");

        Assert.Equal(0L, connection.Scalar("select count(*) from t"));
    }
}
