using System.Globalization;
using Warehouse.Measures;

namespace Reports.Texts;

/// <summary>Words, numbers and dates as one of the two languages writes them.</summary>
public sealed class Language
{
    public static readonly Language Vietnamese = new("vi", ",", ".", "dd/MM/yyyy");
    public static readonly Language English = new("en", ".", ",", "d MMM yyyy");

    /// <summary>Of a percentage that is held against another one.</summary>
    const int MostDecimals = 4;

    readonly NumberFormatInfo numbers;
    readonly string dateFormat;

    Language(string code, string decimalSeparator, string groupSeparator, string dateFormat)
    {
        Code = code;
        this.dateFormat = dateFormat;
        numbers = new NumberFormatInfo { NumberDecimalSeparator = decimalSeparator, NumberGroupSeparator = groupSeparator, NegativeSign = "−" };
    }

    /// <summary><c>vi</c> or <c>en</c>, as in <c>lang=</c> and the page's <c>lang</c> attribute.</summary>
    public string Code { get; }

    public bool IsEnglish => Code == "en";

    public Language Other => IsEnglish ? Vietnamese : English;

    /// <summary>A text of the catalogue; <c>{0}</c>, <c>{1}</c> … stand for the arguments, written as this language writes them.</summary>
    public string Say(string key, params ReadOnlySpan<object> arguments)
    {
        var text = TextCatalog.Shipped.Text(key, IsEnglish);
        for (var i = 0; i < arguments.Length; i++) text = text.Replace($"{{{i}}}", Written(arguments[i]), StringComparison.Ordinal);
        return text;
    }

    /// <summary>The words for a code of the warehouse, such as <c>event.extended</c>; the code itself where it is one that the catalogue does not know.</summary>
    public string Word(string of, string code) => TextCatalog.Shipped.Has($"{of}.{code}") ? Say($"{of}.{code}") : code;

    public string Number(long number) => number.ToString("#,##0", numbers);

    /// <summary>With its sign: −12, +12, 0.</summary>
    public string Change(long number) => number.ToString("+#,##0;−#,##0;0", numbers);

    /// <summary>With its sign and one decimal.</summary>
    public string Signed(double number) => number.ToString("+#,##0.0;−#,##0.0;0.0", numbers);

    /// <summary>Two decimals.</summary>
    public string Decimal(double number) => number.ToString("#,##0.00", numbers);

    /// <summary>A difference of two rates in percentage points.</summary>
    public string Points(double difference) => (difference * 100).ToString("+#,##0.0;−#,##0.0;0.0", numbers);

    /// <summary>One decimal; a dash where the base is 0.</summary>
    public string Percent(double? rate) => rate is { } value ? Percent(value, 1) : "–";

    /// <summary>A share beside the one that it is held against, both of 1: with more decimals where one of them would hide on which side it lies (199 of 221 is over 90 %).</summary>
    public string PercentBeside(double? rate, double bound)
    {
        if (rate is not { } value || value == bound) return Percent(rate);
        var decimals = 1;
        while (decimals < MostDecimals && Percent(value, decimals) == Percent(bound, decimals)) decimals++;
        return Percent(value, decimals);
    }

    public string Date(DateOnly day) => day.ToString(dateFormat, CultureInfo.InvariantCulture);

    /// <summary>Day and month above the year, for axes and heads of columns.</summary>
    public (string DayAndMonth, string Year) TwoLines(DateOnly day) => (day.ToString(IsEnglish ? "d MMM" : "dd/MM", CultureInfo.InvariantCulture), day.ToString("yyyy", CultureInfo.InvariantCulture));

    /// <summary>As a person types it into a field: both forms are read in either language.</summary>
    public string TypedDate(DateOnly? day) => day?.ToString(IsEnglish ? "yyyy-MM-dd" : "dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "";

    public string Label(Measure measure) => IsEnglish ? measure.LabelEn : measure.Label;

    public string About(Measure measure) => IsEnglish ? measure.AboutEn : measure.About;

    public string Label(Dimension dimension) => IsEnglish ? dimension.LabelEn : dimension.Label;

    string Percent(double share, int decimals) => (share * 100).ToString("#,##0." + new string('0', decimals), numbers) + "%";

    string Written(object argument) => argument switch
    {
        DateOnly day => Date(day),
        long number => Number(number),
        double rate => Percent(rate),
        _ => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "",
    };
}
