using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Etl.Demo;

/// <summary>
/// Source C, a task system with a JSON API in the manner of Bình Định: nested histories, epoch milliseconds, 0 for "no
/// deadline", a deadline overwritten in place, a state key whose "late" is wrong; Gia Lai's from 1 July 2025, under the same code 52.
/// </summary>
sealed class BinhDinhJson(PlaceWorld world, DemoOptions options, Manifest manifest)
{
    const string Feed = "binh-dinh";

    /// <summary>Where an event goes in a task's document.</summary>
    static readonly (Happening What, string Array)[] Histories =
    [
        (Happening.Progress, "processes"), (Happening.Reported, "reportedHistories"), (Happening.ConfirmationRefused, "confirmRefuseHistories"), (Happening.Redo, "redoHistories"),
        (Happening.Reminder, "remindHistories"), (Happening.AssignmentRefused, "refuseHistories"), (Happening.Reassigned, "assignHistories"),
        (Happening.HandedOver, "transferHistories"), (Happening.Suspended, "pendingHistories"), (Happening.Resumed, "unpendingHistories"), (Happening.Obstacle, "obstacles"), (Happening.DeadlineReported, "deadlineReports"), (Happening.Rated, "ratings"),
    ];

    public static IReadOnlyList<string> Arrays { get; } = [.. Histories.Select(history => history.Array)];

    readonly AgencyText names = new(Chance.For(options.Seed, "binh-dinh-names"), 0.05);

