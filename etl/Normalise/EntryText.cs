using System.Text;

namespace Etl.Normalise;

/// <summary>
/// Whether what an agency entered says anything: an entry that only repeats that the task is being done does not
/// (S3-07, S3-19: "cập nhật chưa đầy đủ nội dung thông tin").
/// </summary>
/// <remarks>The letter does not say what a full entry is; this is the least that can be asked of one. Compared folded, so case and marks make no difference.</remarks>
public static class EntryText
{
    static readonly HashSet<string> Phrases = new(
        ((string[])["đang thực hiện", "đang triển khai", "đang triển khai thực hiện", "đang xử lý", "đang giải quyết", "đang làm", "đang thực hiện theo kế hoạch",
            "đang thực hiện theo tiến độ", "đang thực hiện theo quy định", "chưa thực hiện", "chưa có thông tin", "không có thông tin", "đang cập nhật", "như trên"])
        .Select(Folding.Fold), StringComparer.Ordinal);

    static readonly int Longest = Phrases.Max(phrase => phrase.Length);

    /// <summary>False for an empty text, for signs without a letter or digit, and for a bare phrase of the list.</summary>
    public static bool SaysSomething(ReadOnlySpan<byte> utf8)
    {
        // No phrase is as long as this, marks and blanks included; most entries are.
        if (utf8.Length > 4 * Longest) return true;
        var folded = Folding.Fold(Encoding.UTF8.GetString(utf8));
        return folded.Length > 0 && !Phrases.Contains(folded);
    }
}
