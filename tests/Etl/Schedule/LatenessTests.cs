using Etl.Feeds;
using Etl.Schedule;
using Warehouse.Runs;
using Xunit;

namespace Tests.Scheduling;

/// <summary>A source with a cut-off at 07:00 on working days; Tuesday is 31 March 2026.</summary>
public sealed class LatenessTests : IDisposable
{
    const string CutOff = "2026-03-31 07:00";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-late-");
    readonly List<RunStep> steps = [];

    static DateTimeOffset At(int day, int hour, int minute) => new(2026, 3, day, hour, minute, 0, TimeSpan.FromHours(7));

    void Load(DateTimeOffset at, string outcome, string message = "") =>
        steps.Add(new(at.Ticks, 1, "run", RunSteps.Load, outcome, at, 0) { Feed = "hue", Record = "task", Message = message });

    Standing Now(DateTimeOffset now, bool readsWindows = false)
    {
        var path = Path.Combine(folder.FullName, "schedule.yml");
        File.WriteAllText(path, "publish: { cron: \"0 8 * * *\" }\nfeeds:\n  hue: { cron: \"*/30 5-9 * * 1-5\", cut_off: \"07:00\" }\n");
        return Lateness.Of("hue", steps, ScheduleFile.Read(path), now, readsWindows);
    }

    [Fact]
    public void Data_that_came_by_the_cut_off_are_in_time()
    {
        Load(At(31, 6, 30), RunOutcome.Loaded);
        Load(At(31, 9, 0), RunOutcome.Loaded);

        Assert.Equal(new("hue", RunOutcome.InTime, "") { CutOff = CutOff }, Now(At(31, 12, 0)));
    }

    [Fact]
    public void Data_that_came_after_the_cut_off_are_late()
    {
        Load(At(31, 5, 0), RunOutcome.NothingNew);
        Load(At(31, 7, 30), RunOutcome.Loaded);

        Assert.Equal(new("hue", RunOutcome.Late, "came at 2026-03-31 07:30; the cut-off was 2026-03-31 07:00") { CutOff = CutOff }, Now(At(31, 12, 0)));
    }

    [Fact]
    public void Data_that_have_not_come_are_late_when_the_cut_off_has_passed_and_not_before()
    {
        Load(At(30, 6, 0), RunOutcome.Loaded);
        Load(At(31, 6, 0), RunOutcome.NothingNew);

        Assert.False(Now(At(31, 6, 59)).IsLate);
        Assert.Equal(new("hue", RunOutcome.Late, "nothing came on 2026-03-31; the cut-off was 07:00") { CutOff = CutOff }, Now(At(31, 7, 1)));
    }

    [Fact]
    public void A_system_that_answered_has_come_though_nothing_changed()
    {
        Load(At(31, 6, 0), RunOutcome.NothingNew);

        Assert.False(Now(At(31, 12, 0), readsWindows: true).IsLate);
        Assert.True(Now(At(31, 12, 0)).IsLate);
    }

    [Fact]
    public void A_day_on_which_the_source_is_not_loaded_has_no_cut_off()
    {
        // Friday 27 March came in time; Sunday 29 has no firing.
        Load(At(27, 6, 0), RunOutcome.Loaded);

        Assert.False(Now(At(29, 12, 0)).IsLate);
        Assert.False(Now(At(30, 6, 59)).IsLate);
        Assert.True(Now(At(30, 7, 1)).IsLate);
    }

    [Theory]
    [InlineData(RunOutcome.Failed)]
    [InlineData(RunOutcome.LeftAlone)]
    public void A_source_whose_last_load_failed_is_absent_until_one_succeeds(string outcome)
    {
        Load(At(31, 6, 0), RunOutcome.Loaded);
        Load(At(31, 6, 30), outcome, "cannot be reached");
        Assert.Equal(new("hue", RunOutcome.Absent, "cannot be reached"), Now(At(31, 6, 40)));

        Load(At(31, 7, 30), RunOutcome.NothingNew);
        Assert.False(Now(At(31, 8, 0)).IsLate);
    }

    [Fact]
    public void A_cut_off_before_the_first_load_is_not_judged()
    {
        Load(At(31, 7, 30), RunOutcome.Loaded);

        Assert.False(Now(At(31, 12, 0)).IsLate);
    }

    [Fact]
    public void A_source_that_was_never_loaded_is_not_judged() => Assert.False(Now(At(31, 12, 0)).IsLate);

    public void Dispose() => folder.Delete(recursive: true);
}
