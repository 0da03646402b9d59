using System.Data.Common;
using System.Globalization;
using Warehouse.Engines;
using Warehouse.Models;
using Warehouse.Models.Increments;

namespace Warehouse.Checks;

/// <summary>Runs every derived and written check over one state of the warehouse.</summary>
public sealed class Checker(ModelFolder folder)
{
    const int SampleRows = 5;

    /// <param name="full">True checks all rows; else, where only some tasks were built since all checks passed, those that hold for each task by itself are asked of these.</param>
    /// <exception cref="ModelException">A check's own SQL fails.</exception>
    public async Task<IReadOnlyList<CheckResult>> CheckAsync(Session session, bool full, Action<CheckResult>? done, CancellationToken cancel)
    {
        var slice = full ? null : await CheckedSlice.FindAsync(session, folder, cancel);
        var results = new List<CheckResult>();
        foreach (var model in folder.Models.Where(model => model.Kind != ModelKind.Step))
            foreach (var check in DerivedChecks.Of(model, await session.ColumnsAsync(model.FullName, cancel), folder).Concat(Written(model)))
                foreach (var asked in slice?.Of(check, model) ?? [check])
                {
                    var result = await RunAsync(session, asked, cancel);
                    results.Add(result);
                    done?.Invoke(result);
                }
        return results;
    }

    IEnumerable<Check> Written(Model model)
    {
        var path = model.ChecksPath;
        return File.Exists(path) ? Check.ParseFile(path, model.FullName, File.ReadAllText(path)) : [];
    }

    static async Task<CheckResult> RunAsync(Session session, Check check, CancellationToken cancel)
    {
        try
        {
            await using var command = session.Connection.CreateCommand();
            command.CommandText = session.Physical(check.Sql);
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var (offending, sample) = (0L, new List<string>());
            while (await reader.ReadAsync(cancel))
                if (offending++ < SampleRows) sample.Add(Text(reader));
            await reader.CloseAsync();
            var passed = offending == 0 || (check.Tolerance > 0 && await IsToleratedAsync(session, check, offending, cancel));
            return new(check, offending, passed, string.Join("; ", sample));
        }
        catch (DbException error)
        {
            throw new ModelException($"check '{check.Name}' of {check.Model} could not run: {error.Message}", error);
        }
    }

    static async Task<bool> IsToleratedAsync(Session session, Check check, long offending, CancellationToken cancel) =>
        offending <= check.Tolerance * await session.ReadValueAsync<long>($"select count(*) from {check.Model}", cancel: cancel);

    static string Text(DbDataReader reader) => string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(i =>
        $"{reader.GetName(i)} {Text(reader.GetValue(i))}"));

    static string Text(object value) => value switch
    {
        DBNull => "null",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime at => at.ToString(at.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
