using System.Text;

namespace Etl.Normalise;

/// <summary>One name of a list. <see cref="Prefix"/> is what a heading such as "Sở:" gives to every name after it.</summary>
public readonly ref struct ListedName(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name)
{
    public ReadOnlySpan<byte> Prefix { get; } = prefix;

    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>Bytes of the whole name.</summary>
    public int Length => Name.Length + (Prefix.IsEmpty ? 0 : Prefix.Length + 1);

    /// <summary>Writes prefix, blank and name.</summary>
    /// <returns>Bytes written.</returns>
    public int CopyTo(Span<byte> utf8)
    {
        if (!Prefix.IsEmpty)
        {
            Prefix.CopyTo(utf8);
            utf8[Prefix.Length] = (byte)' ';
            utf8 = utf8[(Prefix.Length + 1)..];
        }
        Name.CopyTo(utf8);
        return Length;
    }

    public override string ToString() =>
        Prefix.IsEmpty ? Encoding.UTF8.GetString(Name) : $"{Encoding.UTF8.GetString(Prefix)} {Encoding.UTF8.GetString(Name)}";
}

/// <summary>
/// Splits free text that lists agencies, without allocating: <c>foreach (var name in NameList.Of(text, ",;"u8))</c>.
/// "Sở: Xây dựng, Tài nguyên và Môi trường" is two names, each with "Sở" in front; "các" and "lãnh đạo các" before it are dropped.
/// </summary>
/// <remarks>
/// Only the feed's separators and line breaks part names, "và" never does. A comma that belongs to a name splits it unless
/// it stands in one of the names listed in <see cref="NamesWithComma"/>; a feed whose names have others uses ";" alone.
/// </remarks>
public ref struct NameList
{
    readonly ReadOnlySpan<byte> separators;
    ReadOnlySpan<byte> rest, prefix;

    NameList(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> separators)
    {
        rest = utf8;
        this.separators = separators;
    }

    /// <summary>The names of a list, in order; empty ones are left out.</summary>
    /// <param name="separators">ASCII characters, as the feed has them.</param>
    public static NameList Of(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> separators) => new(utf8, separators);

    /// <summary>As <see cref="Of"/>, as strings.</summary>
    public static List<string> Split(string text, string separators)
    {
        var names = new List<string>();
        foreach (var name in Of(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(separators))) names.Add(name.ToString());
        return names;
    }

    public ListedName Current { get; private set; }

    public readonly NameList GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!rest.IsEmpty)
        {
            var end = End(rest);
            var name = Blank.Trim(rest[..end]);
            rest = rest[Math.Min(end + 1, rest.Length)..];
            var colon = name.IndexOf((byte)':');
            if (colon >= 0)
            {
                prefix = NamesWithComma.WithoutPlural(Blank.Trim(name[..colon]));
                name = Blank.Trim(name[(colon + 1)..]);
            }
            if (name.IsEmpty) continue;
            Current = new(NamesWithComma.StartsAnAgency(name) ? default : prefix, name);
            return true;
        }
        return false;
    }

    /// <summary>Where the first name ends: at a separator that is not part of it.</summary>
    readonly int End(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || text[i] == '\r') return i;
            if (separators.Contains(text[i]) && !(text[i] == ',' && NamesWithComma.Continues(text[..i], text[(i + 1)..]))) return i;
        }
        return text.Length;
    }
}
