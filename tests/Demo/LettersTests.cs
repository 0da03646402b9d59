using Etl.Demo;
using Xunit;

namespace Tests.Demo;

/// <summary>What the official letters state holds in the generated world, whatever the seed.</summary>
public sealed class LettersTests
{
    public static TheoryData<ulong> Seeds => [new DemoOptions().Seed, 1, 77];

    [Theory, MemberData(nameof(Seeds))]
    public void Can_Tho_has_the_counts_of_its_letter_at_the_end_of_24_April_2023(ulong seed)
    {
        var canTho = new World(new DemoOptions { Seed = seed }).Of(Places.CanTho);
        var tally = Tally.Of(canTho, new(2023, 1, 1), new(2023, 4, 24), new(2023, 4, 24));
        Assert.Equal(new Tally(Assigned: 916, Completed: 682, OnTime: 547, Late: 135, NoDeadline: 0, Open: 234, Overdue: 57), tally);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_case_list_of_today_still_gives_the_counts_of_24_April_2023(ulong seed)
    {
        var options = new DemoOptions { Seed = seed };
        var asOf = new DateOnly(2023, 4, 24);
        var rows = new World(options).Of(Places.CanTho).StateAt(options.Today)
            .Where(at => at.Task.AssignedDay >= new DateOnly(2023, 1, 1) && at.Task.AssignedDay <= asOf && at.Task.Parent is null).ToList();
        Assert.DoesNotContain(rows, at => at.State.Lifecycle == Lifecycle.Withdrawn || at.Task.Secrecy != "" || at.State.Due != at.Task.FirstDue);
        var completed = rows.Where(at => at.State.Completed is { } day && DateOnly.FromDateTime(day) <= asOf).ToList();
        var open = rows.Except(completed).ToList();
        Assert.Equal((682, 234), (completed.Count, open.Count));
        Assert.Equal(135, completed.Count(at => DateOnly.FromDateTime(at.State.Reported!.Value) > at.State.Due));
        Assert.Equal(57, open.Count(at => at.State.Due < asOf));
        Assert.DoesNotContain(open, at => at.State.Reported is { } day && DateOnly.FromDateTime(day) <= asOf);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Da_Nang_has_arrears_of_2021_at_exactly_the_three_agencies_of_its_letter_of_2023(ulong seed)
    {
        var overdue = new World(new DemoOptions { Seed = seed }).Of(Places.DaNang).StateAt(new(2023, 3, 17))
            .Where(at => at.State.IsOverdue && !at.Task.Deleted).ToList();
        string[] three = ["Ban Quản lý các dự án đầu tư cơ sở hạ tầng ưu tiên", "Sở Giáo dục và Đào tạo", "Sở Tài nguyên và Môi trường"];
        Assert.Equal(three, Holders(at => at.Task.AssignedDay.Year == 2021));
        Assert.Equal(three, Holders(at => at.State.Due!.Value.Year == 2021));
        Assert.Equal(three, Holders(at => at.Task.FirstDue!.Value.Year == 2021));
        Assert.Empty(Holders(at => at.Task.AssignedDay.Year < 2021));
        Assert.True(Holders(at => at.Task.AssignedDay.Year == 2022).Count() > 5);
        Assert.True(Holders(at => at.State.Due!.Value.Year == 2023).Count() > 5);

        IEnumerable<string> Holders(Func<(DemoTask Task, TaskState State), bool> where) =>
            overdue.Where(where).Select(at => at.State.Agency.Name).Distinct().Order(StringComparer.Ordinal);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Da_Nang_commends_exactly_the_three_departments_of_its_letter_of_2021(ulong seed)
    {
        var tallies = OfAgencies(seed);
        var commended = tallies.Where(agency => Passes(agency.Value)).Select(agency => agency.Key).Order(StringComparer.Ordinal);
        Assert.Equal(["Sở Giao thông vận tải", "Sở Nội vụ", "Sở Tài chính"], commended);
        foreach (var urged in new[] { "Sở Xây dựng", "Sở Tài nguyên và Môi trường" })
        {
            Assert.True(tallies[urged].Completed * 100 < 70 * tallies[urged].Assigned);
            Assert.True(tallies[urged].Overdue * 100 > 10 * tallies[urged].Assigned);
        }
    }

    static Dictionary<string, Tally> OfAgencies(ulong seed) =>
        new World(new DemoOptions { Seed = seed }).Of(Places.DaNang).StateAt(new(2021, 7, 26))
            .Where(at => at.Task.AssignedDay.Year == 2021)
            .GroupBy(at => at.State.Agency.Name).ToDictionary(agency => agency.Key, Tally.Of);

    static bool Passes(Tally tally) =>
        tally.Completed * 100 > 90 * tally.Assigned && tally.Assigned > 200 && tally.OnTime * 100 > 75 * tally.Completed && tally.Overdue * 100 <= tally.Assigned;
}
