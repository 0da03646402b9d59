using System.Text;
using System.Text.Unicode;

namespace Etl.Normalise;

/// <summary>Finds out what a file is written in.</summary>
static class EncodingDetector
{
    const int Sample = 256 * 1024; // bytes judged by their letters
    const int FewestWords = 3;
    const double Convincing = 0.85, Margin = 0.2;

    static readonly (TextEncoding Encoding, OldCodePage Page, string Name)[] Candidates =
    [
        (TextEncoding.Tcvn3, CodePages.Tcvn3, "TCVN3"), (TextEncoding.Vni, CodePages.Vni, "VNI"),
        (TextEncoding.Windows1258, CodePages.Windows1258, "windows-1258"),
    ];

    /// <summary>
    /// Finds out what a file is written in, in this order: the feed's setting (unless a byte order mark contradicts it, which
    /// is an error and not a choice), byte order mark, strict UTF-8, the code page that the source declares, and last
    /// TCVN3, VNI or windows-1258 by how many words read as Vietnamese.
    /// </summary>
    /// <param name="head">The file's first bytes, or all of them: the more, the surer.</param>
    /// <param name="complete">The bytes are the whole file; else a letter may be cut at the end.</param>
    /// <param name="setting">What the feed says.</param>
    /// <param name="declared">What the source says of itself; believed only where the bytes are not valid UTF-8.</param>
    public static Parsed<FileEncoding> Detect(ReadOnlySpan<byte> head, bool complete, TextEncoding? setting, TextEncoding? declared)
    {
        var mark = ByteOrderMark(head);
        if (setting is { } wanted)
        {
            if (mark is not null && mark.Encoding != wanted)
                return Parsed<FileEncoding>.Bad($"starts with the byte order mark of {mark.Encoding}, but the feed says {wanted}");
            return Found(wanted, mark?.Preamble ?? 0, "the feed says so");
        }
        if (mark is not null) return Parsed<FileEncoding>.Of(mark);
        if (head.Contains((byte)0)) return WithNuls(head);
        if (Utf8.IsValid(complete ? head : WithoutCutLetter(head)))
            return Found(TextEncoding.Utf8, 0, Ascii.IsValid(head) ? "only ASCII" : "valid UTF-8");
        if (declared is { } said) return Found(said, 0, "not valid UTF-8, and the source declares it");
        return ByLetters(head[..Math.Min(head.Length, Sample)]);
    }

    static FileEncoding? ByteOrderMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new(TextEncoding.Utf8, 3, "byte order mark"),
        [0xFF, 0xFE, ..] => new(TextEncoding.Utf16Le, 2, "byte order mark"),
        [0xFE, 0xFF, ..] => new(TextEncoding.Utf16Be, 2, "byte order mark"),
        _ => null,
    };

    /// <summary>UTF-16 without mark: ASCII characters (separators, digits) leave a NUL on one side only.</summary>
    static Parsed<FileEncoding> WithNuls(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0;
        for (var i = 0; i < head.Length; i++)
            if (head[i] == 0 && i % 2 == 0) even++;
            else if (head[i] == 0) odd++;
        const string reason = "NUL bytes in every other place";
        if (even == 0 && odd > head.Length / 8) return Found(TextEncoding.Utf16Le, 0, reason);
        if (odd == 0 && even > head.Length / 8) return Found(TextEncoding.Utf16Be, 0, reason);
        return Parsed<FileEncoding>.Bad(FormattableString.Invariant($"holds NUL bytes and so is not text (the first in line {head[..head.IndexOf((byte)0)].Count((byte)'\n') + 1}); name the file's encoding in the feed to refuse such rows one by one"));
    }

    static ReadOnlySpan<byte> WithoutCutLetter(ReadOnlySpan<byte> head)
    {
        for (var back = 1; back <= Math.Min(3, head.Length); back++)
        {
            var code = head[^back];
            if (code < 0x80) return head;
            if (code < 0xC0) continue;
            var length = code >= 0xF0 ? 4 : code >= 0xE0 ? 3 : 2;
            return length > back ? head[..^back] : head;
        }
        return head;
    }

    static Parsed<FileEncoding> ByLetters(ReadOnlySpan<byte> sample)
    {
        var best = (Share: 0.0, Index: -1, Words: 0, WellFormed: 0);
        var second = 0.0;
        for (var i = 0; i < Candidates.Length; i++)
        {
            var (words, wellFormed) = OldFontRepair.Judge(sample, Candidates[i].Page);
            var share = words < FewestWords ? 0 : (double)wellFormed / words;
            if (share > best.Share) (second, best) = (best.Share, (share, i, words, wellFormed));
            else if (share > second) second = share;
        }
        if (best.Share < Convincing || best.Share - second < Margin)
            return Parsed<FileEncoding>.Bad("is not UTF-8, and its letters do not tell TCVN3, VNI and windows-1258 apart: name the encoding in the feed");
        var (encoding, _, name) = Candidates[best.Index];
        return Found(encoding, 0, $"not valid UTF-8; read as {name}, {best.WellFormed} of {best.Words} words with marks are Vietnamese");
    }

    static Parsed<FileEncoding> Found(TextEncoding encoding, int preamble, string explanation) =>
        Parsed<FileEncoding>.Of(new FileEncoding(encoding, preamble, explanation));
}
