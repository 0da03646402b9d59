namespace Warehouse.Risk.XGBoost;

/// <summary>Rows as XGBoost's library holds them; NaN is a missing value.</summary>
sealed unsafe class Matrix : IDisposable
{
    internal nint Handle { get; private set; }

    public int Rows { get; }

    /// <param name="values">Row after row.</param>
    /// <exception cref="LearnerException">The library refuses the rows.</exception>
    public Matrix(ReadOnlySpan<float> values, int columns)
    {
        Rows = values.Length / columns;
        fixed (float* data = values)
        {
            Learner.Require(Native.XGDMatrixCreateFromMat_omp(data, (ulong)Rows, (ulong)columns, float.NaN, out var handle, Environment.ProcessorCount));
            Handle = handle;
        }
    }

    /// <summary>Sets the labels, the weights or the bounds of an interval: one number per row.</summary>
    public Matrix With(string field, float[] numbers)
    {
        fixed (float* data = numbers) Learner.Require(Native.XGDMatrixSetFloatInfo(Handle, field, data, (ulong)numbers.Length));
        return this;
    }

    /// <summary>Writes rows and labels in the library's own form.</summary>
    public void Save(string path) => Learner.Require(Native.XGDMatrixSaveBinary(Handle, path, 1));

    public void Dispose()
    {
        if (Handle != 0) _ = Native.XGDMatrixFree(Handle);
        Handle = 0;
    }
}

/// <summary>XGBoost's library as a whole: whether it is there, and its refusals.</summary>
static class Learner
{
    public static bool IsThere => Native.IsThere;

    /// <summary>As "1.7.4".</summary>
    public static string Version
    {
        get
        {
            Native.XGBoostVersion(out var major, out var minor, out var patch);
            return FormattableString.Invariant($"{major}.{minor}.{patch}");
        }
    }

    public static void Require(int outcome)
    {
        if (outcome != 0) throw new LearnerException($"XGBoost's library refused: {Native.Reason.Split('\n')[0].Trim()}");
    }
}

/// <summary>A learner could not train, or a model cannot be used. The message says why.</summary>
public sealed class LearnerException(string message, Exception? inner = null) : Exception(message, inner);
