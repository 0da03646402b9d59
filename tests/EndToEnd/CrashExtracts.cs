using System.Globalization;
using System.Text;

namespace Tests.EndToEnd;

/// <summary>Dated extracts of a system of some dozen tasks with their events, and the feed that reads them; gone after the test.</summary>
sealed class CrashExtracts : IDisposable
{
    const int First = 60;

    static readonly string[] Agencies = ["Sở Y tế", "Sở Tài chính", "Sở Xây dựng"];

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-crash-");

    public CrashExtracts()
    {
        Directory.CreateDirectory(Feeds);
        File.WriteAllText(Path.Combine(Feeds, "office.yml"), $$"""
            feed: office
            title: Văn phòng
            province: Cần Thơ
            agencies: own
            source: { kind: csv, folder: "{{folder.FullName}}", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
            records:
              task:
                from: { files: "tasks_*.csv" }
                columns:
                  task_id: { from: id }
                  assigned: { from: assigned, formats: [iso] }
                  due: { from: due, formats: [iso] }
                  completed: { from: completed, formats: [iso] }
                  agency: { from: agency }
                  title: { from: title }
              task_event:
                from: { files: "events_*.csv" }
                columns:
                  event_id: { from: event_id }
                  task_id: { from: id }
                  event: { from: event }
                  at: { from: at, formats: [iso] }
                  due: { from: due, formats: [iso] }
            """);
    }

    public string Feeds => Path.Combine(folder.FullName, "feeds");

    /// <summary>
    /// The extract of a month from January 2023 on: the tasks of before, of which the first few more are completed, and two new
    /// ones; or, where much happens, all of them completed and as many new ones.
    /// </summary>
    public CrashExtracts Write(int month, bool much = false)
    {
        var day = new DateOnly(2023, 1, 31).AddMonths(month - 1);
        var (tasks, events) = (new StringBuilder("id,assigned,due,completed,agency,title\n"), new StringBuilder("event_id,id,event,at,due\n"));
        var (count, done) = much ? (2 * First, First) : (First + 2 * month, 2 * month);
        for (var id = 1; id <= count; id++)
        {
            var assigned = id <= First ? new DateOnly(2022, 10, 3).AddDays(id) : day.AddDays(-3);
            var completed = id <= done ? Text(day.AddDays(-2)) : "";
            tasks.Append(CultureInfo.InvariantCulture, $"T{id},{Text(assigned)},{Text(assigned.AddDays(60))},{(id <= done && !much ? Text(new DateOnly(2023, 1, 29).AddMonths((id - 1) / 2)) : completed)},{Agencies[id % 3]},Việc số {id}\n");
        }
        for (var id = 10 * month; id < 10 * month + 3; id++)
            events.Append(CultureInfo.InvariantCulture, $"E{id},T{id},extended,{Text(day.AddDays(-5))},{Text(day.AddDays(90))}\n");
        File.WriteAllText(Path.Combine(folder.FullName, $"tasks_{day:yyyyMMdd}.csv"), tasks.ToString());
        File.WriteAllText(Path.Combine(folder.FullName, $"events_{day:yyyyMMdd}.csv"), events.ToString());
        return this;
    }

    /// <summary>No extract is there any more.</summary>
    public void Clear()
    {
        foreach (var file in folder.EnumerateFiles("*.csv")) file.Delete();
    }

    public void Dispose() => folder.Delete(recursive: true);

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
