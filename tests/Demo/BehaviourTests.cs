using Etl.Demo;
using Xunit;
using Xunit.Abstractions;

namespace Tests.Demo;

/// <summary>The generated tasks behave like tasks: there is something to learn from them, and nothing impossible.</summary>
public sealed class BehaviourTests(ITestOutputHelper output)
{
    static readonly DemoOptions Options = new();
    static readonly Lazy<IReadOnlyList<PlaceWorld>> Cities = new(() => [.. Places.Cities.Select(new World(Options).Of)]);

    [Fact]
    public void Most_deadlines_are_met_and_a_known_share_of_tasks_has_none()
    {
        foreach (var city in Cities.Value)
        {
            var at = city.StateAt(Options.Today).Where(at => at.Task.Parent is null && !at.Task.Deleted && at.State.Lifecycle != Lifecycle.Withdrawn).ToList();
            var due = at.Where(at => at.State.Due < Options.Today).ToList();
            var met = due.Count(at => at.State.Lifecycle == Lifecycle.Completed && !at.State.IsLate) / (double)due.Count;
            var firstMet = due.Count(at => at.State.Lifecycle == Lifecycle.Completed && DateOnly.FromDateTime(at.State.Reported!.Value) <= at.Task.FirstDue) / (double)due.Count;
            var none = at.Count(at => at.Task.FirstDue is null) / (double)at.Count;
            output.WriteLine($"{city.Place.Name}: {at.Count} tasks, {city.Tasks.Sum(task => task.Events.Count)} events, met {met:P1}, first {firstMet:P1}, none {none:P1}, open {at.Count(at => at.State.IsOpen)}, overdue {at.Count(at => at.State.IsOverdue)}");
            foreach (var year in at.GroupBy(at => at.Task.AssignedDay.Year))
                output.WriteLine($"   {year.Key}: {year.Count()} open {year.Count(at => at.State.IsOpen)} overdue {year.Count(at => at.State.IsOverdue)} documents {year.Select(at => at.Task.Document).Distinct().Count()}");
            foreach (var what in city.Tasks.SelectMany(task => task.Events).GroupBy(e => e.What).OrderBy(e => e.Key)) output.WriteLine($"   {what.Key} {what.Count()}");
            Assert.InRange(met, 0.70, 0.85);
            Assert.InRange(none, 0.08, 0.32);
        }
    }

    [Fact]
    public void Tasks_of_a_unit_that_closes_are_handed_over_on_its_successors_first_day_but_for_a_few()
    {
        var tasks = Cities.Value.Where(city => city.Place.HasHistory).SelectMany(city => city.Tasks).ToList();
        var days = tasks.SelectMany(task => task.Events).Where(e => e.What == Happening.HandedOver).Select(e => e.Day).Distinct().Order();
        var forgotten = tasks.Where(task => TaskState.Of(task, Options.Today) is { IsOpen: true } state && state.Agency.To < Options.Today).ToList();

        Assert.Equal([Mergers.Departments, Mergers.Provinces], days);
        Assert.InRange(forgotten.Count, 5, 60);
        Assert.All(forgotten, task => Assert.DoesNotContain(task.Events, e => e.What == Happening.HandedOver));
    }

    [Fact]
    public void Nothing_happens_before_the_assignment_after_the_end_or_by_an_agency_that_does_not_exist()
    {
        foreach (var task in Cities.Value.SelectMany(city => city.Tasks))
        {
            Assert.Equal(Happening.Assigned, task.Events[0].What);
            Assert.Equal(task.Events.Select(e => e.At).Order(), task.Events.Select(e => e.At));
            Assert.True(task.Events[^1].Day <= Options.Today, task.Id);
            var end = task.Events.FindIndex(e => e.What is Happening.Confirmed or Happening.Withdrawn);
            if (end >= 0) Assert.All(task.Events.Skip(end + 1), e => Assert.Equal(Happening.Rated, e.What));
            else Assert.True(!TaskState.Of(task, Options.Today)!.IsOpen || task.Events[^1].Agency.To >= Options.Today || Quirks.IsLeftBehind(task), task.Id);
            Assert.True(task.Document.Date <= task.AssignedDay, task.Id);
        }
    }
}
