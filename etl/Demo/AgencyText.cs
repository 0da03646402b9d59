namespace Etl.Demo;

/// <summary>How people write the names of agencies into a list.</summary>
sealed class AgencyText(Chance chance, double shortShare)
{
    /// <summary>A unit that no list of agencies has; a few tasks of 2024 name it.</summary>
    public const string Unknown = "Tổ công tác 06";

    public string Lead(DemoTask task, DemoAgency agency) =>
        task.AssignedDay.Year == 2024 && chance.Happens(0.001) ? Unknown : Name(agency);

    public string Name(DemoAgency agency) =>
        agency.Aliases.Count > 0 && chance.Happens(shortShare) ? chance.Pick(agency.Aliases) : agency.Name;

    /// <summary>"Sở: Xây dựng, Tài nguyên và Môi trường; UBND quận Hải Châu": one "Sở:" for a list of departments, as in the letter of 2021.</summary>
    public string Together(IReadOnlyList<DemoAgency> agencies)
    {
        var departments = agencies.Where(agency => agency.Name.StartsWith("Sở ", StringComparison.Ordinal)).ToList();
        if (departments.Count < 2) return string.Join("; ", agencies.Select(Name));
        var others = agencies.Except(departments).Select(Name);
        return string.Join("; ", [$"{chance.Pick(new[] { "Sở", "Các Sở" })}: {string.Join(", ", departments.Select(agency => agency.Name[3..]))}", .. others]);
    }
}
