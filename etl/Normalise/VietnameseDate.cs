namespace Etl.Normalise;

/// <summary>
/// Dates in words. As <c>vi_long</c>: "ngày 17 tháng 3 năm 2023", also with a place before it ("Đà Nẵng, ngày …"), a time
/// ("17 giờ 30 ngày …"), or without a day. As <c>vi_phrase</c> also "24/3/2023", "tháng 3/2025", "quý I/2025", "năm 2025", each
/// with "trước" (strictly before), "chậm nhất", "đến hết" (on or before) or "trong" in front.
/// </summary>
/// <remarks>Works on the folded words, so spelling variants and letter case do not matter. "thường xuyên" and "định kỳ" are no dates.</remarks>
sealed class VietnameseDate(bool phrases) : IDateFormat
{
    const int Longest = 120; // bytes

    public bool TryParse(ReadOnlySpan<byte> utf8, out Moment moment)
    {
        moment = default;
        if (utf8.Length is 0 or > Longest) return false;
        Span<byte> folded = stackalloc byte[3 * Longest + 8];
        var words = new WordScan(folded[..Folding.Fold(utf8, folded)]);
        var due = DueOperator.None;
        if (phrases) due = Operator(ref words);
        else words.SkipTo("ngay"u8, most: 5);
        var parts = new DateParts();
        if (!Time(ref words, ref parts)) return false;
        var quarter = 0;
        if (!Date(ref words, ref parts, ref quarter)) return false;
        if (parts.Hour < 0 && parts.Day >= 0 && !words.AtEnd && !Time(ref words, ref parts)) return false;
        if (!words.AtEnd || parts.Hour >= 0 && parts.Day < 0 || !parts.TryMoment(out moment)) return false;
        if (quarter > 0) moment = new(moment.Day, Granularity.Quarter);
        moment = moment with { Operator = due };
        return true;
    }

    static DueOperator Operator(ref WordScan words)
    {
        var due = DueOperator.None;
        while (true)
            if (words.Take("truoc"u8)) due = DueOperator.Before;
            else if (words.Take("cham"u8) || words.Take("muon"u8) || words.Take("nhat"u8) || words.Take("den"u8) || words.Take("het"u8) || words.Take("toi"u8))
                due = due == DueOperator.None ? DueOperator.OnOrBefore : due;
            else if (!words.Take("la"u8) && !words.Take("vao"u8) && !words.Take("trong"u8) && !words.Take("luc"u8))
                return due;
    }

    /// <summary>"17h", "17h30", "17 giờ 30 phút" or "17:30 ngày"; leaves the words as they were where there is no time. False: a time that is none.</summary>
    static bool Time(ref WordScan words, ref DateParts parts)
    {
        var start = words;
        if (words.TakeHours(out parts.Hour, out parts.Minute))
        {
            if (parts.Minute < 0 && !(words.TakeNumber(1, 2, out parts.Minute) && words.Take("phut"u8))) parts.Minute = 0;
            return true;
        }
        if (words.TakeNumber(1, 2, out parts.Hour) && words.Take("gio"u8))
        {
            if (!words.TakeNumber(1, 2, out parts.Minute)) parts.Minute = 0;
            words.Take("phut"u8);
            return true;
        }
        if (parts.Hour >= 0 && words.TakeNumber(2, 2, out parts.Minute) && (words.AtEnd || words.Peek("ngay"u8))) return true;
        words = start;
        (parts.Hour, parts.Minute) = (-1, 0);
        return true;
    }

    bool Date(ref WordScan words, ref DateParts parts, ref int quarter)
    {
        words.Take("ngay"u8);
        if (phrases && words.Take("qui"u8))
        {
            if (!words.TakeQuarter(out quarter)) return false;
            parts.Month = quarter * 3 - 2;
            words.Take("nam"u8);
            return words.TakeNumber(4, 4, out parts.Year);
        }
        if (phrases && words.Take("nam"u8)) return words.TakeNumber(4, 4, out parts.Year);
        if (!words.Peek("thang"u8) && !words.TakeNumber(1, 2, out parts.Day)) return false;
        if (!words.Take("thang"u8) && !phrases) return false;
        if (!words.TakeNumber(1, 2, out parts.Month)) return false;
        if (!words.Take("nam"u8) && !phrases) return false;
        return words.TakeNumber(4, 4, out parts.Year);
    }
}
