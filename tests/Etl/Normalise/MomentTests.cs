using System.Text;
using Etl.Normalise;
using Xunit;

namespace Tests.Normalise;

public sealed class MomentTests
{
    static readonly LocalZone VietNam = LocalZone.Named("Asia/Ho_Chi_Minh").Value;
    static readonly LocalZone NewYork = LocalZone.Named("America/New_York").Value;
    static readonly DateFormats Formats = DateFormats.Compile(["vi_phrase", "iso", "dd/MM/yyyy HH:mm"]).Value;

    static Moment Parse(string text)
    {
        var parsed = Formats.Parse(Encoding.UTF8.GetBytes(text));
        Assert.True(parsed.Ok, parsed.Reason);
        return parsed.Value;
    }

    static string Show(long utc) => DateTime.UnixEpoch.AddMicroseconds(utc).ToString("yyyy-MM-dd HH:mm:ss");

    [Theory]
    [InlineData("24/3/2023", "2023-03-24 17:00:00")]
    [InlineData("trước ngày 24/3/2023", "2023-03-23 17:00:00")]
    [InlineData("chậm nhất ngày 24/3/2023", "2023-03-24 17:00:00")]
    [InlineData("trước 17h ngày 7/7/2025", "2025-07-07 10:00:00")]
    [InlineData("trong tháng 01/2025", "2025-01-31 17:00:00")]
    [InlineData("tháng 12/2025", "2025-12-31 17:00:00")]
    [InlineData("Quý I/2025", "2025-03-31 17:00:00")]
    [InlineData("quý IV/2025", "2025-12-31 17:00:00")]
    [InlineData("trước quý II/2025", "2025-03-31 17:00:00")]
    [InlineData("năm 2025", "2025-12-31 17:00:00")]
    [InlineData("2025-03-31T10:00:00Z", "2025-03-31 10:00:00")]
    public void A_deadline_passes_at_24_00_of_its_last_day_unless_it_has_an_hour(string text, string expected) =>
        Assert.Equal(expected, Show(Parse(text).EndUtc(VietNam)));

    [Theory]
    [InlineData("24/3/2023", "2023-03-23 17:00:00")]
    [InlineData("2023-03-24 00:30:00", "2023-03-23 17:30:00")]
    [InlineData("2023-03-24 00:30:00+00", "2023-03-24 00:30:00")]
    [InlineData("2023-03-24T00:30:00-05:00", "2023-03-24 05:30:00")]
    [InlineData("1974-01-01 00:00", "1973-12-31 16:00:00")]
    public void A_local_time_becomes_an_instant_by_its_own_zone_or_that_of_the_feed(string text, string expected) =>
        Assert.Equal(expected, Show(Parse(text).ToUtc(VietNam)));

    [Theory]
    [InlineData("2025-03-09 01:59", "2025-03-09 06:59:00")]
    [InlineData("2025-03-09 02:30", "2025-03-09 07:30:00")] // skipped: as 03:30 summer time
    [InlineData("2025-03-09 03:00", "2025-03-09 07:00:00")]
    [InlineData("2025-11-02 00:59", "2025-11-02 04:59:00")]
    [InlineData("2025-11-02 01:30", "2025-11-02 05:30:00")] // comes twice: the first
    [InlineData("2025-11-02 02:00", "2025-11-02 07:00:00")]
    [InlineData("2025-07-01 00:00", "2025-07-01 04:00:00")]
    public void Doubtful_local_times_are_read_with_the_offset_before_the_change(string text, string expected) =>
        Assert.Equal(expected, Show(Parse(text).ToUtc(NewYork)));

    [Fact]
    public void Zones_agree_with_the_framework_wherever_a_local_time_is_not_doubtful()
    {
        var random = new Random(20250701);
        foreach (var id in new[] { "America/New_York", "Asia/Ho_Chi_Minh", "Europe/Berlin", "Australia/Lord_Howe", "UTC" })
        {
            var zone = LocalZone.Named(id).Value;
            var reference = TimeZoneInfo.FindSystemTimeZoneById(id);
            for (var i = 0; i < 5_000; i++)
            {
                var local = DateTime.UnixEpoch.AddSeconds(random.NextInt64(130L * 365 * 86_400));
                local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
                if (reference.IsInvalidTime(local) || reference.IsAmbiguousTime(local)) continue;
                var day = Moment.DaysOf(DateOnly.FromDateTime(local));
                var utc = zone.ToUtc(day, local.TimeOfDay.Ticks / TimeSpan.TicksPerMicrosecond);
                Assert.Equal(TimeZoneInfo.ConvertTimeToUtc(local, reference), DateTime.UnixEpoch.AddMicroseconds(utc));
                Assert.Equal(day, zone.DayOf(utc));
            }
        }
    }

    [Fact]
    public void Days_are_counted_as_the_framework_counts_them()
    {
        for (var date = new DateOnly(1, 1, 1); date.Year < 9999; date = date.AddDays(1))
            Assert.True(Moment.TryDay(date.Year, date.Month, date.Day, out var day) && day == Moment.DaysOf(date), date.ToString("o"));
        Assert.False(Moment.TryDay(2023, 2, 29, out _));
        Assert.False(Moment.TryDay(1900, 2, 29, out _));
    }

    [Fact]
    public void Seventeen_hundred_utc_is_the_next_vietnamese_day()
    {
        var utc = Parse("2023-03-24T17:00:00Z").ToUtc(VietNam);
        Assert.Equal(new DateOnly(2023, 3, 25), DateOnly.FromDayNumber(VietNam.DayOf(utc) + new DateOnly(1970, 1, 1).DayNumber));
        Assert.Equal(-1, LocalZone.Named("UTC").Value.DayOf(-1));
    }

    [Fact]
    public void A_feed_may_know_the_operator_better_than_the_text() =>
        Assert.Equal("2023-03-23 17:00:00", Show((Parse("24/3/2023") with { Operator = DueOperator.Before }).EndUtc(VietNam)));

    [Fact]
    public void An_unknown_zone_has_a_reason() =>
        Assert.Equal("is not a time zone known here (Asia/Ho_Chi_Minh)", LocalZone.Named("Asia/Da_Nang").Reason);
}
