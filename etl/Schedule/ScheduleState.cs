using System.Text.Json;
using Etl.Commands;

namespace Etl.Schedule;

/// <summary>What the scheduler has to know after a restart, kept in the home's <c>schedule.json</c>: with which file it ran, and which firing each job has done.</summary>
public sealed class ScheduleState
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    readonly Lock gate = new();
    readonly string path;
    readonly Content content;

    ScheduleState(string path, Content content) => (this.path, this.content) = (path, content);

    /// <summary>The schedule's file that the last start was given; null where it was given none.</summary>
    public string? File => content.File;

    /// <summary>The state of a home; empty where it was never scheduled.</summary>
    /// <exception cref="WrongUseException">The file is damaged.</exception>
    public static ScheduleState Read(Home home)
    {
        var path = Path.Combine(home.Folder, "schedule.json");
        try
        {
            return new(path, System.IO.File.Exists(path) ? JsonSerializer.Deserialize<Content>(System.IO.File.ReadAllText(path)) ?? new() : new());
        }
        catch (JsonException)
        {
            throw new WrongUseException($"{path} is damaged; delete it, and the schedule starts as if for the first time");
        }
    }

    /// <summary>The newest firing that the job has done, or since when it waits for its first; null where it was never scheduled.</summary>
    public DateTimeOffset? SinceOf(string job)
    {
        lock (gate) return content.Jobs.TryGetValue(job, out var known) ? known.Fired ?? known.Known : null;
    }

    /// <summary>The newest firing that the job has done; null where it has done none.</summary>
    public DateTimeOffset? FiredOf(string job)
    {
        lock (gate) return content.Jobs.GetValueOrDefault(job)?.Fired;
    }

    /// <summary>Takes note of a start: of the file, and of jobs that were not there before.</summary>
    public void Start(string? file, IEnumerable<string> jobs, DateTimeOffset now)
    {
        lock (gate)
        {
            content.File = file is null ? null : Path.GetFullPath(file);
            foreach (var job in jobs) content.Jobs.TryAdd(job, new() { Known = now });
            Write();
        }
    }

    /// <summary>Takes note that a job has done a firing, whatever came of it. One that was stopped in the middle has not.</summary>
    public void Fired(string job, DateTimeOffset scheduledFor)
    {
        lock (gate)
        {
            if (!content.Jobs.TryGetValue(job, out var known)) content.Jobs[job] = known = new() { Known = scheduledFor };
            known.Fired = scheduledFor;
            Write();
        }
    }

    /// <summary>By a rename, so that a crash leaves the old state or the new one.</summary>
    void Write()
    {
        System.IO.File.WriteAllText(path + ".next", JsonSerializer.Serialize(content, Indented));
        System.IO.File.Move(path + ".next", path, overwrite: true);
    }

    sealed class Content
    {
        public string? File { get; set; }

        public Dictionary<string, Job> Jobs { get; set; } = [];
    }

    sealed class Job
    {
        public DateTimeOffset Known { get; set; }

        public DateTimeOffset? Fired { get; set; }
    }
}
