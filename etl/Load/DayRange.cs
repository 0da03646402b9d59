using Warehouse.Reference;

namespace Etl.Load;

/// <summary>The days that the calendar knows; a date outside it is a slip of the pen.</summary>
static class DayRange
{
    static readonly long First = ReferenceRows.DaysOf(Calendar.First);
    static readonly long Last = ReferenceRows.DaysOf(Calendar.Last);

    public const string Reason = "lies outside 1990 to 2099";

    public static bool Holds(long day) => day >= First && day <= Last;
}
