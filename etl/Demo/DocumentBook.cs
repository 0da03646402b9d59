namespace Etl.Demo;

/// <summary>Issues the documents that assign tasks; numbers restart every year and carry the quirks of real registers.</summary>
sealed class DocumentBook(PlaceProfile place, Chance chance)
{
    readonly Dictionary<(int Year, string Symbol), int> last = [];
    int issued;

    /// <param name="level">central, party or province: who assigns.</param>
    public DemoDocument Issue(DateOnly date, string level)
    {
        var (symbol, issuer) = level switch
        {
            "central" => chance.Pick(Central),
            "party" => (chance.Pick(new[] { "CV/TU", "TB/TU", "QĐ/TU" }), place.City ? "Thành ủy" : "Tỉnh ủy"),
            _ => (chance.Pick(Own), place.Committee),
        };
        return Written(Next(date, symbol, level), symbol, date, issuer, Words.Subject(chance));
    }

    /// <summary>The decision on the year's work programme, issued in the last days of the year before.</summary>
    public DemoDocument Programme(int year)
    {
        var date = new DateOnly(year - 1, 12, 27);
        // The letter of Hải Phòng names this one.
        var number = place.Key == "hai-phong" && year == 2019 ? 3482 : Next(date, "QĐ-UBND", "province");
        return Written(number, "QĐ-UBND", date, place.Committee, $"Ban hành Chương trình công tác năm {year}");
    }

    static readonly (string, string)[] Central =
    [
        ("CĐ-TTg", "Thủ tướng Chính phủ"), ("CT-TTg", "Thủ tướng Chính phủ"), ("QĐ-TTg", "Thủ tướng Chính phủ"), ("NQ-CP", "Chính phủ"), ("QH15", "Quốc hội"), ("TB-VPCP", "Văn phòng Chính phủ"),
    ];

    static readonly string[] Own = ["UBND-KSTT", "UBND-NC", "UBND-ĐTĐT", "UBND-KTGS&TĐKT", "QĐ-UBND", "CT-UBND", "KH-UBND", "TB-UBND", "TB-VP"];

    int Next(DateOnly date, string symbol, string level)
    {
        var key = (date.Year, symbol);
        var step = level == "central" ? chance.Between(1, 20) : chance.Between(1, 9);
        return last[key] = last.GetValueOrDefault(key) + step;
    }

    DemoDocument Written(int number, string symbol, DateOnly date, string issuer, string subject)
    {
        var text = symbol.EndsWith("/TU", StringComparison.Ordinal) ? $"{number}-{symbol}"
            : symbol == "QH15" ? $"{number}/{date.Year}/{symbol}"
            : $"{(number < 10 && chance.Happens(0.7) ? "0" : "")}{number}/{symbol}";
        return new DemoDocument($"{place.Prefix}-VB{++issued:00000}", Quirk(text), date, issuer, subject);
    }

    /// <summary>A blank inside, D for Đ, a lost hyphen: as the letters and converted files have them.</summary>
    string Quirk(string number)
    {
        if (place.Key == "can-tho" && chance.Happens(0.2)) number = number.Replace("/", " /", StringComparison.Ordinal);
        if (place.Key == "can-tho") number = number.Replace("CĐ-TTg", "CD-TTg", StringComparison.Ordinal);
        return chance.Happens(0.01) ? number.Replace("QĐ-UBND", "QĐUBND", StringComparison.Ordinal) : number;
    }
}
