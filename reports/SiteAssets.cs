using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Reports;

/// <summary>Scripts, style sheets and fonts beside the program. An address carries a hash of the content, so browsers may keep it for good.</summary>
public static class SiteAssets
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    static readonly Dictionary<string, string> Versions = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).ToDictionary(
        file => Path.GetRelativePath(Folder, file).Replace('\\', '/'),
        file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..8]);

    public static string Address(string name) => Versions.TryGetValue(name, out var version) ? $"/{name}?v={version}" : "/" + name;

    public static void UseAssets(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = new PhysicalFileProvider(Folder),
        OnPrepareResponse = prepared => prepared.Context.Response.Headers[HeaderNames.CacheControl] =
            prepared.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable"
            // Style sheets name fonts without a hash, and a preloaded address must be the very same.
            : prepared.File.Name.EndsWith(".woff2", StringComparison.Ordinal) ? "public, max-age=86400" : "no-cache",
    });
}
