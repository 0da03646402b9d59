using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Etl.Demo;

/// <summary>The histories and the extensions of the database of Đà Nẵng; each stands at the monthly entry that was current.</summary>
sealed class DaNangEvents(SqliteConnection connection, AgencyText names, Manifest manifest) : IDisposable
{
    const string Feed = "da-nang";
    readonly Insert history = new(connection, "lich_su", 14);
    readonly Insert extensions = new(connection, "gia_han", 12);
    int historyId, extensionId;

    public void Write(DemoTask task, List<(string Id, DateOnly From)> entries)
    {
        TaskEvent? request = null;
        foreach (var e in task.Events)
        {
            var id = entries.FindLast(entry => entry.From <= e.Day).Id ?? entries[0].Id;
            if (e.What == Happening.ExtensionRequested)
            {
                if (request is not null) Extension(id, request, null);
                request = e;
            }
            else if (e.What == Happening.Extended)
            {
                Extension(id, request, e);
                request = null;
            }
            else History(id, e);
        }
        if (request is not null) Extension(entries[^1].Id, request, null);
    }

    void History(string id, TaskEvent e)
    {
        history.Row([++historyId, id, (int)e.What + 1, e.At.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), names.Name(e.Agency), e.Text, Cause(e),
            e.Decision, e.Percent >= 0 ? e.Percent : null, e.Plan, DemoText.Date(e.What == Happening.DeadlineReported ? e.Due : null), e.Stars > 0 ? e.Stars : null,
            DemoText.Iso(e.At), 1]);
        manifest.Of(Feed, "task_event").Rows++;
    }

    void Extension(string id, TaskEvent? request, TaskEvent? decision)
    {
        var last = decision ?? request!;
        extensions.Row([++extensionId, id, DemoText.Date(request?.At), DemoText.Date(decision?.At), DemoText.Date(last.OldDue), DemoText.Date(last.Due),
            Cause(last), last.Text, request?.Plan, decision?.Decision, DemoText.Iso(last.At), 1]);
        if (request is not null) manifest.Of(Feed, "task_event/extension_requested").Rows++;
        if (decision is not null) manifest.Of(Feed, "task_event/extended").Rows++;
    }

    static string? Cause(TaskEvent e) => e.Cause switch { "objective" => "khách quan", "subjective" => "chủ quan", _ => null };

    public void Dispose()
    {
        history.Dispose();
        extensions.Dispose();
    }
}

/// <summary>One prepared insert, run for each row.</summary>
sealed class Insert : IDisposable
{
    readonly SqliteCommand command;

    public Insert(SqliteConnection connection, string table, int columns)
    {
        command = connection.CreateCommand();
        command.CommandText = $"insert into {table} values ({string.Join(",", Enumerable.Range(0, columns).Select(i => $"@p{i}"))})";
        for (var i = 0; i < columns; i++) command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        command.Prepare();
    }

    public void Row(object?[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
