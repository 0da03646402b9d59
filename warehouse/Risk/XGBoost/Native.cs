using System.Runtime.InteropServices;

namespace Warehouse.Risk.XGBoost;

/// <summary>The functions of XGBoost's C library that training and scoring need (c_api.h of version 1.7). Each returns 0, or -1 with the reason in <see cref="Reason"/>.</summary>
static partial class Native
{
    const string Library = "xgboost";

    /// <summary>Debian's package libxgboost0 has the library under its versioned name only.</summary>
    static readonly string[] Names = ["libxgboost.so.0", "libxgboost.so", "libxgboost.so.1", "xgboost.dll", "libxgboost.dylib"];

    static readonly Lazy<nint> Loaded = new(Load);

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, (name, _, _) => name == Library ? Loaded.Value : 0);

    /// <summary>The library is on this machine. <c>ANALYTICS_XGBOOST=off</c> leaves it aside, whatever is installed.</summary>
    public static bool IsThere => Environment.GetEnvironmentVariable("ANALYTICS_XGBOOST") != "off" && Loaded.Value != 0;

    public static string Reason => Marshal.PtrToStringUTF8(XGBGetLastError()) ?? "unknown reason";

    /// <summary>
    /// The library's threads wait for each other at every level of every tree. Left to itself its run time burns the processor while
    /// they wait: on a machine that is busy with other things training took many times as long. Whoever sets it otherwise is left alone.
    /// </summary>
    static nint Load()
    {
        if (OperatingSystem.IsLinux()) _ = setenv("OMP_WAIT_POLICY", "passive", 0);
        foreach (var name in Names)
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        return 0;
    }

    // .NET's own way of setting it does not reach native code.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport(Library)] private static partial nint XGBGetLastError();

    [LibraryImport(Library)] public static partial void XGBoostVersion(out int major, out int minor, out int patch);

    [LibraryImport(Library)] public static unsafe partial int XGDMatrixCreateFromMat_omp(float* data, ulong rows, ulong columns, float missing, out nint matrix, int threads);

    [LibraryImport(Library)] public static partial int XGDMatrixFree(nint matrix);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int XGDMatrixSaveBinary(nint matrix, string path, int silent);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static unsafe partial int XGDMatrixSetFloatInfo(nint matrix, string field, float* values, ulong count);

    [LibraryImport(Library)] public static unsafe partial int XGBoosterCreate(nint* matrices, ulong count, out nint booster);

    [LibraryImport(Library)] public static partial int XGBoosterFree(nint booster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int XGBoosterSetParam(nint booster, string name, string value);

    [LibraryImport(Library)] public static partial int XGBoosterUpdateOneIter(nint booster, int iteration, nint matrix);

    [LibraryImport(Library)] public static unsafe partial int XGBoosterPredict(nint booster, nint matrix, int options, uint trees, int isTraining, out ulong count, out float* values);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static unsafe partial int XGBoosterSaveModelToBuffer(nint booster, string config, out ulong count, out byte* bytes);

    [LibraryImport(Library)] public static unsafe partial int XGBoosterLoadModelFromBuffer(nint booster, byte* bytes, ulong count);

    [LibraryImport(Library)] public static partial int XGBoosterBoostedRounds(nint booster, out int rounds);
}
