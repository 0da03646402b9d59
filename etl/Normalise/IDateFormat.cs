namespace Etl.Normalise;

/// <summary>One way of writing dates.</summary>
interface IDateFormat
{
    /// <summary>True where the trimmed text is a date written so.</summary>
    bool TryParse(ReadOnlySpan<byte> utf8, out Moment moment);
}
