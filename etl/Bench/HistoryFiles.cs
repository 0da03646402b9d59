using System.Globalization;
using System.Text;

namespace Etl.Bench;

/// <summary>
/// The dated CSV files that <c>bench history</c> reads: tasks of nearly eight years with what happened to them, and extracts
/// of the days after with new tasks and with events of tasks that were there. The same rows for the same number, on every machine.
/// </summary>
sealed class HistoryFiles(string folder, long tasks)
{
    static readonly string[] Provinces = ["Đà Nẵng", "Hải Phòng", "Cần Thơ", "Gia Lai", "Hà Nội", "Huế", "Khánh Hòa", "Thái Nguyên"];

    static readonly string[] Agencies =
    [
        "Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "Sở Tài chính", "Sở Nội vụ", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Công Thương", "Sở Tư pháp",
        "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Dân tộc và Tôn giáo", "Thanh tra tỉnh",
    ];

    static readonly string[] Kinds = ["Trọng tâm", "Thường xuyên", "Đột xuất", "Chương trình"];
    static readonly DateOnly FirstDay = new(2019, 1, 1);

    /// <summary>The day of the first extract; each increment is of the next one.</summary>
    public static readonly DateOnly Day = new(2026, 8, 31);

    readonly HashSet<long> toldAgain = [];
    long events, known;
    int increments;
    ulong chance = 88172645463325252UL;

    /// <summary>Tasks and events of the first extract, or of all extracts so far.</summary>
    public (long Tasks, long Events) Written { get; private set; }

    /// <summary>Writes the first extract: all tasks, each with two to four events.</summary>
    public void WriteFirst()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        known = tasks;
        Write(Day, (taskLines, eventLines) =>
        {
            for (var task = 0L; task < tasks; task++)
            {
                var (assigned, due, done) = Dates(task, Day);
                WriteTask(taskLines, task, assigned, due);
                // No source tells what has not happened yet.
                if (assigned < Day) WriteEvent(eventLines, task, "Bắt đầu", assigned.AddDays(1));
                if (task % 7 == 0 && due.AddDays(-2) <= Day) WriteEvent(eventLines, task, "Gia hạn", due.AddDays(-2), due.AddDays(20));
                if (task % 3 == 0 && assigned.AddDays(3) <= Day) WriteEvent(eventLines, task, "Cập nhật", assigned.AddDays(3));
                if (done is { } day) WriteEvent(eventLines, task, "Hoàn thành", day);
            }
        });
    }

    /// <summary>Writes the extract of the next day: one in two hundred tasks is new, as many that were there go on; of these one in ten was closed long ago.</summary>
    /// <returns>How many tasks it tells of.</returns>
    public long WriteIncrement()
    {
        var share = Math.Max(1, tasks / 200);
        var day = Day.AddDays(++increments);
        Write(day, (taskLines, eventLines) =>
        {
            for (var end = known + share; known < end; known++)
            {
                WriteTask(taskLines, known, day, day.AddDays(10 + (int)(known % 60)));
                WriteEvent(eventLines, known, "Bắt đầu", day);
            }
            for (var changed = 0L; changed < share;)
            {
                var task = (long)(Next(ref chance) % (ulong)tasks);
                var (assigned, due, done) = Dates(task, Day);
                var isOld = changed % 10 == 0;
                if (done is null == isOld || !toldAgain.Add(task)) continue;
                WriteTask(taskLines, task, assigned, due);
                WriteEvent(eventLines, task, isOld ? "Mở lại" : changed % 3 == 0 ? "Gia hạn" : "Hoàn thành", day, !isOld && changed % 3 == 0 ? day.AddDays(30) : null);
                changed++;
            }
        });
        return 2 * share;
    }

    /// <summary>
    /// Tasks are numbered as they are assigned, give or take a week. One that would be done after the extract is open; of the others
    /// three in a hundred drag on.
    /// </summary>
    (DateOnly Assigned, DateOnly Due, DateOnly? Done) Dates(long task, DateOnly extract)
    {
        var state = (ulong)task * 0x9E3779B97F4A7C15UL | 1;
        var days = extract.DayNumber - FirstDay.DayNumber;
        var assigned = FirstDay.AddDays(Math.Min(days - 1, (int)(task * days / tasks) + (int)(Next(ref state) % 7)));
        var due = assigned.AddDays(10 + (int)(Next(ref state) % 60));
        var done = assigned.AddDays(5 + (int)(Next(ref state) % 80));
        return (assigned, due, Next(ref state) % 100 < 97 && done <= extract ? done : null);
    }

    void Write(DateOnly day, Action<StreamWriter, StreamWriter> rows)
    {
        using var taskLines = Open("tasks", day, "ma_nhiem_vu,tinh,don_vi_chu_tri,loai,trich_yeu,ngay_giao,han_xu_ly");
        using var eventLines = Open("events", day, "ma_su_kien,ma_nhiem_vu,su_kien,ngay,han_moi");
        rows(taskLines, eventLines);
    }

    StreamWriter Open(string name, DateOnly day, string head)
    {
        var writer = new StreamWriter(Path.Combine(folder, FormattableString.Invariant($"{name}_{day:yyyyMMdd}.csv")), append: false, new UTF8Encoding(false), bufferSize: 1 << 20);
        writer.WriteLine(head);
        return writer;
    }

    void WriteTask(StreamWriter lines, long task, DateOnly assigned, DateOnly due)
    {
        lines.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"NV-{task:00000000},{Provinces[task % Provinces.Length]},\"{Agencies[task / 8 % Agencies.Length]}\",{Kinds[task / 3 % Kinds.Length]},Báo cáo tiến độ thực hiện nhiệm vụ số {task},{assigned:dd/MM/yyyy},{due:dd/MM/yyyy}"));
        Written = Written with { Tasks = Written.Tasks + 1 };
    }

    void WriteEvent(StreamWriter lines, long task, string what, DateOnly day, DateOnly? due = null)
    {
        lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SK-{events++},NV-{task:00000000},{what},{day:dd/MM/yyyy},{due:dd/MM/yyyy}"));
        Written = Written with { Events = Written.Events + 1 };
    }

    static ulong Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state >> 11;
    }
}
