using System.Globalization;
using Reports.Texts;

namespace Reports.Layout;

/// <summary>A number with what it is part of, and how it changed.</summary>
/// <param name="Base">"682 / 916 được giao".</param>
/// <param name="Change">With sign and period; empty where there is nothing to compare with.</param>
/// <param name="Judged"><c>good</c>, <c>bad</c> or empty: a change is coloured by what it means, not by its direction.</param>
public sealed record Figure(string Label, string Big, string Base, string Change = "", string Judged = "")
{
    /// <summary>The tasks behind the number, or its definition.</summary>
    public string? Link { get; init; }

    /// <summary>The number at the ends of months, oldest first, drawn small; none where there is no past.</summary>
    public IReadOnlyList<double> Trend { get; init; } = [];

    /// <summary>The trend in words.</summary>
    public string TrendSaid { get; init; } = "";

    /// <summary>The points of a line in a box of 100 by 24, two off its edges.</summary>
    public string TrendPoints()
    {
        var (least, most) = (Trend.Min(), Trend.Max());
        return string.Join(' ', Trend.Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{2 + (96.0 * i / (Trend.Count - 1)):0.#},{22 - (most > least ? 20 * (value - least) / (most - least) : 10):0.#}")));
    }

    /// <param name="better">As the measure says: <c>higher</c>, <c>lower</c> or empty.</param>
    public static string Judge(double change, string better) => (Math.Sign(change), better) switch
    {
        (1, "higher") or (-1, "lower") => "good",
        (-1, "higher") or (1, "lower") => "bad",
        _ => "",
    };

    public static string Fraction(Language language, long count, long whole, string of) => $"{language.Number(count)} / {language.Number(whole)} {of}";
}
