using System.Runtime.InteropServices;

namespace Warehouse.Engines.DuckDb;

/// <summary>Native memory that is freed once, at the latest by the garbage collector.</summary>
abstract class NativeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

sealed class ConfigHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.DestroyConfig(ref handle);
        return true;
    }
}

sealed class DatabaseHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.Close(ref handle);
        return true;
    }
}

sealed class ConnectionHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.Disconnect(ref handle);
        return true;
    }
}

sealed class ExtractedHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.DestroyExtracted(ref handle);
        return true;
    }
}

sealed class PreparedHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.DestroyPrepare(ref handle);
        return true;
    }
}

sealed class PendingHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.DestroyPending(ref handle);
        return true;
    }
}

/// <summary>A duckdb_result, kept outside the garbage collector's heap because DuckDB fills it in.</summary>
sealed unsafe class ResultHandle : NativeHandle
{
    public ResultHandle() => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(ResultFields)));

    public ResultFields Fields => *(ResultFields*)handle;

    protected override bool ReleaseHandle()
    {
        Native.DestroyResult(handle);
        NativeMemory.Free((void*)handle);
        return true;
    }
}

sealed class ChunkHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.DestroyChunk(ref handle);
        return true;
    }
}

sealed class TypeHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.DestroyType(ref handle);
        return true;
    }
}

sealed class AppenderHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        // Destroying alone would flush: rows that nobody completed must not appear.
        Native.ClearAppender(handle);
        Native.DestroyAppender(ref handle);
        return true;
    }
}
