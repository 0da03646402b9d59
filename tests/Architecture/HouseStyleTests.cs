using System.Text.RegularExpressions;
using Warehouse.Measures;
using Xunit;

namespace Tests.Architecture;

/// <summary>The house rules that a machine can check.</summary>
public sealed partial class HouseStyleTests
{
    static readonly string[] Code = ["etl", "warehouse", "reports", "tests"];
    static readonly string[] Product = ["etl", "warehouse", "reports"];
    static readonly string[] Layers = ["sql/staging", "sql/warehouse", "sql/analytics", "sql/reports"];

    static IEnumerable<string> Sql => Layers.SelectMany(layer => Repository.Files(layer, "*.sql"));

    static IEnumerable<string> Models => Sql.Where(path => !path.EndsWith(".checks.sql", StringComparison.Ordinal));

    [Fact]
    public void Files_are_short()
    {
        var code = Code.SelectMany(folder => Repository.Files(folder, "*.cs")).Where(path => Lines(path) > 400);
        var models = Models.Where(path => Lines(path) > 120);

        Assert.Empty(code.Concat(models).Select(path => $"{path} has {Lines(path)} lines"));
    }

    [Fact]
    public void No_SQL_reads_a_clock() => Assert.DoesNotContain(Sql, path => Clock().IsMatch(WithoutComments(path)));

    [Fact]
    public void Time_and_chance_are_inputs_of_product_code() =>
        Assert.DoesNotContain(Product.SelectMany(folder => Repository.Files(folder, "*.cs")), path => Ambient().IsMatch(Repository.Read(path)));

    [Fact]
    public void Models_hold_codes_and_never_words_with_marks() => Assert.DoesNotContain(Sql, path => WithoutComments(path).Any(letter => letter > '~'));

    [Fact]
    public void A_model_opens_with_what_a_row_is_its_kind_and_its_key_and_ends_with_its_last_step() =>
        Assert.DoesNotContain(Models, path => !Form().IsMatch(Repository.Read(path)));

    [Fact]
    public void A_page_of_cases_stands_beside_its_model()
    {
        var beside = Repository.Files("sql", "*.cases.md").Where(path => !File.Exists(Path.Combine(Repository.Root, path.Replace(".cases.md", ".sql", StringComparison.Ordinal))));

        // Pages about a whole folder: the catalogue of measures, and the dimensions that only copy and join.
        Assert.Equal(["sql/measures/tasks.cases.md", "sql/warehouse/dimensions.cases.md"], beside);
    }

    [Fact]
    public void Measures_and_dimensions_have_labels_in_both_languages()
    {
        var catalog = MeasureCatalog.Load();

        Assert.Empty(catalog.Measures.Where(measure => ((string[])[measure.Label, measure.LabelEn, measure.About, measure.AboutEn]).Any(string.IsNullOrWhiteSpace)).Select(measure => measure.Name));
        Assert.Empty(catalog.Dimensions.Where(dimension => ((string[])[dimension.Label, dimension.LabelEn]).Any(string.IsNullOrWhiteSpace)).Select(dimension => dimension.Name));
        Assert.All(catalog.Measures, measure => Assert.Contains(measure.Better, (string[])["", "higher", "lower"]));
    }

    static int Lines(string path) => Repository.Read(path).TrimEnd('\n').Split('\n').Length;

    static string WithoutComments(string path) => Comment().Replace(Repository.Read(path), "");

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(current_date|current_time|current_timestamp|localtime\w*|now|getdate|getutcdate|sysdatetime|sysutcdatetime|today)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bnew Random\(\)|\bRandom\.Shared\b|\bGuid\.NewGuid\b")]
    private static partial Regex Ambient();

    [GeneratedRegex(@"\A-- One row( per|:)[^\n]+\n-- kind: (view|table|step|replay|report)\n-- key: (none|\w+(, \w+)*)\n(-- [^\n]+\n)*with [\s\S]+\n\nselect \* from \w+\n\z")]
    private static partial Regex Form();
}
