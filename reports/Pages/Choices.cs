using System.Globalization;
using Reports.Filters;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Reports.Pages;

/// <summary>Judges what only one page asks.</summary>
public static class Choices
{
    /// <exception cref="ViewException">The value is none of those that there are.</exception>
    public static string Of(View view, string name, string unless, IReadOnlyList<string> all)
    {
        var value = view.Asked(name) ?? unless;
        return all.Contains(value) ? value : throw new ViewException("bad.choice", [name, value, Nearest.To(value, all) ?? string.Join(", ", all)], view.With(name, Nearest.To(value, all)));
    }

    /// <summary>A measure of the catalogue.</summary>
    /// <exception cref="ViewException">There is no such measure, or not of that sort.</exception>
    public static Measure Measure(PageRequest request, string name, string unless, Func<Measure, bool> fits)
    {
        var value = request.View.Asked(name) ?? unless;
        var known = request.Catalog.Measures.Where(fits).ToList();
        return known.Find(measure => measure.Name == value) ?? throw new ViewException("bad.measure",
            [value, Nearest.To(value, known.Select(measure => measure.Name)) ?? string.Join(", ", known.Select(measure => measure.Name))], request.View.With(name, Nearest.To(value, known.Select(measure => measure.Name))));
    }

    /// <summary>A page of a list, from 1 on.</summary>
    /// <exception cref="ViewException">It is no such number.</exception>
    public static int Page(View view) =>
        view.Asked("page") is not { } text ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is >= 1 and <= 1_000_000 ? page
        : throw new ViewException("bad.page", [text], view.With("page", null));
}
