namespace Etl.Demo;

/// <summary>The whole generated world: the four places of the letters, and all other provinces.</summary>
public sealed class World(DemoOptions options)
{
    readonly DemoCalendar calendar = new(options.ReferenceFolder);

    public DemoOptions Options => options;

    /// <summary>A place with all its tasks; the same each time it is asked for.</summary>
    public PlaceWorld Of(PlaceProfile place) => PlaceWorld.Of(place, options, calendar);

    /// <summary>All provinces but the four, one after the other.</summary>
    public IEnumerable<PlaceWorld> Others() => Places.Others(options).Select(Of);
}
