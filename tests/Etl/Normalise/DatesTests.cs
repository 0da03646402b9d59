using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class DatesTests
{
    static DateFormats Formats(params string[] names)
    {
        var compiled = DateFormats.Compile(names);
        Assert.True(compiled.Ok, compiled.Reason);
        return compiled.Value;
    }

    static Moment Parse(string text, params string[] names)
    {
        var parsed = Formats(names).Parse(Encoding.UTF8.GetBytes(text));
        Assert.True(parsed.Ok, parsed.Reason);
        return parsed.Value;
    }

    /// <summary>The moment in one line: date, time, zone, granularity and operator where they say more than "a day".</summary>
    static string Show(Moment moment)
    {
        var shown = moment.Date.ToString("yyyy-MM-dd");
        if (moment.TimeOfDay is { } time) shown += $" {TimeSpan.FromMicroseconds(time):c}";
        if (moment.OffsetMinutes is { } offset) shown += $" {offset:+0;-0;0}min";
        if (moment.Granularity is not (Granularity.Day or Granularity.Hour)) shown += $" {moment.Granularity}";
        return moment.Operator == DueOperator.None ? shown : $"{shown} {moment.Operator}";
    }

    [Theory]
    [InlineData("24/3/2023", "dd/MM/yyyy", "2023-03-24")]
    [InlineData("10/3/2025", "dd/MM/yyyy", "2025-03-10")]
    [InlineData("10/3/2025", "d/M/yyyy", "2025-03-10")]
    [InlineData("24/02/2025", "d/M/yyyy", "2025-02-24")]
    [InlineData("20/9/2016", "dd/MM/yyyy", "2016-09-20")]
    [InlineData(" 24/3/2023\u00A0", "dd/MM/yyyy", "2023-03-24")]
    [InlineData("26-7-2021", "dd-MM-yyyy", "2021-07-26")]
    [InlineData("20.7.2020", "dd.MM.yyyy", "2020-07-20")]
    [InlineData("2016/08/18", "yyyy/MM/dd", "2016-08-18")]
    [InlineData("04-08-2021 06:39", "dd-MM-yyyy HH:mm", "2021-08-04 06:39:00")]
    [InlineData("04-08-2021   6:39", "dd-MM-yyyy HH:mm", "2021-08-04 06:39:00")]
    [InlineData("21/03/2023 17:35:46", "dd/MM/yyyy HH:mm:ss", "2023-03-21 17:35:46")]
    [InlineData("10/03/2025 5:35:46 CH", "dd/MM/yyyy h:mm:ss tt", "2025-03-10 17:35:46")]
    [InlineData("3/10/2025 12:05:00 am", "M/d/yyyy h:mm:ss tt", "2025-03-10 00:05:00")]
    [InlineData("2022-01-17 11:20:00", "yyyy-MM-dd HH:mm:ss", "2022-01-17 11:20:00")]
    [InlineData("2025-08-01 06:35:06.539+00", "yyyy-MM-dd HH:mm:ss.FFFzz", "2025-08-01 06:35:06.5390000 0min")]
    [InlineData("2025-08-01 08:00:09+00", "yyyy-MM-dd HH:mm:ss.FFFzz", "2025-08-01 08:00:09 0min")]
    [InlineData("2025-08-01 08:00:09+00", "yyyy-MM-dd HH:mm:ss+00", "2025-08-01 08:00:09 0min")]
    [InlineData("2025-08-01T08:00:09.123456+02:00", "yyyy-MM-ddTHH:mm:ss.ffffffzzz", "2025-08-01 08:00:09.1234560 +120min")]
    [InlineData("2025-08-01T08:00:09Z", "yyyy-MM-dd'T'HH:mm:ssK", "2025-08-01 08:00:09 0min")]
    [InlineData("2025-08-01T08:00:09", "yyyy-MM-dd'T'HH:mm:ssK", "2025-08-01 08:00:09")]
    [InlineData("20250801", "yyyyMMdd", "2025-08-01")]
    [InlineData("24/3/23", "dd/MM/yy", "2023-03-24")]
    [InlineData("24/3/49", "dd/MM/yy", "2049-03-24")]
    [InlineData("24/3/50", "dd/MM/yy", "1950-03-24")]
    [InlineData("02/2025", "MM/yyyy", "2025-02-01 Month")]
    [InlineData("2025", "yyyy", "2025-01-01 Year")]
    [InlineData("29/02/2024", "dd/MM/yyyy", "2024-02-29")]
    public void Numeric_patterns_read_what_people_and_systems_write(string text, string format, string expected) =>
        Assert.Equal(expected, Show(Parse(text, format)));

    [Theory]
    [InlineData("31/02/2026", "dd/MM/yyyy")]
    [InlineData("29/02/2023", "dd/MM/yyyy")]
    [InlineData("3/24/2023", "dd/MM/yyyy")]
    [InlineData("24/3/23", "dd/MM/yyyy")]
    [InlineData("24/3/02023", "dd/MM/yyyy")]
    [InlineData("24-3-2023", "dd/MM/yyyy")]
    [InlineData("24/3/2023 17:35", "dd/MM/yyyy")]
    [InlineData("24/3/2023 24:00", "dd/MM/yyyy HH:mm")]
    [InlineData("24/3/2023 17:60", "dd/MM/yyyy HH:mm")]
    [InlineData("024/3/2023", "dd/MM/yyyy")]
    [InlineData("0/3/2023", "dd/MM/yyyy")]
    [InlineData("", "dd/MM/yyyy")]
    [InlineData("thường xuyên", "vi_phrase")]
    [InlineData("trong tháng 01, tháng 02/2025", "vi_phrase")]
    [InlineData("trước ngày 31/2/2025", "vi_phrase")]
    [InlineData("quý V/2025", "vi_phrase")]
    [InlineData("trước 25h ngày 7/7/2025", "vi_phrase")]
    [InlineData("trước ngày 24/3/2023", "vi_long")]
    [InlineData("60", "excel")]
    [InlineData("0.5", "excel")]
    [InlineData("45009,5", "excel")]
    [InlineData("2023-3-24", "iso")]
    [InlineData("2023-03-24T17", "iso")]
    [InlineData("99999999999999999999", "epoch_ms")]
    [InlineData("12a", "epoch_ms")]
    [InlineData("-", "epoch_s")]
    [InlineData("2025801", "yyyyMMdd")]
    public void What_is_no_date_has_a_reason_that_names_the_formats(string text, string format) =>
        Assert.Equal($"is not a date ({format})", Formats(format).Parse(Encoding.UTF8.GetBytes(text)).Reason);

    [Theory]
    [InlineData("2023-03-24", "iso", "2023-03-24")]
    [InlineData("2023-03", "iso", "2023-03-01 Month")]
    [InlineData("2025-08-01 06:35:06.539+00", "iso", "2025-08-01 06:35:06.5390000 0min")]
    [InlineData("2025-08-01 08:00:09+00", "iso", "2025-08-01 08:00:09 0min")]
    [InlineData("2025-08-01T08:00", "iso", "2025-08-01 08:00:00")]
    [InlineData("2025-08-01T08:00:00.0000001-0330", "iso", "2025-08-01 08:00:00 -210min")]
    [InlineData("45009", "excel", "2023-03-24")]
    [InlineData("45009.0", "excel", "2023-03-24")]
    [InlineData("45006.7331712963", "excel", "2023-03-21 17:35:46")]
    [InlineData("45009.9999999999", "excel", "2023-03-25")]
    [InlineData("1", "excel", "1900-01-01")]
    [InlineData("59", "excel", "1900-02-28")]
    [InlineData("61", "excel", "1900-03-01")]
    [InlineData("0", "epoch_ms", "1970-01-01 00:00:00 0min")]
    [InlineData("1679677199000", "epoch_ms", "2023-03-24 16:59:59 0min")]
    [InlineData("1679677199.25", "epoch_s", "2023-03-24 16:59:59.2500000 0min")]
    [InlineData("-1", "epoch_s", "1969-12-31 23:59:59 0min")]
    public void Machine_formats_are_read_exactly(string text, string format, string expected) => Assert.Equal(expected, Show(Parse(text, format)));

    [Theory]
    [InlineData("ngày 17 tháng 3 năm 2023", "vi_long", "2023-03-17")]
    [InlineData("Đà Nẵng, ngày 17 tháng 3 năm 2023", "vi_long", "2023-03-17")]
    [InlineData("Ngày 01 tháng 01 năm 2023", "vi_long", "2023-01-01")]
    [InlineData("tháng 3 năm 2025", "vi_long", "2025-03-01 Month")]
    [InlineData("17 giờ 30 phút ngày 7 tháng 7 năm 2025", "vi_long", "2025-07-07 17:30:00")]
    [InlineData("trước ngày 24/3/2023", "vi_phrase", "2023-03-24 Before")]
    [InlineData("Trước ngày 10/3/2025", "vi_phrase", "2025-03-10 Before")]
    [InlineData("chậm nhất ngày 15/5/2023", "vi_phrase", "2023-05-15 OnOrBefore")]
    [InlineData("đến hết ngày 15 tháng 5 năm 2023", "vi_phrase", "2023-05-15 OnOrBefore")]
    [InlineData("trước 17h ngày 07/7/2025", "vi_phrase", "2025-07-07 17:00:00 Before")]
    [InlineData("trước 17h30 ngày 07/7/2025", "vi_phrase", "2025-07-07 17:30:00 Before")]
    [InlineData("trước 17:30 ngày 07/7/2025", "vi_phrase", "2025-07-07 17:30:00 Before")]
    [InlineData("trong tháng 01/2025", "vi_phrase", "2025-01-01 Month")]
    [InlineData("tháng 3/2025", "vi_phrase", "2025-03-01 Month")]
    [InlineData("Quý I/2025", "vi_phrase", "2025-01-01 Quarter")]
    [InlineData("quí IV năm 2024", "vi_phrase", "2024-10-01 Quarter")]
    [InlineData("năm 2025", "vi_phrase", "2025-01-01 Year")]
    [InlineData("24/3/2023", "vi_phrase", "2023-03-24")]
    public void Vietnamese_wordings_keep_their_operator_and_granularity(string text, string format, string expected) =>
        Assert.Equal(expected, Show(Parse(text, format)));

    [Fact]
    public void Formats_are_tried_in_order_and_nothing_else_is()
    {
        Assert.Equal("2023-03-24", Show(Parse("45009", "dd/MM/yyyy", "excel")));
        Assert.Equal("is not a date (dd/MM/yyyy, excel)", Formats("dd/MM/yyyy", "excel").Parse("2023-03-24"u8).Reason);
    }

    [Theory]
    [InlineData("exel")]
    [InlineData("dd/MMM/yyyy")]
    [InlineData("dd/MM")]
    [InlineData("dd/mm/yyyy")]
    [InlineData("HH:mm yyyy")]
    [InlineData("dd/MM/yyyy 'T")]
    [InlineData("yyyy yyyy")]
    [InlineData("dd/MM/yyyy h:mm")]
    [InlineData("")]
    public void A_wrong_format_is_found_when_the_feed_is_loaded(string name)
    {
        var reason = DateFormats.Compile(["iso", name]).Reason;
        Assert.StartsWith($"'{name}' is not a date format: ", reason);
        Assert.EndsWith("besides patterns there are iso, excel, epoch_ms, epoch_s, vi_long, vi_phrase", reason);
    }

    [Fact]
    public void A_column_without_formats_is_refused() => Assert.False(DateFormats.Compile([]).Ok);

    [Fact]
    public void Parsing_allocates_nothing()
    {
        var formats = Formats("dd/MM/yyyy", "iso", "excel", "vi_phrase");
        byte[][] fields = ["24/3/2023"u8.ToArray(), "2025-08-01 08:00:09+00"u8.ToArray(), "45009.5"u8.ToArray(), "trước ngày 24/3/2023"u8.ToArray(), "?"u8.ToArray()];
        foreach (var field in fields) formats.Parse(field);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            foreach (var field in fields) formats.Parse(field);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
