namespace Warehouse.Engines.DuckDb;

/// <summary>
/// While it lives, a connection's work stops when the caller gives up or the time is over. Made only after DuckDB has
/// begun the work: beginning forgets earlier interrupts. Disposing waits until no interrupt can still arrive.
/// </summary>
readonly struct Interruption : IDisposable
{
    readonly CancellationToken cancel;
    readonly CancellationTokenSource? timeout;
    readonly CancellationTokenRegistration onCancel;
    readonly CancellationTokenRegistration onTimeout;

    /// <param name="seconds">Time limit; 0 for none.</param>
    public Interruption(ConnectionHandle connection, int seconds, CancellationToken cancel)
    {
        this.cancel = cancel;
        onCancel = Register(cancel, connection);
        if (seconds == 0) return;
        timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        onTimeout = Register(timeout.Token, connection);
    }

    /// <summary>The error for what DuckDB said when its work failed.</summary>
    public Exception Explain(string reason)
    {
        if (!DuckDbException.IsInterrupt(reason)) return DuckDbException.Running(reason);
        if (cancel.IsCancellationRequested) return new OperationCanceledException(reason, cancel);
        return DuckDbException.Running(reason, timeout is { IsCancellationRequested: true } ? new TimeoutException("the command's time limit was reached") : null);
    }

    public void Dispose()
    {
        onCancel.Dispose();
        onTimeout.Dispose();
        timeout?.Dispose();
    }

    static CancellationTokenRegistration Register(CancellationToken token, ConnectionHandle connection) =>
        token.UnsafeRegister(static state => Native.Interrupt((ConnectionHandle)state!), connection);
}
