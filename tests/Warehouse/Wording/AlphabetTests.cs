using Warehouse.Wording;
using Xunit;

namespace Tests.Wording;

public class AlphabetTests
{
    /// <summary>By letters with their marks as letters of their own, as lists of provinces are printed; by code points Đ comes after all others, and Huế before Hà Nội.</summary>
    [Fact]
    public void Names_stand_in_the_order_of_the_Vietnamese_alphabet()
    {
        string[] expected = ["An Giang", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Gia Lai", "Hà Nội", "Huế", "Vĩnh Long"];

        Assert.Equal(expected, expected.Reverse().Order(Alphabet.Vietnamese));
    }
}
