using Warehouse.Models;

namespace Warehouse.Checks;

/// <summary>
/// Checks that follow from conventions, so that nobody writes them: keys are unique and present, spans neither overlap nor
/// leave gaps, references exist, flags are 0 or 1.
/// </summary>
static class DerivedChecks
{
    public static IEnumerable<Check> Of(Model model, IReadOnlyList<string> columns, ModelFolder folder)
    {
        if (model.Kind == ModelKind.View) yield break;
        if (model.Key is [.., "valid_from"] && columns.Contains("valid_to")) yield return SpansFollow(model);
        else if (model.Key.Count > 0) yield return KeyIsUnique(model);
        var flags = columns.Where(column => column.StartsWith("is_", StringComparison.Ordinal) || column.StartsWith("has_", StringComparison.Ordinal)).ToList();
        if (flags.Count > 0) yield return FlagsAreFlags(model, flags);
        foreach (var column in columns.Where(column => column.EndsWith("_key", StringComparison.Ordinal)))
            if (DimensionOf(column, folder) is { } dimension && dimension.FullName != model.FullName) yield return ReferenceExists(model, column, dimension);
    }

    /// <summary>Whether a check is the one that a model's key identifies a row.</summary>
    public static bool IsOfKey(Check check, Model model) => model.Key.Count > 0 && check.Name == NameOfKey(model);

    static string NameOfKey(Model model) => $"{model.Name}: {string.Join(", ", model.Key)} identifies a row";

    static Check KeyIsUnique(Model model)
    {
        var key = string.Join(", ", model.Key);
        var isMissing = string.Join(" or ", model.Key.Select(column => $"{column} is null"));
        return new(NameOfKey(model), model.FullName,
            $"select {key}, count(*) as row_count from {model.FullName} group by {key} having count(*) > 1 or {isMissing}", IsError: true);
    }

    /// <summary>A history in the warehouse has no gaps; in staging a name may be nobody's for a while. A key that is there twice overlaps itself.</summary>
    static Check SpansFollow(Model model)
    {
        var of = string.Join(", ", model.Key.Take(model.Key.Count - 1));
        var isMissing = string.Join(" or ", model.Key.Select(column => $"{column} is null"));
        var (name, isWrong) = model.Layer == "warehouse"
            ? ("neither overlap nor leave gaps", "coalesce(next_from, valid_to) <> valid_to")
            : ("do not overlap", "next_from < valid_to");
        return new($"{model.Name}: spans of one {of} {name}", model.FullName,
            $"""
            with spans as (
                select {of}, valid_from, valid_to, lead(valid_from) over (partition by {of} order by valid_from) as next_from
                from {model.FullName}
            )

            select {of}, valid_from, valid_to, next_from
            from spans
            where valid_from >= valid_to or {isWrong} or {isMissing}
            """, IsError: true);
    }

    static Check FlagsAreFlags(Model model, List<string> flags)
    {
        var wrong = string.Join(" or ", flags.Select(flag => $"{flag} is null or {flag} not in (0, 1)"));
        return new($"{model.Name}: {string.Join(", ", flags)} are 0 or 1", model.FullName, $"select {string.Join(", ", flags)} from {model.FullName} where {wrong}", IsError: true);
    }

    static Check ReferenceExists(Model model, string column, Model dimension) =>
        new($"{model.Name}: every {column} is in {dimension.Name}", model.FullName,
            $"""
            select distinct {model.Name}.{column}
            from {model.FullName}
            left join {dimension.FullName} on {model.Name}.{column} = {dimension.Name}.{column}
            where {dimension.Name}.{column} is null and {model.Name}.{column} is not null
            """, IsError: true);

    static Model? DimensionOf(string column, ModelFolder folder) => folder.Find($"warehouse.dim_{column[..^4]}");
}
