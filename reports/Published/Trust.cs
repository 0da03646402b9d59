using Reports.Texts;

namespace Reports.Published;

/// <summary>How far a tile's numbers can be relied on: how fresh their sources are, and what of them was refused.</summary>
/// <param name="Day">The day up to which all of them tell.</param>
/// <param name="Doubts">Sentences; none where nothing is wrong.</param>
public sealed record Trust(DateOnly? Day, IReadOnlyList<string> Doubts, Language Language)
{
    public bool IsGood => Doubts.Count == 0;

    /// <summary>For the badge.</summary>
    public string Short => Day is { } day ? (IsGood ? Language.Say("trust.good", day) : Language.Say("trust.doubtful", day, (long)Doubts.Count)) : Language.Say("trust.unknown");

    /// <summary>In whole sentences.</summary>
    public string Said => string.Join(" ", [Language.Say("trust.about"), .. Doubts]);

    /// <param name="sources">Those that the numbers come from.</param>
    public static Trust Of(IReadOnlyList<SourceFreshness> sources, DateOnly asOf, Language language)
    {
        var doubts = new List<string>();
        string Names(Func<SourceFreshness, bool> which) => string.Join("; ", sources.Where(which).Select(source => source.Shown(language.IsEnglish)));
        void Doubt(string key, string names)
        {
            if (names.Length > 0) doubts.Add(language.Say(key, names));
        }
        Doubt("trust.late", Names(source => source.IsLate));
        Doubt("trust.absent", Names(source => source.IsAbsent));
        Doubt("trust.behind", Names(source => source.DaysBefore(asOf) > Layout.FreshnessTable.BehindDays));
        if (sources.Sum(source => source.Quarantined) is > 0 and var refused) doubts.Add(language.Say("trust.quarantined", refused));
        if (sources.Any(source => source.Generated)) doubts.Add(language.Say("trust.generated"));
        return new(sources.Where(source => source.NewestExtract is not null).Min(source => source.NewestExtract), doubts, language);
    }
}
