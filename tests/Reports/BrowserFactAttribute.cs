using Xunit;

namespace Tests.Pages;

/// <summary>A test that needs Debian's chromium; skipped, with that reason, where it is not installed.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public BrowserFactAttribute() => Skip = AbsentBecause;

    /// <summary>Null where it is installed.</summary>
    public static string? AbsentBecause => File.Exists(Chromium) ? null : $"there is no {Chromium}; 'apt-get install chromium' brings it";
}

/// <inheritdoc cref="BrowserFactAttribute"/>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserFactAttribute.AbsentBecause;
}
