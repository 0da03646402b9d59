namespace Etl.Demo;

/// <summary>Writes the generated sources: every row of every file says that it is generated, and none is a city's real record.</summary>
public static class DemoSources
{
    /// <summary>Writes da-nang/, hai-phong/, binh-dinh/, can-tho/, other-provinces/ and manifest.json; what was in these folders is replaced.</summary>
    /// <param name="folder">The folder of all sources, usually {home}/sources.</param>
    public static async Task<Manifest> WriteAsync(string folder, DemoOptions options, IProgress<string>? progress, CancellationToken cancel)
    {
        var world = new World(options);
        var manifest = new Manifest { Seed = options.Seed, Today = options.Today, Extracts = options.ExtractDays() };
        foreach (var place in Places.Cities)
        {
            progress?.Report($"Generating {place.Name}");
            var of = world.Of(place);
            await WritePlaceAsync(of, Fresh(folder, place.Key), options, manifest, cancel);
            Expect(of, options, manifest);
        }
        progress?.Report("Generating the other provinces");
        new OtherProvinces(world, manifest).Write(Fresh(folder, "other-provinces"), cancel);
        await manifest.WriteAsync(Path.Combine(folder, "manifest.json"), cancel);
        return manifest;
    }

    static async Task WritePlaceAsync(PlaceWorld world, string folder, DemoOptions options, Manifest manifest, CancellationToken cancel)
    {
        if (world.Place == Places.DaNang) await new DaNangDatabase(world, options, manifest).WriteAsync(Path.Combine(folder, "da-nang.sqlite"), cancel);
        else if (world.Place == Places.HaiPhong) new HaiPhongWorkbooks(world, options, manifest).Write(folder, cancel);
        else if (world.Place == Places.BinhDinh) new BinhDinhJson(world, options, manifest).Write(folder, cancel);
        else new CanThoLists(world, options, manifest).Write(folder, cancel);
    }

    /// <summary>What reports must show: each year at its end, and the periods of the letters.</summary>
    static void Expect(PlaceWorld world, DemoOptions options, Manifest manifest)
    {
        for (var year = options.FirstYear; year <= options.Today.Year; year++)
        {
            var end = new DateOnly(year, 12, 31) < options.Today ? new DateOnly(year, 12, 31) : options.Today;
            manifest.Expect(world, new DateOnly(year, 1, 1), end, end);
            if (end < options.Today) manifest.Expect(world, new DateOnly(year, 1, 1), end, options.Today);
        }
        if (world.Place == Places.CanTho) manifest.Expect(world, new(2023, 1, 1), new(2023, 4, 24), new(2023, 4, 24));
        if (world.Place == Places.DaNang) manifest.Expect(world, new(2021, 1, 1), new(2021, 7, 26), new(2021, 7, 26));
    }

    static string Fresh(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        return Directory.CreateDirectory(path).FullName;
    }
}
