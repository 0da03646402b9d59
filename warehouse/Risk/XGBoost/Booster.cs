using System.Globalization;

namespace Warehouse.Risk.XGBoost;

/// <summary>Gradient-boosted trees, trained and asked through XGBoost's C library. Equal rows, settings and seed give equal trees.</summary>
sealed unsafe class Booster : IDisposable
{
    const int Contributions = 4;
    const int Margin = 1;

    nint handle;

    Booster(nint handle) => this.handle = handle;

    /// <param name="asked">Rows that <paramref name="goesOn"/> asks of: the library remembers what earlier trees said of them, so that only new ones are followed.</param>
    /// <exception cref="LearnerException">The library refuses a setting or the rows.</exception>
    public static Booster Train(Matrix matrix, IReadOnlyDictionary<string, string> settings, int rounds, Func<int, Booster, bool>? goesOn = null, Matrix? asked = null)
    {
        var booster = Create(asked is null ? [matrix.Handle] : [matrix.Handle, asked.Handle]);
        try
        {
            foreach (var (name, value) in settings) Learner.Require(Native.XGBoosterSetParam(booster.handle, name, value));
            for (var round = 0; round < rounds; round++)
            {
                Learner.Require(Native.XGBoosterUpdateOneIter(booster.handle, round, matrix.Handle));
                if (goesOn is not null && !goesOn(round + 1, booster)) break;
            }
            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    static Booster Create(ReadOnlySpan<nint> remembered)
    {
        fixed (nint* matrices = remembered)
        {
            Learner.Require(Native.XGBoosterCreate(matrices, (ulong)remembered.Length, out var created));
            return new Booster(created);
        }
    }

    /// <summary>One number per row: a probability, or what the objective predicts. <paramref name="trees"/> 0 means all.</summary>
    public float[] Predict(Matrix matrix, int trees = 0) => Ask(matrix, 0, trees);

    /// <summary>The sum of the leaves, before the objective makes a probability of it.</summary>
    public float[] Margins(Matrix matrix) => Ask(matrix, Margin, 0);

    /// <summary>How much each column moved each row's margin (TreeSHAP), row after row, with the common start as the last column.</summary>
    public float[] Contribute(Matrix matrix) => Ask(matrix, Contributions, 0);

    float[] Ask(Matrix matrix, int options, int trees)
    {
        Learner.Require(Native.XGBoosterPredict(handle, matrix.Handle, options, (uint)trees, 0, out var count, out var values));
        return new ReadOnlySpan<float>(values, checked((int)count)).ToArray();
    }

    /// <summary>The trees as bytes, to be kept.</summary>
    public byte[] Save() => Save("ubj");

    /// <summary>The trees as text, to be read.</summary>
    public byte[] Write() => Save("json");

    byte[] Save(string format)
    {
        Learner.Require(Native.XGBoosterSaveModelToBuffer(handle, $$"""{"format":"{{format}}"}""", out var count, out var bytes));
        return new ReadOnlySpan<byte>(bytes, checked((int)count)).ToArray();
    }

    /// <exception cref="LearnerException">The bytes are no model that this library reads.</exception>
    public static Booster Load(byte[] model)
    {
        var booster = Create([]);
        fixed (byte* bytes = model)
        {
            if (Native.XGBoosterLoadModelFromBuffer(booster.handle, bytes, (ulong)model.Length) == 0) return booster;
        }
        booster.Dispose();
        throw new LearnerException($"the bytes are no model that XGBoost {Learner.Version} reads");
    }

    public void Dispose()
    {
        if (handle != 0) _ = Native.XGBoosterFree(handle);
        handle = 0;
    }

    internal static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
