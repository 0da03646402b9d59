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

    /// <summary>Null where the word is none of them.</summary>
    public static UnitView? Read(string word) => Words.ToList().IndexOf(word) is >= 0 and var at ? (UnitView)at : null;
}
