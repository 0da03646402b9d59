using System.Text;

namespace Etl.Demo;

/// <summary>Text as it was typed before Unicode: in a TCVN3 font, or in Windows-1258. Only what the generated old files need.</summary>
static class OldFonts
{
    const string Letters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ";

    const string Codes = "\u00B5\u00B6\u00B7\u00B8\u00B9\u00A8\u00BB\u00BC\u00BD\u00BE\u00C6\u00A9\u00C7\u00C8\u00C9\u00CA\u00CB\u00AE"
        + "\u00CC\u00CE\u00CF\u00D0\u00D1\u00AA\u00D2\u00D3\u00D4\u00D5\u00D6\u00D7\u00D8\u00DC\u00DD\u00DE\u00DF\u00E1\u00E2\u00E3\u00E4"
        + "\u00AB\u00E5\u00E6\u00E7\u00E8\u00E9\u00AC\u00EA\u00EB\u00EC\u00ED\u00EE\u00EF\u00F1\u00F2\u00F3\u00F4\u00AD\u00F5\u00F6\u00F7\u00F8\u00F9"
        + "\u00FA\u00FB\u00FC\u00FD\u00FE\u00A1\u00A2\u00A3\u00A4\u00A5\u00A6\u00A7";

    static readonly Dictionary<char, char> Table = Letters.Zip(Codes).ToDictionary(pair => pair.First, pair => pair.Second);

    static readonly Encoding Windows1258 = CodePagesEncodingProvider.Instance.GetEncoding(1258)!;

    /// <summary>Latin-1 look-alikes; a capital with a tone mark shares its code with the small letter, as in those fonts.</summary>
    public static string Tcvn3(string text) => string.Create(text.Length, text, (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            to[i] = Table.TryGetValue(from[i], out var code) || Table.TryGetValue(char.ToLowerInvariant(from[i]), out code) ? code
                : from[i] is '–' or '“' or '”' ? '-' : from[i];
    });

    public static byte[] Tcvn3Bytes(string text) => Encoding.Latin1.GetBytes(Tcvn3(text));

    /// <summary>The base letter with its hat first, the tone mark after it.</summary>
    public static byte[] Windows1258Bytes(string text)
    {
        var half = new StringBuilder(text.Length * 2);
        foreach (var letter in text)
        {
            var parts = letter.ToString().Normalize(NormalizationForm.FormD);
            var tone = parts.FirstOrDefault(part => part is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323');
            half.Append(tone == 0 ? letter.ToString() : parts.Replace(tone.ToString(), "", StringComparison.Ordinal).Normalize(NormalizationForm.FormC) + tone);
        }
        return Windows1258.GetBytes(half.ToString());
    }
}
