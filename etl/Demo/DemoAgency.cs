namespace Etl.Demo;

/// <summary>A unit that is given tasks, from one day to another; a body founded anew under an old name is another unit.</summary>
public sealed class DemoAgency
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>department, district, commune or service_unit.</summary>
    public required string Level { get; init; }
    public required string Province { get; init; }
    public string Parent { get; init; } = "";
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required AgencyHabits Habits { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who took over; several where a district was split.</summary>
    public List<DemoAgency> Successors { get; } = [];

    public bool ExistsOn(DateOnly day) => From <= day && day <= To;
}

/// <summary>How a unit works; each has its own, so that there is something to learn.</summary>
/// <param name="Load">Its share of the tasks, against the others.</param>
/// <param name="Slowness">How much later than others it finishes; about -0.4 to 0.5.</param>
/// <param name="UpdateEvery">Working days between entries of progress.</param>
/// <param name="ExtensionHabit">How often it asks for another deadline when it will be late.</param>
/// <param name="StuckShare">How many of its late tasks get stuck for months.</param>
/// <param name="VagueShare">How many of its entries say nothing.</param>
/// <param name="RefusalShare">How many of its reports are refused.</param>
/// <param name="StartLag">Working days before it starts.</param>
public sealed record AgencyHabits(
    double Load, double Slowness, double UpdateEvery, double ExtensionHabit, double StuckShare, double VagueShare, double RefusalShare, int StartLag)
{
    public static AgencyHabits Of(Chance chance, double load, double slowness = double.NaN)
    {
        if (double.IsNaN(slowness)) slowness = Math.Clamp(chance.Bell() * 0.20, -0.4, 0.45);
        return new AgencyHabits(
            load, slowness, UpdateEvery: 6 + 10 * chance.Share() + 8 * Math.Max(0, slowness), ExtensionHabit: 0.12 + 0.4 * chance.Share(),
            StuckShare: Math.Clamp(0.14 + 0.3 * slowness + 0.06 * chance.Bell(), 0.03, 0.45), VagueShare: Math.Clamp(0.15 + 0.5 * slowness, 0.03, 0.5),
            RefusalShare: Math.Clamp(0.05 + 0.08 * slowness, 0.01, 0.15), StartLag: chance.Between(0, 3) + (slowness > 0.2 ? 2 : 0));
    }
}
