namespace Warehouse.Measures;

/// <summary>Under which names and in which boundaries provinces and agencies are shown; the numbers of all of them together are the same.</summary>
public enum UnitView
{
    /// <summary>As they were: the province of the day of assignment, the agency that held the task on the day.</summary>
    AsWas,
    /// <summary>As they are: today's successor.</summary>
    AsIs,
    /// <summary>The 34 provinces of 1 July 2025 and the agencies of that day, for every day before and since.</summary>
    Panel,
}

/// <summary>The views by the words that people and addresses use for them.</summary>
public static class UnitViews
{
    /// <summary>In the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> Words = ["as-was", "as-is", "panel"];

    public static string Word(this UnitView view) => Words[(int)view];

    /// <summary>What <c>view_code</c> of the view tables says.</summary>
    public static string Code(this UnitView view) => view.Word().Replace('-', '_');

    /// <summary>
    /// The join that names a province or agency of some rows as a view does: the names are the columns of <c>province</c> or <c>agency</c>.
    /// </summary>
    /// <param name="unit">province or agency.</param>
    /// <param name="rows">The rows, by the name that the query gives them.</param>
    /// <param name="code">The parameter that holds the view's code; not read as-was.</param>
    public static string Join(this UnitView view, string unit, string rows, string code) => view == UnitView.AsWas
        ? $"left join warehouse.dim_{unit} as {unit} on {rows}.{unit}_key = {unit}.{unit}_key"
        : $"left join warehouse.bridge_{unit}_view as {unit}_view on {rows}.{unit}_key = {unit}_view.{unit}_key and {unit}_view.view_code = {code}\n"
            + $"left join warehouse.dim_{unit} as {unit} on {unit}_view.shown_{unit}_key = {unit}.{unit}_key";

    /// <summary>Null where the word is none of them.</summary>
    public static UnitView? Read(string word) => Words.ToList().IndexOf(word) is >= 0 and var at ? (UnitView)at : null;
}
