namespace Warehouse.Engines.SqlServer;

/// <summary>Whether tables of facts are stored by columns.</summary>
public enum Columnstore
{
    /// <summary>Where the server allows it; else by rows, once told.</summary>
    Auto,
    /// <summary>A server that refuses it stops the build.</summary>
    On,
    /// <summary>By rows.</summary>
    Off,
}

/// <summary>How the warehouse is stored on a server.</summary>
public sealed record SqlServerSettings(Columnstore Columnstore = Columnstore.Auto)
{
    /// <param name="columnstore"><c>auto</c>, <c>on</c> or <c>off</c>; null for the default.</param>
    /// <exception cref="EngineChoiceException">It is none of these.</exception>
    public static SqlServerSettings Read(string? columnstore) => columnstore?.ToLowerInvariant() switch
    {
        null or "auto" => new(),
        "on" => new(Columnstore.On),
        "off" => new(Columnstore.Off),
        _ => throw new EngineChoiceException($"ANALYTICS_COLUMNSTORE is '{columnstore}'; it is auto, on or off"),
    };
}
