using System.Globalization;
using Reports.Texts;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Reports.Filters;

/// <summary>Reads a view from the query string. What is known only from the data is judged by <see cref="ViewCheck"/>.</summary>
public static class ViewReader
{
    /// <summary>What every page may be asked.</summary>
    static readonly IReadOnlyList<string> Shared = ["as_of", "from", "to", "scope", "province", "agency", "kind", "view", "pick", "lang"];

    /// <summary>Longer values are no names of anything.</summary>
    const int LongestValue = 300;

    /// <param name="own">The parameters that only this page has.</param>
    /// <exception cref="ViewException">A parameter is none, a value is no day, scope, view or language, or the window ends before it begins.</exception>
    public static View Read(IQueryCollection query, IReadOnlyList<string>? own = null)
    {
        var view = View.Default with { Language = LanguageOf(query) };
        Known(query, [.. Shared, .. own ?? []], view);
        view = view with { Scope = Scope(query, view) };
        view = view with { Units = Units(query, view) };
        view = view with { Province = Value(query, "province", view), Agency = Value(query, "agency", view), Kind = Value(query, "kind", view) };
        view = view with { Pick = Picked(query, view) };
        foreach (var name in own ?? []) view = view.With(name, Value(query, name, view));
        view = view with { From = Day(query, "from", view) };
        view = view with { To = Day(query, "to", view) };
        view = view with { AsOf = Day(query, "as_of", view) };
        if (view.From > view.To) throw new ViewException("bad.window", [view.From.Value, view.To.Value], view with { From = view.To, To = view.From });
        return view;
    }

    /// <summary>A misspelt filter must not be a filter left out: the numbers would be others than those asked for.</summary>
    static void Known(IQueryCollection query, IReadOnlyList<string> names, View view)
    {
        foreach (var name in query.Keys)
            if (!names.Contains(name)) throw new ViewException("bad.parameter", [Shortened(name), Nearest.To(Shortened(name), names) ?? string.Join(", ", names)], view);
    }

    /// <summary>The last value that is not empty: a form sends its empty fields too.</summary>
    static string? Value(IQueryCollection query, string name, View view)
    {
        var value = query[name].LastOrDefault(value => !string.IsNullOrWhiteSpace(value))?.Trim();
        // PostgreSQL takes no NUL in a text, and no name of anything has one.
        return value is { Length: > LongestValue } || value?.Contains('\0') == true ? throw new ViewException("bad.value", [name, Shortened(value)], view) : value;
    }

    static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    static Language LanguageOf(IQueryCollection query) => Value(query, "lang", View.Default) switch
    {
        null or "vi" => Language.Vietnamese,
        "en" => Language.English,
        var other => throw new ViewException("bad.lang", [other], View.Default),
    };

    static string Scope(IQueryCollection query, View view) => Value(query, "scope", view) switch
    {
        null or View.Vietnam => View.Vietnam,
        View.Example => View.Example,
        var other => throw new ViewException("bad.scope", [other], view with { Scope = Nearest.To(other, [View.Vietnam, View.Example]) ?? View.Vietnam }),
    };

    static UnitView Units(IQueryCollection query, View view) => Value(query, "view", view) switch
    {
        null => View.Default.Units,
        var word => UnitViews.Read(word) ?? throw new ViewException("bad.view", [word], view with { Units = UnitViews.Read(Nearest.To(word, UnitViews.Words) ?? "") ?? View.Default.Units }),
    };

    static Pick? Picked(IQueryCollection query, View view) => Value(query, "pick", view) is not { } text ? null : Pick.Read(text) ?? throw new ViewException("bad.pick", [text], view);

    static DateOnly? Day(IQueryCollection query, string name, View view)
    {
        if (Value(query, name, view) is not { } text) return null;
        if (!DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new ViewException("bad.day", [text, view.Language.Say("filter." + name)], view);
        // As of which day there are numbers is judged by the data, a window of assignment by the calendar.
        if (name == "as_of" || (day >= Warehouse.Reference.Calendar.First && day <= Warehouse.Reference.Calendar.Last)) return day;
        var near = day < Warehouse.Reference.Calendar.First ? Warehouse.Reference.Calendar.First : Warehouse.Reference.Calendar.Last;
        throw new ViewException("bad.calendar", [day, Warehouse.Reference.Calendar.First, Warehouse.Reference.Calendar.Last], name == "from" ? view with { From = near } : view with { To = near });
    }
}

/// <summary>An address that asks for what does not exist: answered with 400, a plain sentence and the nearest view that does.</summary>
public sealed class ViewException(string key, object[] arguments, View nearest) : Exception
{
    public View Nearest => nearest;

    public string Say(Language language) => language.Say(key, arguments);
}
