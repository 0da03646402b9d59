using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Dated extracts of whole lists, loaded by the real loader in any order: what is known, and what was known.</summary>
public sealed class KnowledgeTests : IDisposable
{
    const string FeedText = """
        feed: lists
        title: Danh sách nhiệm vụ
        province: Cần Thơ
        agencies: own
        max_rejected: 5
        source: { kind: csv, folder: "{data}", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
        records:
          task:
            from: { files: "tasks_*.csv" }
            missing: gone
            columns:
              task_id: { from: id }
              assigned: { from: assigned, formats: [iso] }
              due: { from: due, formats: [iso] }
              completed: { from: completed, formats: [iso] }
              agency: { from: agency }
        """;

    const string Head = "id,assigned,due,completed,agency\n";

    // B is told again, moves, moves back; C goes and comes back as it was; D cannot be read once and is not gone; E is closed and put away.
    static readonly (string File, string Rows)[] Extracts =
    [
        ("tasks_20230131.csv", "A,2023-01-10,2023-02-10,,Sở Tài chính\nB,2023-01-11,2023-03-10,,Sở Y tế\nC,2023-01-12,,,Sở Y tế\nD,2023-01-13,2023-02-01,,Sở Y tế\nE,2023-01-14,2023-02-01,2023-01-20,Sở Y tế\n"),
        ("tasks_20230228.csv", "A,2023-01-10,2023-02-10,2023-01-25,Sở Tài chính\nB,2023-01-11,2023-03-10,,Sở Y tế\nD,ngày 13,2023-02-01,,Sở Y tế\n"),
        ("tasks_20230331.csv", "A,2023-01-10,2023-02-10,2023-01-25,Sở Tài chính\nB,2023-01-11,2023-06-30,,Sở Y tế\nC,2023-01-12,,,Sở Y tế\nD,2023-01-13,2023-02-01,,Sở Y tế\n"),
        ("tasks_20230430.csv", "A,2023-01-10,2023-02-10,2023-01-25,Sở Tài chính\nB,2023-01-11,2023-03-10,,Sở Y tế\nC,2023-01-12,,,Sở Y tế\nD,2023-01-13,2023-02-01,,Sở Y tế\n"),
        ("tasks_20230531.csv", "A,2023-01-10,2023-02-10,2023-01-25,Sở Tài chính\nB,2023-01-11,2023-03-10,,Sở Y tế\nC,2023-01-12,,,Sở Y tế\nD,2023-01-13,2023-02-01,,Sở Y tế\n"),
    ];

    const string States = """
        select concat(task_code, ' ', lifecycle_code, ' ', fact_task_state_known.due_date, ' valid ', valid_from, ' ', valid_to, ' known ', known_from, ' ', known_to)
        from warehouse.fact_task_state_known
        join warehouse.task_text on fact_task_state_known.task_key = task_text.task_key
        order by task_code, known_from, known_to, valid_from
        """;

    readonly ExtractFolder folder = new(FeedText);

    public static TheoryData<string, string, bool> Orders()
    {
        var orders = new TheoryData<string, string, bool>();
        foreach (var engine in (string[])[TestEngine.DuckDb, TestEngine.Postgres])
            foreach (var order in (string[])["0 1 2 3 4", "0 1 3 4 2", "4 3 2 1 0", "2 0 4 1 3"])
                foreach (var step in (bool[])[false, true]) orders.Add(engine, order, step);
        return orders;
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task What_was_known_follows_from_the_extracts_and_not_from_the_order_of_their_loads(string engine, string order, bool isBuiltEachTime)
    {
        await using var warehouse = await folder.WarehouseAsync(engine);
        foreach (var (file, rows) in ExtractFolder.InOrder(Extracts, order))
        {
            folder.Write(file, Head + rows);
            var run = await (isBuiltEachTime ? warehouse.RunAsync(folder.Feeds(), whole: false) : warehouse.LoadAsync(folder.Feeds()));
            Assert.True(!run.Errors.Any(), $"{file}: {string.Join("; ", run.Errors)}");
        }
        if (!isBuiltEachTime) Assert.Empty((await warehouse.RunAsync(folder.Feeds())).Errors);

        Assert.Equal(
            [
                "A not_started 2023-02-10 valid 2023-01-10 9999-12-31 known 2023-01-31 2023-02-28",
                "A not_started 2023-02-10 valid 2023-01-10 2023-01-25 known 2023-02-28 9999-12-31",
                "A completed 2023-02-10 valid 2023-01-25 9999-12-31 known 2023-02-28 9999-12-31",
                "B not_started 2023-03-10 valid 2023-01-11 9999-12-31 known 2023-01-31 2023-03-31",
                "B not_started 2023-06-30 valid 2023-03-31 9999-12-31 known 2023-03-31 2023-04-30",
                "B not_started 2023-03-10 valid 2023-01-11 2023-03-31 known 2023-03-31 9999-12-31",
                "B not_started 2023-06-30 valid 2023-03-31 2023-04-30 known 2023-04-30 9999-12-31",
                "B not_started 2023-03-10 valid 2023-04-30 9999-12-31 known 2023-04-30 9999-12-31",
            ],
            (await warehouse.RowsAsync<string>(States)).Where(state => state[0] is 'A' or 'B'));
        Assert.Equal(
            ["C deleted 2023-02-28 2023-03-31", "C not_started 2023-01-12 2023-02-28", "C not_started 2023-03-31 9999-12-31", "D not_started 2023-01-13 9999-12-31", "E completed 2023-01-20 9999-12-31", "E in_progress 2023-01-14 2023-01-20"],
            (await warehouse.RowsAsync<string>("""
                select concat(task_code, ' ', lifecycle_code, ' ', valid_from, ' ', valid_to)
                from warehouse.fact_task_state
                join warehouse.task_text on fact_task_state.task_key = task_text.task_key
                where task_code in ('C', 'D', 'E')
                """)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["2023-02-28 | A | lifecycle | 2023-01-25 | tasks_20230228.csv", "2023-02-28 | C | gone | 2023-02-28 | tasks_20230228.csv", "2023-03-31 | C | reappeared | 2023-03-31 | tasks_20230331.csv"],
            await warehouse.ReportAsync("change_log", "known_date, task_code, change_code, valid_date, part_name"));
    }

    public void Dispose() => folder.Dispose();
}
