namespace Etl.Normalise;

/// <summary>Clean text, or the reason why the received bytes are none: <see cref="Parsed{T}"/> for a span.</summary>
public readonly ref struct CleanText
{
    CleanText(ReadOnlySpan<byte> utf8, string? reason, bool repaired)
    {
        Utf8 = utf8;
        Reason = reason;
        Repaired = repaired;
    }

    /// <summary>Valid UTF-8 in NFC without blanks at its ends: a slice of what was received where nothing else had to change.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>Why there is no text, as a clause without the received bytes; null where there is one.</summary>
    public string? Reason { get; }

    /// <summary>The text was UTF-8 read as windows-1252 and has been put right: worth a note in the run's log.</summary>
    public bool Repaired { get; }

    public bool Ok => Reason is null;

    public bool IsEmpty => Utf8.IsEmpty;

    public override string ToString() => System.Text.Encoding.UTF8.GetString(Utf8);

    internal static CleanText Of(ReadOnlySpan<byte> utf8, bool repaired = false) => new(utf8, null, repaired);

    internal static CleanText Bad(string reason) => new(default, reason, false);
}
