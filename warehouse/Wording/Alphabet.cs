using System.Globalization;

namespace Warehouse.Wording;

/// <summary>The order in which names are shown.</summary>
public static class Alphabet
{
    /// <summary>That of the Vietnamese alphabet: Cà Mau before Cần Thơ, Đ after D and before E.</summary>
    public static StringComparer Vietnamese { get; } = StringComparer.Create(CultureInfo.GetCultureInfo("vi-VN"), CompareOptions.None);
}
