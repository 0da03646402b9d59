using System.Text;

namespace Etl.Normalise;

/// <summary>Knowledge of how agencies are named, for splitting lists of them.</summary>
static class NamesWithComma
{
    // Names that hold a comma: what stands before it and after it, folded. Found among the departments and wards' offices of 2025.
    static readonly (byte[] Before, byte[] After)[] Known =
    [
        ("van hoa"u8.ToArray(), "the thao"u8.ToArray()), // Sở Văn hóa, Thể thao và Du lịch
        ("van hoa"u8.ToArray(), "khoa hoc"u8.ToArray()), // Phòng Văn hóa, Khoa học và Thông tin
        ("dan dung"u8.ToArray(), "cong nghiep"u8.ToArray()), // Ban QLDA … công trình dân dụng, công nghiệp và …
    ];

    // First words of names that are whole without a heading.
    static readonly byte[][] Starts =
        [.. ("so|ban|ubnd|uy ban|hdnd|hoi dong|van phong|vp|thanh tra|cong an|chi cuc|cuc|trung tam|bqlda|bql|phong|bo|" +
            "kho bac|ngan hang|bao hiem").Split('|').Select(Encoding.UTF8.GetBytes)];

    static readonly byte[][] Plurals =
        [.. new[] { "Lãnh đạo các ", "lãnh đạo các ", "Các ", "các ", "CÁC " }.Select(Encoding.UTF8.GetBytes)];

    const int Near = 48; // bytes looked at on each side of a comma

    /// <summary>True where the comma between the two texts is part of a name.</summary>
    public static bool Continues(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        Span<byte> left = stackalloc byte[3 * Near + 8], right = stackalloc byte[3 * Near + 8];
        left = left[..Folding.Fold(before.Length > Near ? before[^Near..] : before, left)];
        right = right[..Folding.Fold(after.Length > Near ? after[..Near] : after, right)];
        foreach (var (ending, beginning) in Known)
            if (left.EndsWith(ending) && StartsWithWord(right, beginning)) return true;
        return false;
    }

    /// <summary>True for "Ban Dân tộc" in "Sở: Xây dựng, Ban Dân tộc": it is no "Sở Ban Dân tộc".</summary>
    public static bool StartsAnAgency(ReadOnlySpan<byte> name)
    {
        Span<byte> folded = stackalloc byte[3 * Near + 8];
        folded = folded[..Folding.Fold(name.Length > Near ? name[..Near] : name, folded)];
        foreach (var start in Starts)
            if (StartsWithWord(folded, start)) return true;
        return false;
    }

    /// <summary>"Sở" of "Sở", "Các sở" and "Lãnh đạo các Sở"; with a capital as received.</summary>
    public static ReadOnlySpan<byte> WithoutPlural(ReadOnlySpan<byte> heading)
    {
        foreach (var plural in Plurals)
            if (heading.StartsWith(plural)) return Blank.Trim(heading[plural.Length..]);
        return heading;
    }

    static bool StartsWithWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.StartsWith(word) && (text.Length == word.Length || text[word.Length] == ' ');
}
