using Reports;
using Warehouse.Engines;
using Xunit;

namespace Tests.Pages;

public sealed class ServeOptionsTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.1.10:5080")]
    [InlineData("http://127.0.0.1.attacker.example:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080;http://0.0.0.0:5081")]
    public async Task Any_address_but_this_machines_own_is_refused(string urls)
    {
        var errors = new StringWriter();
        var code = await ServeOptions.RunAsync(["--urls", urls], errors, _ => throw new InvalidOperationException("it served"));
        Assert.Equal(ServeOptions.WrongUse, code);
        Assert.Contains("is refused", errors.ToString());
    }

    [Fact]
    public async Task An_unknown_option_or_engine_is_wrong_use()
    {
        Assert.Equal(ServeOptions.WrongUse, await ServeOptions.RunAsync(["--prot", "1"], new StringWriter(), _ => Task.CompletedTask));
        Assert.Equal(ServeOptions.WrongUse, await ServeOptions.RunAsync(["--engine", "oracle"], new StringWriter(), options => options.Choice.Open().DisposeAsync().AsTask()));
    }

    [Fact]
    public void A_port_is_the_default_or_what_was_asked()
    {
        Assert.Equal(5080, ServeOptions.From(null, null, null, null).Port);
        Assert.Equal(6000, ServeOptions.From(null, null, 6000, null).Port);
        Assert.Equal(6001, ServeOptions.From(null, null, null, "http://localhost:6001").Port);
        Assert.Throws<EngineChoiceException>(() => ServeOptions.From(null, null, 70000, null));
    }
}
