using Tests.BadInput;
using Tests.Engines;
using Warehouse.Engines;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>A disk without room, at the same steps as in <see cref="CrashTests"/>.</summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    /// <summary>More than two states with their logs take.</summary>
    const int Megabytes = 300;

    [MountFact]
    public Task A_disk_that_is_full_from_any_step_on_leaves_a_complete_state_and_the_next_run_makes_it_good()
    {
        var full = new Disaster(async (site, program) =>
        {
            Fill(Path.Combine(site.Home.Folder, "filling"));
            program.LetGo();
            return await program.EndAsync();
        }, site => File.Delete(Path.Combine(site.Home.Folder, "filling")), folder => SmallDisk.Mount(folder, Megabytes))
        {
            Complaint = ended => ended.Code != 3 || !ended.Complaints.Contains("No space left on device", StringComparison.Ordinal) || ended.All.Contains("   at ", StringComparison.Ordinal) ? $"it ended with {ended.Code}: {ended.All}" : null,
        };
        // When the new pointer is written all that needs room is done: the run ends well.
        return new CrashMatrix(TestEngine.DuckDb, output).RunAsync(full, Milestone.BeforeSwitch, Milestone.AfterSwitch);
    }

    /// <summary>The disk of the database: its server goes on, and needs none for what it writes into pages that it has.</summary>
    [MountFact(TestEngine.Postgres)]
    public async Task A_full_disk_under_PostgreSQL_leaves_a_complete_state_and_the_next_run_makes_it_good()
    {
        var refused = 0;
        var full = new Disaster(async (site, program) =>
        {
            var filling = Path.Combine(site.Home.Folder, CrashSite.OwnDisk, "filling");
            Fill(filling);
            program.LetGo();
            var ended = await program.EndAsync();
            // PostgreSQL lets nobody in while it has no room to write its list of tables, so readers come after.
            File.Delete(filling);
            return ended;
        }, _ => { }, folder => SmallDisk.Mount(folder, Megabytes))
        {
            Complaint = ended =>
            {
                if (ended.Code == 3) refused++;
                var isTold = ended.Code == 3 && ended.Complaints.Contains("No space left on device", StringComparison.Ordinal) && !ended.All.Contains("   at ", StringComparison.Ordinal);
                return isTold || ended.Code == 0 ? null : $"it ended with {ended.Code}: {ended.All}";
            },
        };
        await new CrashMatrix(TestEngine.Postgres, output).RunAsync(full);
        output.WriteLine($"{refused} runs had no room");
        Assert.True(refused >= 6, $"only {refused} runs had no room");
    }

    static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 4096])
        {
            try
            {
                for (var block = new byte[size]; ;) file.Write(block);
            }
            catch (IOException)
            {
                // Full, but for less than a block.
            }
        }
    }
}

/// <summary>A database that ends its connections, at the same steps as in <see cref="CrashTests"/>.</summary>
public sealed class LostConnectionTests(ITestOutputHelper output)
{
    [EngineFact(TestEngine.Postgres)]
    public Task A_connection_that_is_lost_at_any_step_leaves_a_complete_state_and_the_next_run_makes_it_good() => LoseAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task A_connection_to_SQL_Server_that_is_lost_at_any_step_leaves_a_complete_state_and_the_next_run_makes_it_good() => LoseAsync(TestEngine.SqlServer);

    Task LoseAsync(string engine)
    {
        var lost = new Disaster(async (site, program) =>
        {
            await site.EndConnectionsAsync();
            program.LetGo();
            return await program.EndAsync();
        }, _ => { })
        {
            Complaint = ended => ended.Code != 3 || !ended.Complaints.Contains("went away", StringComparison.Ordinal) || ended.All.Contains("   at ", StringComparison.Ordinal) ? $"it ended with {ended.Code}: {ended.All}" : null,
        };
        // After the switch nothing is asked of the database any more.
        return new CrashMatrix(engine, output).RunAsync(lost, butNot: Milestone.AfterSwitch);
    }
}
