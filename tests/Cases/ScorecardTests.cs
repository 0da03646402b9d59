using System.Globalization;
using Tests.Engines;
using Xunit;

namespace Tests.Cases;

/// <summary>The thresholds of letter 4651/UBND-KSTT with its own numbers, each just passed and just missed (S1-08 to S1-11).</summary>
public sealed class ScorecardTests
{
    const string Asked = "scorecard from=2021-01-01; to=2021-07-26";

    /// <summary>Made-up agencies: on time, late, overdue, open in time, and whether all four thresholds are passed.</summary>
    static readonly (string Agency, int OnTime, int Late, int Overdue, int InTime, bool IsCommended)[] Agencies =
    [
        ("passes all", 136, 45, 2, 18, true),               // 201 assigned, 181 completed = 90.05 %, 75.14 % on time, 0.995 % overdue
        ("exactly 200 assigned", 200, 0, 0, 0, false),
        ("201 assigned", 201, 0, 0, 0, true),
        ("exactly 90 % completed", 189, 0, 0, 21, false),
        ("one more than 90 %", 190, 0, 0, 20, true),
        ("exactly 75 % on time", 150, 50, 0, 10, false),
        ("one more than 75 %", 151, 49, 0, 10, true),
        ("exactly 1 % overdue", 280, 0, 3, 17, true),
        ("3 of 299 overdue", 280, 0, 3, 16, false),
    ];

    [EngineFact(TestEngine.DuckDb)]
    public Task Thresholds_are_strict_and_inclusive_as_written_in_a_file() => AssertAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task Thresholds_are_strict_and_inclusive_as_written_on_a_server() => AssertAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task Thresholds_are_strict_and_inclusive_as_written_on_SQL_Server() => AssertAsync(TestEngine.SqlServer);

    /// <summary>As the report orders them: those to commend first, then by name.</summary>
    static IEnumerable<(string Agency, int OnTime, int Late, int Overdue, int InTime, bool IsCommended)> Ordered =>
        Agencies.OrderByDescending(agency => agency.IsCommended).ThenBy(agency => agency.Agency, StringComparer.Ordinal);

    static async Task AssertAsync(string engine)
    {
        await using var runner = await CaseRunner.OpenAsync(engine);
        var expected = new CaseTable(Asked, 1, ["agency_name", "assigned", "is_commended"], [.. Ordered.Select(agency => (IReadOnlyList<string>)
            [agency.Agency, Text(agency.OnTime + agency.Late + agency.Overdue + agency.InTime), agency.IsCommended ? "1" : "0"])]);

        await runner.RunAsync(new("reports/scorecard", "thresholds are strict and inclusive as written", 1, [Units(), Names(), Tasks()], [new("report", Asked, expected)]));
    }

    static CaseTable Units() => new("raw.agency", 1, ["agency_key", "agency_code", "agency_name", "province_key"],
        [.. Agencies.Select((agency, i) => (IReadOnlyList<string>)[Text(i + 1), Text(i + 1), agency.Agency, "48"])]);

    static CaseTable Names() => new("raw.agency_alias", 1, ["agency_name_key", "agency_code"], [.. Agencies.Select((_, i) => (IReadOnlyList<string>)[Text(i + 1), Text(i + 1)])]);

    static CaseTable Tasks()
    {
        var rows = new List<IReadOnlyList<string>>();
        for (var i = 0; i < Agencies.Length; i++)
        {
            var of = Agencies[i];
            Add(i, of.OnTime, "2021-03-01", "2021-03-01", "completed");
            Add(i, of.Late, "2021-03-01", "2021-03-02", "completed");
            Add(i, of.Overdue, "2021-07-25", "", "in_progress");
            Add(i, of.InTime, "2021-07-26", "", "in_progress");
        }
        return new("raw.task", 1, ["task_key", "province_key", "agency_name_key", "assigned_date", "due_date", "completed_date", "lifecycle_code"], rows);

        void Add(int agency, int count, string due, string completed, string lifecycle)
        {
            for (var i = 0; i < count; i++) rows.Add([Text(rows.Count + 1), "48", Text(agency + 1), "2021-01-04", due, completed, lifecycle]);
        }
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
