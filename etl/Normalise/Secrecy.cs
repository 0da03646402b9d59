using System.Text;

namespace Etl.Normalise;

/// <summary>
/// Whether a task's document is a state secret (mật, tối mật, tuyệt mật) and so must not enter the warehouse. When in doubt it is
/// withheld, and a value that means nothing here is no value: the row goes to quarantine instead of slipping through.
/// </summary>
public static class Secrecy
{
    const string Reason = "is not a secrecy level (thường, mật, tối mật, tuyệt mật)";

    /// <summary>True: withhold. False: thường, không mật, or empty.</summary>
    /// <param name="utf8">In any spelling; also typed for a TCVN3 or VNI font, or UTF-8 read as windows-1252.</param>
    public static Parsed<bool> IsWithheld(ReadOnlySpan<byte> utf8)
    {
        var text = Blank.Trim(utf8);
        if (text.IsEmpty) return Parsed<bool>.Of(false);
        if (text.Length > 64) return Parsed<bool>.Bad(Reason);
        if (Judge(text) is { } judged) return Parsed<bool>.Of(judged);
        return JudgeOtherReadings(Encoding.UTF8.GetString(text)) is { } other ? Parsed<bool>.Of(other) : Parsed<bool>.Bad(Reason);
    }

    static bool? JudgeOtherReadings(string text)
    {
        bool? verdict = null;
        foreach (var reading in new[] { Mojibake.Repair(text), CodePages.Tcvn3.DecodeCharacters(text, out _), CodePages.Vni.DecodeCharacters(text, out _) })
        {
            if (reading is null || Judge(Encoding.UTF8.GetBytes(reading)) is not { } judged) continue;
            if (judged) return true;
            verdict = false;
        }
        return verdict;
    }

    static bool? Judge(ReadOnlySpan<byte> text)
    {
        var room = Folding.RoomFor(text.Length);
        Span<byte> folded = room <= 256 ? stackalloc byte[256] : new byte[room];
        ReadOnlySpan<byte> level = folded[..Folding.Fold(text, folded)];
        if (level.StartsWith("do mat "u8)) level = level["do mat "u8.Length..]; // "Độ mật: thường"
        if (level.SequenceEqual("thuong"u8) || level.SequenceEqual("binh thuong"u8) || level.SequenceEqual("khong"u8)
            || level.SequenceEqual("khong mat"u8)) return false;
        return HasWord(level, "mat"u8) ? true : null;
    }

    static bool HasWord(ReadOnlySpan<byte> words, ReadOnlySpan<byte> word)
    {
        foreach (var range in words.Split((byte)' '))
            if (words[range].SequenceEqual(word)) return true;
        return false;
    }
}
