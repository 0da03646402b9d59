using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("3.619.433", DecimalMark.Comma, 3619433)]
    [InlineData("98,62", DecimalMark.Comma, 98.62)]
    [InlineData("1.234,5", DecimalMark.Comma, 1234.5)]
    [InlineData("98.62 %", DecimalMark.Point, 98.62)]
    [InlineData("92,29%", DecimalMark.Comma, 92.29)]
    [InlineData("1,234,567.25", DecimalMark.Point, 1234567.25)]
    [InlineData("916", DecimalMark.Comma, 916)]
    [InlineData(" -0,5 ", DecimalMark.Comma, -0.5)]
    [InlineData("−12", DecimalMark.Point, -12)]
    [InlineData("0.1", DecimalMark.Point, 0.1)]
    public void Numbers_are_read_by_the_mark_of_the_column(string text, DecimalMark mark, double expected) =>
        Assert.Equal(expected, Numbers.Decimal(Encoding.UTF8.GetBytes(text), mark).Value);

    [Theory]
    [InlineData("98,62", DecimalMark.Point)] // would be 9862 in the invariant culture
    [InlineData("3.619.433", DecimalMark.Point)]
    [InlineData("98.62", DecimalMark.Comma)]
    [InlineData("1.23.456", DecimalMark.Comma)]
    [InlineData("1234.567,8", DecimalMark.Comma)]
    [InlineData("1,", DecimalMark.Comma)]
    [InlineData(".5", DecimalMark.Point)]
    [InlineData("1,2,3", DecimalMark.Comma)]
    [InlineData("--1", DecimalMark.Point)]
    [InlineData("1e5", DecimalMark.Point)]
    [InlineData("%", DecimalMark.Point)]
    [InlineData("", DecimalMark.Point)]
    [InlineData("1234567890123456789012345678901234567890", DecimalMark.Point)]
    public void What_is_no_number_by_that_mark_is_none(string text, DecimalMark mark) =>
        Assert.StartsWith("is not a number (1", Numbers.Decimal(Encoding.UTF8.GetBytes(text), mark).Reason);

    [Theory]
    [InlineData("15.533", DecimalMark.Comma, 15533)]
    [InlineData("12,00", DecimalMark.Comma, 12)]
    [InlineData("007", DecimalMark.Point, 7)]
    [InlineData("-3", DecimalMark.Point, -3)]
    [InlineData("12.0", DecimalMark.Point, 12)]
    public void Whole_numbers_may_be_grouped_and_end_in_zeros(string text, DecimalMark mark, long expected) =>
        Assert.Equal(expected, Numbers.Integer(Encoding.UTF8.GetBytes(text), mark).Value);

    [Theory]
    [InlineData("12.5")]
    [InlineData("1 2")]
    [InlineData("99999999999999999999")]
    [InlineData("x")]
    public void What_is_not_whole_has_a_reason(string text) =>
        Assert.Equal("is not a whole number", Numbers.Integer(Encoding.UTF8.GetBytes(text)).Reason);

    [Theory]
    [InlineData("1", FlagForms.Digits, true)]
    [InlineData("0", FlagForms.Digits, false)]
    [InlineData("TRUE", FlagForms.TrueFalse, true)]
    [InlineData("false", FlagForms.TrueFalse, false)]
    [InlineData("Có", FlagForms.YesNo, true)]
    [InlineData("KHÔNG", FlagForms.YesNo, false)]
    [InlineData("x", FlagForms.Cross, true)]
    [InlineData("", FlagForms.Cross, false)]
    [InlineData("0", FlagForms.Any, false)]
    public void Flags_are_read_in_the_forms_allowed(string text, FlagForms forms, bool expected) =>
        Assert.Equal(expected, Numbers.Flag(Encoding.UTF8.GetBytes(text), forms).Value);

    [Theory]
    [InlineData("có", FlagForms.Digits, "is not a yes or no (0/1)")]
    [InlineData("2", FlagForms.Digits | FlagForms.TrueFalse, "is not a yes or no (0/1, true/false)")]
    [InlineData("", FlagForms.Digits, "is not a yes or no (0/1)")]
    [InlineData("maybe tomorrow or later", FlagForms.Any, "is not a yes or no (0/1, true/false, có/không, x)")]
    public void Other_forms_have_a_reason(string text, FlagForms forms, string reason) =>
        Assert.Equal(reason, Numbers.Flag(Encoding.UTF8.GetBytes(text), forms).Reason);
}
