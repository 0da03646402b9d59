using System.CommandLine;
using System.CommandLine.Parsing;
using Warehouse.Wording;

namespace Etl.Commands;

/// <summary>What is wrong with a command line, with the nearest word that would have been right.</summary>
static class Misuse
{
    public static IEnumerable<string> Told(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        // What follows the first unknown word is mostly unknown because of it.
        if (parsed.UnmatchedTokens.FirstOrDefault() is { } word)
            yield return $"'{word}' is no {(word.StartsWith('-') ? "option" : "word")} of 'analytics{Path(parsed.CommandResult)}'; {Nearest.Hint(word, Known(command).ToList())}";
        else
            foreach (var error in parsed.Errors) yield return error.Message.ReplaceLineEndings(" ").Replace('\t', ' ');
        yield return "'--help' tells what there is.";
    }

    static IEnumerable<string> Known(Command command) => command.Subcommands.Select(each => each.Name).Concat(command.Options.Select(each => each.Name));

    static string Path(CommandResult result) => result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "";
}
