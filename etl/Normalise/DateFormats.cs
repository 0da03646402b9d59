namespace Etl.Normalise;

/// <summary>
/// The ways in which one column of a feed writes dates, compiled once and tried in order; nothing else is accepted, so
/// 10/3/2025 can never become 3 October. Immutable and safe to share.
/// </summary>
public sealed class DateFormats
{
    readonly IDateFormat[] formats;
    readonly string reason;

    DateFormats(IDateFormat[] formats, IReadOnlyList<string> names)
    {
        this.formats = formats;
        reason = $"is not a date ({string.Join(", ", names)})";
    }

    /// <summary>
    /// Compiles the formats of a feed: patterns as <see cref="DatePattern"/> has them, or <c>iso</c>, <c>excel</c>, <c>epoch_ms</c>,
    /// <c>epoch_s</c>, <c>vi_long</c>, <c>vi_phrase</c>.
    /// </summary>
    /// <returns>The formats, or a sentence that says which name is wrong and why.</returns>
    public static Parsed<DateFormats> Compile(IReadOnlyList<string> names)
    {
        if (names.Count == 0) return Parsed<DateFormats>.Bad("a date column needs at least one format (dd/MM/yyyy)");
        var formats = new IDateFormat[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            if (Special(names[i]) is { } special)
            {
                formats[i] = special;
                continue;
            }
            var pattern = DatePattern.Compile(names[i]);
            if (!pattern.Ok) return Parsed<DateFormats>.Bad($"{pattern.Reason}; besides patterns there are iso, excel, epoch_ms, epoch_s, vi_long, vi_phrase");
            formats[i] = pattern.Value;
        }
        return Parsed<DateFormats>.Of(new(formats, names));
    }

    /// <summary>Reads a field; blanks at its ends do not matter.</summary>
    public Parsed<Moment> Parse(ReadOnlySpan<byte> utf8)
    {
        var text = Blank.Trim(utf8);
        foreach (var format in formats)
            if (format.TryParse(text, out var moment)) return Parsed<Moment>.Of(moment);
        return Parsed<Moment>.Bad(reason);
    }

    static IDateFormat? Special(string name) => name switch
    {
        "iso" => new IsoDate(),
        "excel" => new ExcelDate(),
        "epoch_ms" => new EpochDate(1_000),
        "epoch_s" => new EpochDate(1_000_000),
        "vi_long" => new VietnameseDate(phrases: false),
        "vi_phrase" => new VietnameseDate(phrases: true),
        _ => null,
    };
}
