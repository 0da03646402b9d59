using Xunit;

namespace Tests.Pages;

/// <summary>A test that needs Debian's chromium; skipped, with that reason, where it is not installed.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public BrowserFactAttribute()
    {
        if (!File.Exists(Chromium)) Skip = $"there is no {Chromium}; 'apt-get install chromium' brings it";
    }
}
