using System.CommandLine;
using System.CommandLine.Parsing;
using Warehouse.Wording;

namespace Etl.Commands;

/// <summary>What is wrong with a command line, with the nearest word that would have been right.</summary>
static class Misuse
{
    public static IEnumerable<string> Told(ParseResult parsed)
    {
        var known = Known(parsed.CommandResult.Command).ToList();
        // Behind a verb that nobody knows, nothing can be known either.
        var unknown = parsed.UnmatchedTokens.Take(parsed.CommandResult.Command.Subcommands.Count > 0 ? 1 : int.MaxValue).ToList();
        foreach (var word in unknown.Where(word => unknown.Count == 1 || word.StartsWith('-')).DefaultIfEmpty(unknown.FirstOrDefault()))
            if (word is not null) yield return $"'{word}' is no {(word.StartsWith('-') ? "option" : "word")} of 'analytics{Path(parsed.CommandResult)}'; {Nearest.Hint(word, known)}";
        foreach (var error in parsed.Errors.Where(error => unknown.Count == 0 || !parsed.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))))
            if (unknown.Count == 0 || parsed.CommandResult.Command.Subcommands.Count == 0) yield return error.Message.ReplaceLineEndings(" ").Replace('\t', ' ');
        yield return "'--help' tells what there is.";
    }

    static IEnumerable<string> Known(Command command) => command.Subcommands.Select(each => each.Name).Concat(command.Options.Select(each => each.Name));

    static string Path(CommandResult result) => result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "";
}
