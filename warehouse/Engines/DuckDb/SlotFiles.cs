using System.Globalization;

namespace Warehouse.Engines.DuckDb;

/// <summary>The state that readers open: its number, its slot, and the number under which the slot's file became what it is.</summary>
/// <param name="Content">Another number than the state's own where the state was gone back to.</param>
sealed record PublishedSlot(int Number, string Slot, int Content)
{
    public string OtherSlot => Slot == "a" ? "b" : "a";
}

/// <summary>
/// Two small files in the home: <c>current</c> names what readers open, <c>previous</c> the state that stands untouched in the
/// other file, if one does. Each is replaced by a rename.
/// </summary>
sealed class SlotFiles(string home, Milestones milestones)
{
    string Current => Path.Combine(home, "current");

    string Previous => Path.Combine(home, "previous");

    /// <exception cref="EngineException">The pointer is damaged.</exception>
    public PublishedSlot Published() => Read(Current) ?? new(0, "b", 0);

    /// <summary>The state before the published one, where its file was not worked in since.</summary>
    public PublishedSlot? Before() => Read(Previous) is { } before && before.Slot == Published().OtherSlot ? before : null;

    /// <summary>Called before the file that is not published is touched.</summary>
    public void WorkBegins() => File.Delete(Previous);

    /// <summary>Sends readers to another slot. Until the rename the old state is told to stand in the slot that is still published, which means nothing.</summary>
    public void Switch(PublishedSlot to)
    {
        var from = Published();
        if (from.Number > 0) Write(Previous, from, () => { });
        Write(Current, to, () => milestones.Reach(Milestone.BeforeSwitch));
    }

    static PublishedSlot? Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        var words = text.Split(' ', StringSplitOptions.TrimEntries);
        return words is [_, "a" or "b", ..] && int.TryParse(words[0], out var number) && int.TryParse(words.ElementAtOrDefault(2) ?? words[0], out var content)
            ? new(number, words[1], content)
            : throw new EngineException($"{path} is damaged: it must hold a number and a slot, such as '7 a'");
    }

    static void Write(string path, PublishedSlot state, Action written)
    {
        var content = state.Content == state.Number ? "" : $" {state.Content.ToString(CultureInfo.InvariantCulture)}";
        var next = path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"{state.Number} {state.Slot}{content}\n")));
            file.Flush(flushToDisk: true);
        }
        written();
        File.Move(next, path, overwrite: true);
    }
}
