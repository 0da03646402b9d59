using System.Globalization;
using Etl.Commands;
using Etl.Feeds;
using Quartz;
using Warehouse.Wording;

namespace Etl.Schedule;

/// <summary>Reads a schedule from its YAML file and refuses what it does not understand, by line. docs/schedule.md explains the keys.</summary>
public static class ScheduleFile
{
    internal static readonly string[] Keys = ["time_zone", "misfire", "publish", "audit", "defaults", "feeds"];
    internal static readonly string[] JobKeys = ["cron", "misfire", "cut_off"];

    /// <summary>The schedule that ships with the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "Schedule", "schedule.yml");

    /// <summary>The file that holds for a home: the one named, else its own, else the one that ships.</summary>
    public static string PathFor(Home home, string? named) => named ?? (File.Exists(InHome(home)) ? InHome(home) : Shipped);

    /// <exception cref="FeedException">The file is not a schedule; the message names the line.</exception>
    public static SchedulePlan Read(string path)
    {
        if (!File.Exists(path)) throw new FeedException($"the schedule {path} does not exist");
        var root = FeedNode.ReadFile(path, "a schedule").Allow(Keys);
        var zone = root.Zone("time_zone");
        var misfire = MisfireOf(root, Misfire.Once);
        if (!root.Has("publish")) throw root.ErrorAt("time_zone", "key 'publish' is missing: say when what was loaded is published");
        var feeds = root.Has("feeds") ? root.Map("feeds") : null;
        var defaults = root.Has("defaults") ? Job(root.Map("defaults"), zone, misfire, null) : null;
        return new(
            zone, Job(root.Map("publish"), zone, misfire, null), root.Has("audit") ? Job(root.Map("audit"), zone, misfire, null) : null, defaults,
            feeds is null ? new Dictionary<string, JobPlan>() : feeds.Keys.ToDictionary(name => name, name => Job(feeds.Map(name), zone, misfire, defaults)), path);
    }

    /// <summary>Refuses a schedule that names a feed which does not exist.</summary>
    public static SchedulePlan Read(string path, IReadOnlyCollection<string> feeds)
    {
        var plan = Read(path);
        if (plan.Feeds.Keys.FirstOrDefault(name => !feeds.Contains(name)) is { } unknown)
            throw FeedNode.ReadFile(path, "a schedule").Map("feeds").ErrorAt(unknown, $"there is no feed '{unknown}'; {Nearest.Hint(unknown, feeds)}");
        return plan;
    }

    static string InHome(Home home) => Path.Combine(home.Folder, "schedule.yml");

    static JobPlan Job(FeedNode node, TimeZoneInfo zone, Misfire misfire, JobPlan? defaults)
    {
        node.Allow(JobKeys);
        var cron = node.Has("cron") || defaults is null ? node.Required("cron") : defaults.Cron;
        return new(cron, Times(node, cron, zone), MisfireOf(node, node.Has("misfire") ? misfire : defaults?.Misfire ?? misfire), CutOff(node) ?? defaults?.CutOff);
    }

    /// <summary>Five fields as crontab has them, or Quartz's six or seven, which begin with seconds.</summary>
    static CronExpression Times(FeedNode node, string cron, TimeZoneInfo zone)
    {
        try
        {
            var fields = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            return CronExpression.Parse(cron, fields == 5 ? CronFormat.Unix : CronFormat.Quartz).WithTimeZone(zone);
        }
        catch (FormatException error)
        {
            throw node.ErrorAt("cron", $"'{cron}' is no cron expression: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    static Misfire MisfireOf(FeedNode node, Misfire ifAbsent) => node.OneOf("misfire", ifAbsent == Misfire.Once ? "once" : "skip", "once", "skip") == "once" ? Misfire.Once : Misfire.Skip;

    static TimeOnly? CutOff(FeedNode node) => node.TextOrNull("cut_off") switch
    {
        null => null,
        { } text when TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time,
        { } text => throw node.ErrorAt("cut_off", $"'{text}' is not a time of day (HH:mm)"),
    };
}
