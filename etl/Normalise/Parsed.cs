namespace Etl.Normalise;

/// <summary>A value, or the reason why the received text is none. Bad data is a value here, never an exception.</summary>
/// <typeparam name="T">What the text means.</typeparam>
public readonly struct Parsed<T>
{
    readonly T value;

    Parsed(T value, string? reason)
    {
        this.value = value;
        Reason = reason;
    }

    /// <summary>Why there is no value, as a clause without the received text: "is not a date (dd/MM/yyyy)"; null where there is one.</summary>
    public string? Reason { get; }

    public bool Ok => Reason is null;

    /// <exception cref="InvalidOperationException">There is no value; ask <see cref="Ok"/> first.</exception>
    public T Value => Reason is null ? value : throw new InvalidOperationException(Reason);

    public static Parsed<T> Of(T value) => new(value, null);

    public static Parsed<T> Bad(string reason) => new(default!, reason);
}
