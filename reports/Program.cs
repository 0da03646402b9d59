using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Reports;
using Reports.Bench;

// Somebody who looks at pages asks again within a minute.
var keepsOpen = TimeSpan.FromMinutes(1);
return await ServeOptions.RunAsync(args, Console.Error, async options =>
{
    await using var engine = options.Choice.Open(keepsOpen);
    await using var app = Site.Build(engine, options.Port, options.Choice.Folder);
    await app.StartAsync();
    var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
    Console.WriteLine($"Serving {options.Choice.Folder} on {string.Join(", ", addresses)}; stop with Ctrl+C.");
    await app.WaitForShutdownAsync();
}, async choice =>
{
    await using var engine = choice.Open(keepsOpen);
    await new PageBench(engine, choice.Folder, Console.Out).RunAsync(CancellationToken.None);
});
