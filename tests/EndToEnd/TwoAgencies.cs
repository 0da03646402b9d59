using System.Globalization;
using System.Text;

namespace Tests.EndToEnd;

/// <summary>A generated list of tasks of two agencies, one of them slow: enough to learn a risk from.</summary>
static class TwoAgencies
{
    public const string FeedFile = "hue.yml";

    /// <summary>Writes the extract of 31 March 2026, and the feed that reads it.</summary>
    /// <param name="place">The folder of the rows, as the feed names it: <c>{data}</c>.</param>
    public static void Write(string rows, string feeds, string place)
    {
        var (random, end) = (new Random(4), new DateOnly(2026, 3, 31));
        var text = new StringBuilder("id,title,agency,assigned,due,completed\n");
        for (var i = 0; i < 1500; i++)
        {
            var (assigned, slow) = (new DateOnly(2024, 6, 1).AddDays(random.Next(660)), i % 3 == 0);
            var (due, closed) = (assigned.AddDays(15 + random.Next(45)), assigned.AddDays(3 + random.Next(40) + (slow ? 25 : 0)));
            text.Append(CultureInfo.InvariantCulture, $"NV-{i},Báo cáo {i},{(slow ? "Sở Tài chính" : "Sở Y tế")},{assigned:yyyy-MM-dd},{due:yyyy-MM-dd},{(closed <= end ? closed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "")}\n");
        }
        foreach (var folder in (string[])[rows, feeds]) Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(rows, "tasks_20260331.csv"), text.ToString());
        File.WriteAllText(Path.Combine(feeds, FeedFile), $$"""
            feed: hue
            title: Huế
            province: Huế
            scope: vietnam
            agencies: own
            source: { kind: csv, folder: "{{place}}", files: "tasks_*.csv", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
            records:
              task:
                columns:
                  task_id: { from: id, known: opening }
                  title: { from: title, known: opening }
                  agency: { from: agency, known: opening }
                  assigned: { from: assigned, formats: [iso], known: opening }
                  due: { from: due, formats: [iso], known: opening }
                  completed: { from: completed, formats: [iso] }
            """);
    }
}
