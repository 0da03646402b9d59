namespace Etl.Normalise;

/// <summary>Windows-1252, the code page that Western software takes unknown bytes for.</summary>
static class Windows1252
{
    // 0x80–0x9F; the five codes that the page leaves open are C1 controls, as Windows and browsers read them.
    const string Upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    public static char Character(byte code) => code is >= 0x80 and < 0xA0 ? Upper[code - 0x80] : (char)code;

    /// <summary>The byte of a character, or -1.</summary>
    public static int Code(char character)
    {
        if (character is < '\u0080' or >= '\u00A0' and <= '\u00FF') return character;
        var place = Upper.IndexOf(character);
        if (place >= 0) return place + 0x80;
        return character < '\u00A0' ? character : -1; // C1 controls, as text read as Latin-1 has them
    }
}
