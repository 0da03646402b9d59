using System.Globalization;

namespace Etl.Demo;

/// <summary>A unit that the committee asked for a plan on what it has overdue.</summary>
/// <param name="OverdueYear">The year of assignment of the tasks that are meant.</param>
/// <param name="Before">The plan must come before this day: the last day is the one before.</param>
/// <param name="Received">When it came; null where it did not.</param>
public sealed record PlanRequest(string Id, DemoAgency Agency, int OverdueYear, string Document, DateOnly Requested, DateOnly Before, DateOnly? Received)
{
    /// <summary>
    /// The three units that letter 1204/UBND-KSTT names, of which one sends nothing (the letter does not say which: this is made
    /// up), and in each later March those that hold most of what was assigned two years before: some answer, some on the very day, which is too late.
    /// </summary>
    public static IReadOnlyList<PlanRequest> Of(PlaceWorld world, DemoOptions options)
    {
        var chance = Chance.For(options.Seed, "plan-requests", world.Place.Key);
        List<PlanRequest> requests = [];
        for (var year = 2023; new DateOnly(year, 4, 30) < options.Today; year++)
        {
            var asked = new DateOnly(year, 3, 17);
            var holders = world.StateAt(asked)
                .Where(at => at.State.IsOverdue && at.Task is { Parent: null, Deleted: false, Secrecy: "" } && at.Task.AssignedDay.Year == year - 2)
                .GroupBy(at => at.State.Agency).OrderByDescending(unit => unit.Count()).ThenBy(unit => unit.Key.Id, StringComparer.Ordinal).Select(unit => unit.Key).Take(year == 2023 ? 3 : 5);
            foreach (var agency in holders)
                requests.Add(new($"PA-{requests.Count + 1:000}", agency, year - 2, year == 2023 ? "1204/UBND-KSTT" : string.Create(CultureInfo.InvariantCulture, $"{1100 + year - 2023}/UBND-KSTT"),
                    asked, asked.AddDays(7), year == 2023 ? AsTold(agency) : Answer(chance, asked)));
        }
        return requests;
    }

    static DateOnly? AsTold(DemoAgency agency) => agency.Name.StartsWith("Sở", StringComparison.Ordinal) ? new DateOnly(2023, 3, 22) : null;

    static DateOnly? Answer(Chance chance, DateOnly asked) => chance.Share() switch
    {
        < 0.6 => asked.AddDays(chance.Between(2, 6)),
        < 0.8 => asked.AddDays(7),
        < 0.9 => asked.AddDays(chance.Between(8, 20)),
        _ => null,
    };
}
