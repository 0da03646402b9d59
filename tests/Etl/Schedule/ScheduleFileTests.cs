using Etl.Feeds;
using Etl.Schedule;
using Xunit;

namespace Tests.Scheduling;

public sealed class ScheduleFileTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.FromHours(7));

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-schedule-");

    SchedulePlan Read(string text)
    {
        var path = Path.Combine(folder.FullName, "schedule.yml");
        File.WriteAllText(path, text);
        return ScheduleFile.Read(path, ["hue", "da-nang"]);
    }

    [Fact]
    public void The_schedule_that_ships_loads_every_feed_in_the_morning_and_publishes_after()
    {
        var plan = ScheduleFile.Read(ScheduleFile.Shipped, []);

        Assert.Equal("Asia/Ho_Chi_Minh", plan.Zone.Id);
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 5, 0, 0, TimeSpan.FromHours(7)), plan.Of("any")!.After(Noon));
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 6, 0, 0, TimeSpan.FromHours(7)), plan.Publish.After(Noon));
        Assert.Null(plan.Of("any")!.CutOff);
    }

    [Fact]
    public void A_feed_takes_what_it_does_not_say_from_the_defaults()
    {
        var plan = Read("""
            misfire: skip
            publish: { cron: "0 6 * * 1-5" }
            defaults: { cron: "0 5 * * *", cut_off: "07:30" }
            feeds:
              hue: { cron: "30 0/20 5-7 ? * MON-FRI", misfire: once }
              da-nang: { cut_off: "09:00" }
            """);

        Assert.Equal((Misfire.Once, new TimeOnly(7, 30)), (plan.Of("hue")!.Misfire, plan.Of("hue")!.CutOff));
        Assert.Equal((Misfire.Skip, new TimeOnly(9, 0), "0 5 * * *"), (plan.Of("da-nang")!.Misfire, plan.Of("da-nang")!.CutOff, plan.Of("da-nang")!.Cron));
        // Quartz's form has seconds; 31 March 2026 is a Tuesday.
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 5, 0, 30, TimeSpan.FromHours(7)), plan.Of("hue")!.After(Noon));
        // In crontab's form Monday is 1: from Friday evening on, Monday is next.
        Assert.Equal(new DateTimeOffset(2026, 4, 6, 6, 0, 0, TimeSpan.FromHours(7)), plan.Publish.After(new(2026, 4, 3, 18, 0, 0, TimeSpan.FromHours(7))));
    }

    [Fact]
    public void Without_defaults_a_feed_that_is_not_named_is_not_loaded() => Assert.Null(Read("publish: { cron: \"0 6 * * *\" }").Of("hue"));

    [Theory]
    [InlineData("publsh: { cron: \"0 6 * * *\" }", "schedule.yml › line 1: unknown key 'publsh'; did you mean 'publish'?")]
    [InlineData("publish: { cron: \"0 6 * * *\", cutoff: \"07:00\" }", "schedule.yml › line 1: unknown key 'cutoff'; did you mean 'cut_off'?")]
    [InlineData("time_zone: Asia/Hanoi\npublish: { cron: \"0 6 * * *\" }", "schedule.yml › line 1: 'Asia/Hanoi' is not a time zone")]
    [InlineData("publish: { cron: \"0 6 * * *\" }\ndefaults:\n  cron: \"61 5 * * *\"", "schedule.yml › line 3: '61 5 * * *' is no cron expression: ")]
    [InlineData("publish: { cron: \"every day\" }", "schedule.yml › line 1: 'every day' is no cron expression: ")]
    [InlineData("publish: { cron: \"0 6 * * *\", misfire: twice }", "schedule.yml › line 1: 'twice' is none of once, skip")]
    [InlineData("publish: { cron: \"0 6 * * *\" }\ndefaults: { cron: \"0 5 * * *\", cut_off: \"7h\" }", "schedule.yml › line 2: '7h' is not a time of day (HH:mm)")]
    [InlineData("publish: { cron: \"0 6 * * *\" }\nfeeds:\n  heu: { cron: \"0 5 * * *\" }", "schedule.yml › line 3: there is no feed 'heu'; did you mean 'hue'?")]
    [InlineData("publish: { cron: \"0 6 * * *\" }\nfeeds:\n  hue: { cut_off: \"07:00\" }", "schedule.yml › line 3: key 'cron' is missing")]
    [InlineData("defaults: { cron: \"0 5 * * *\" }", "schedule.yml › line 1: key 'publish' is missing")]
    [InlineData("publish: [", "schedule.yml › line ")]
    [InlineData("", "schedule.yml › line 1: a schedule is one mapping")]
    public void A_schedule_that_is_not_understood_is_refused_by_line(string text, string told) =>
        Assert.StartsWith(told, Assert.Throws<FeedException>(() => Read(text)).Message);

    public void Dispose() => folder.Delete(recursive: true);
}