    public void Write(string folder, CancellationToken cancel)
    {
        WriteUnits(Path.Combine(folder, "agencies.jsonl"));
        using var file = File.Create(Path.Combine(folder, "tasks.jsonl"));
        var count = manifest.Of(Feed, "task");
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        void EndLine()
        {
            writer.Flush();
            file.Write("\n"u8);
            writer.Reset();
        }
        List<(DemoTask Task, TaskState State)> good = [];
        foreach (var (task, state) in world.StateAt(options.Today).OrderBy(at => at.State.Updated).ThenBy(at => at.Task.Id, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            WriteTask(writer, task, state, null, null);
            EndLine();
            count.Count(task);
            if (task.Secrecy == "") count.Tasks++;
            if (good.Count < 20 && task.Secrecy == "" && !task.Deleted) good.Add((task, state));
        }
        WriteRecreated(writer, EndLine, count);
        var columns = new ListColumns(Key: 0, Status: 1, Assigned: 2);
        foreach (var (rule, row) in BadRows.From([.. good.Select(at => new object?[] { at.Task, null, null })], columns, "choykien"))
        {
            var (task, state) = good[count.Bad.Values.Sum() % good.Count];
            WriteTask(writer, task, state, rule, row);
            EndLine();
            count.CountBad(rule);
        }
    }

    /// <summary>Tasks that were entered a second time by the unit that took them over: same document, same text, another id.</summary>
    void WriteRecreated(Utf8JsonWriter writer, Action endLine, RecordCount count)
    {
        var moved = world.Tasks.Where(task => task is { Secrecy: "", Deleted: false, Parent: null } && task.AssignedDay < Mergers.Provinces
            && TaskState.Of(task, Mergers.Provinces)!.IsOpen).Take(12);
        foreach (var task in moved)
        {
            WriteTask(writer, task, TaskState.Of(task, options.Today)!, "recreated", null);
            endLine();
            count.Count(task);
            count.Tasks++;
        }
    }

    void WriteTask(Utf8JsonWriter json, DemoTask task, TaskState state, string? rule, object?[]? bad)
    {
        json.WriteStartObject();
        json.WriteBoolean("generated", true);
        json.WriteString("id", rule is null ? Id(task.Id) : rule == BadRows.MissingKey ? "" : Id($"{task.Id} {rule} {bad?[0]}"));
        WriteDocument(json, task);
        json.WriteString("title", DemoText.Title(task));
        WriteName(json, "owner", null, task.Assigner);
        WriteName(json, "assignee", state.Agency.Id, names.Lead(task, state.Agency));
        json.WriteStartArray("supports");
        foreach (var agency in task.CoAgencies) json.WriteStringValue(names.Name(agency));
        json.WriteEndArray();
        WriteName(json, "province", "52", world.Place.NameOn(task.AssignedDay));
        json.WriteString("state", bad?[1] as string ?? State(task, state));
        if (bad?[2] is string garbage) json.WriteString("createdTime", garbage);
        else json.WriteNumber("createdTime", Epoch(task.Assigned));
        json.WriteNumber("endTime", state.Due is { } due ? Epoch(EndOf(task, due)) : 0);
        json.WriteString("endUnit", DemoText.Granularity(task));
        json.WriteNumber("startingTime", Epoch(state.Started));
        WriteResults(json, task, state);
        json.WriteString("docSecurity", task.Secrecy);
        json.WriteString("priority", task.Urgency);
        json.WriteString("category", task.Kind);
        json.WriteString("level", task.Level);
        if (task.ProgrammeYear is { } year) json.WriteNumber("programYear", year);
        json.WriteString("parentId", task.Parent is null ? null : Id(task.Parent.Id));
        json.WriteBoolean("trash", task.Deleted);
        json.WriteNumber("updatedTime", Epoch(state.Updated));
        if (rule is null && task.Secrecy == "" && !task.Deleted) WriteHistories(json, task);
        json.WriteEndObject();
    }

    static void WriteDocument(Utf8JsonWriter json, DemoTask task)
    {
        json.WriteStartObject("docInfo");
        json.WriteString("number", task.Document.Number);
        json.WriteNumber("docDate", Epoch(task.Document.Date.ToDateTime(default)));
        json.WriteString("issuer", task.Document.Issuer);
        json.WriteString("docSummary", task.Document.Subject);
        json.WriteEndObject();
    }

    static void WriteResults(Utf8JsonWriter json, DemoTask task, TaskState state)
    {
        json.WriteBoolean("requiredConfirm", task.RequiresConfirmation);
        json.WriteStartObject("reported");
        json.WriteNumber("reportedTime", Epoch(state.Reported));
        json.WriteEndObject();
        json.WriteStartObject("completed");
        json.WriteNumber("completedTime", Epoch(state.Completed));
        if (state.Completed is not null) json.WriteString("completedStatus", state.Due is null ? "khonghan" : state.IsLate ? "quahan" : "tronghan");
        json.WriteEndObject();
        json.WriteStartObject("reverse");
        json.WriteNumber("reverseTime", Epoch(state.Withdrawn));
        json.WriteEndObject();
    }

    void WriteHistories(Utf8JsonWriter json, DemoTask task)
    {
        foreach (var (what, array) in Histories)
        {
            // One task in twenty-five never says anything: the letter calls these tasks without information.
            if (what == Happening.Progress && task.Id[^1] == '4' && task.Id[^2] is '1' or '5') continue;
            if (!task.Events.Exists(e => e.What == what)) continue;
            json.WriteStartArray(array);
            foreach (var e in task.Events.Where(e => e.What == what))
            {
                WriteEvent(json, task, e);
                manifest.Of(Feed, $"task_event/{array}").Rows++;
            }
            json.WriteEndArray();
        }
    }

    void WriteEvent(Utf8JsonWriter json, DemoTask task, TaskEvent e)
    {
        json.WriteStartObject();
        json.WriteString("id", Id($"{task.Id} {e.What} {e.At:O}"));
        json.WriteNumber("time", Epoch(e.At));
        json.WriteString("content", e.Text);
        if (e.Percent >= 0) json.WriteNumber("percent", e.Percent);
        if (e.Cause is not null) json.WriteString("cause", e.Cause);
        if (e.Decision is not null) json.WriteString("decision", e.Decision);
        if (e.What == Happening.DeadlineReported) json.WriteNumber("requestedTime", e.Due is { } asked ? Epoch(asked.ToDateTime(default)) : 0);
        if (e.Plan is not null) json.WriteString("plan", e.Plan);
        if (e.Stars > 0) json.WriteNumber("star", e.Stars);
        json.WriteString("unit", names.Name(e.Agency));
        json.WriteEndObject();
    }

    /// <summary>The system compares with now even what is completed, so that every completed task turns late in the end; completedStatus is right.</summary>
    string State(DemoTask task, TaskState state)
    {
        var suffix = state.Due is null ? "khonghan" : state.Due < options.Today ? "quahan" : "tronghan";
        return state.Lifecycle switch
        {
            Lifecycle.NotStarted => suffix == "quahan" ? "chuathuchien_quahan" : "chuathuchien",
            Lifecycle.AwaitingConfirmation => $"choxacnhan_{suffix}",
            Lifecycle.Returned => "tuchoixacnhan",
            Lifecycle.Redo => "thuchienlai",
            Lifecycle.AssignmentRefused => "tuchoithuchien",
            Lifecycle.Suspended => "tamhoan",
            Lifecycle.Completed => $"dahoanthanh_{suffix}",
            Lifecycle.Withdrawn => "trieuhoi",
            _ => suffix == "tronghan" && state.Due < options.Today.AddDays(3) ? "dangthuchien_sapquahan" : $"dangthuchien_{suffix}",
        };
    }

    void WriteUnits(string path)
    {
        var lines = world.Agencies.All.Select(unit => JsonSerializer.Serialize(new
        {
            generated = true, id = unit.Id, name = unit.Name, aliases = unit.Aliases, level = unit.Level, province = unit.Province,
            validFrom = unit.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            validTo = unit.To == DateOnly.MaxValue ? "" : unit.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), successors = unit.Successors.Select(next => next.Id),
        }, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })).ToList();
        File.WriteAllText(path, string.Join("\n", lines) + "\n");
        manifest.Of(Feed, "agency").Rows += lines.Count;
    }

    static void WriteName(Utf8JsonWriter json, string property, string? code, string name)
    {
        json.WriteStartObject(property);
        if (code is not null) json.WriteString("code", code);
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    /// <summary>A deadline of a day is kept as 17:00 of that day by some screens and as its last second by others.</summary>
    static DateTime EndOf(DemoTask task, DateOnly due) => due.ToDateTime(task.Id[^1] == '2' ? new TimeOnly(17, 0) : new TimeOnly(23, 59, 59));

    static long Epoch(DateTime? local) => local is { } at ? new DateTimeOffset(at, TimeSpan.FromHours(7)).ToUnixTimeMilliseconds() : 0;

    /// <summary>Twenty-four hexadecimal digits.</summary>
    static string Id(string of)
    {
        var chance = Chance.For(52, of);
        return $"{chance.Next():x16}{chance.Next() >> 32:x8}";
    }
}
