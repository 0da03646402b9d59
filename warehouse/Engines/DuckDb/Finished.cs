namespace Warehouse.Engines.DuckDb;

/// <summary>Work done at once, handed over as a finished task: its errors reach whoever awaits it.</summary>
static class Finished
{
    public static Task<T> Run<TState, T>(Func<TState, CancellationToken, T> work, TState state, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return Task.FromCanceled<T>(cancel);
        try
        {
            return Task.FromResult(work(state, cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancel);
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }
}
