using System.CommandLine;
using System.Globalization;
using System.Net;
using Warehouse.Engines;

namespace Reports;

/// <summary>How the program was asked to serve. It has no sign-in yet, so it listens on this machine alone.</summary>
public sealed record ServeOptions(EngineChoice Choice, int Port)
{
    const int DefaultPort = 5080;

    /// <summary>The exit code of wrong use, as the program analytics has it.</summary>
    public const int WrongUse = 2;

    static readonly Option<string?> Home = new("--home") { Description = "Folder of the warehouse (default: ANALYTICS_HOME, else ./home)" };
    static readonly Option<string?> Engine = new("--engine") { Description = "duckdb (default) or postgres (default: ANALYTICS_ENGINE; a server's connection string is in ANALYTICS_CONNECTION)" };
    static readonly Option<int?> PortOption = new("--port") { Description = "Port on 127.0.0.1 (default: 5080; 0 = any that is free)" };
    static readonly Option<string?> Urls = new("--urls") { Description = "http://127.0.0.1:PORT instead of --port; any address but this machine's own is refused" };

    /// <summary>The command that measures the pages instead of serving them.</summary>
    const string BenchVerb = "bench";

    /// <summary>The program's options, all that the command line knows.</summary>
    internal static RootCommand Root() => new("Analytics reports: the pages over the published warehouse, for this machine only.") { Home, Engine, PortOption, Urls };

    /// <summary>What the script calls <c>bench pages</c>.</summary>
    internal static Command Bench() => new(BenchVerb, "Measure the pages over the home: time cold and per click, and weight") { Home, Engine };

    /// <summary>Reads the command line and runs what serves; help and mistakes are answered here.</summary>
    /// <param name="bench">Runs instead of <paramref name="serve"/> where the command line says <c>bench</c>.</param>
    public static async Task<int> RunAsync(string[] arguments, TextWriter errors, Func<ServeOptions, Task> serve, Func<EngineChoice, Task>? bench = null)
    {
        var root = Root();
        var failed = 0;
        var measure = Bench();
        measure.SetAction(async parsed => { if (bench is not null) await bench(EngineChoice.From(parsed.GetValue(Home), parsed.GetValue(Engine))); });
        root.Add(measure);
        root.SetAction(async parsed =>
        {
            var options = From(parsed.GetValue(Home), parsed.GetValue(Engine), parsed.GetValue(PortOption), parsed.GetValue(Urls) ?? UrlsOfEnvironment());
            await serve(options);
        });
        var parsed = root.Parse(arguments);
        try
        {
            if (parsed.Errors.Count > 0) throw new EngineChoiceException(string.Join("; ", parsed.Errors.Select(error => error.Message)) + "; '--help' tells what there is");
            await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (error is EngineChoiceException or IOException)
        {
            await errors.WriteLineAsync(error.Message);
            failed = WrongUse;
        }
        return failed;
    }

    /// <exception cref="EngineChoiceException">The address is not this machine's own, or the port is none.</exception>
    public static ServeOptions From(string? home, string? engine, int? port, string? urls)
    {
        var asked = port ?? DefaultPort;
        if (urls is not null)
            foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) asked = port ?? PortOf(url);
        return asked is >= 0 and <= IPEndPoint.MaxPort ? new(EngineChoice.From(home, engine), asked) : throw new EngineChoiceException($"{asked} is no port; ports are 0 to 65535");
    }

    static int PortOf(string url)
    {
        // Kestrel takes http://*:5080 and http://+:5080 for every address there is; they are no addresses to the class Uri.
        var isLoopback = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp
            && (address.Host == "localhost" || (IPAddress.TryParse(address.Host, out var ip) && ip.Equals(IPAddress.Loopback)));
        return isLoopback ? address!.Port : throw new EngineChoiceException(string.Create(CultureInfo.InvariantCulture,
            $"'{url}' is refused: the pages have no sign-in, so they are served on http://127.0.0.1:PORT only; put a proxy that signs people in before them"));
    }

    static string? UrlsOfEnvironment() =>
        new[] { "ASPNETCORE_URLS", "DOTNET_URLS" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
