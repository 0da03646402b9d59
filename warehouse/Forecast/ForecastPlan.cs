namespace Warehouse.Forecast;

/// <summary>A day at whose end the backlog is forecast.</summary>
/// <param name="Step">1 to 3 for the next month ends; of a conference the step of the month end nearest to it.</param>
/// <param name="ProvinceKey">Of a conference: whose it is; else null, for all.</param>
public sealed record ForecastTarget(DateOnly Date, string Code, int Step, int? ProvinceKey = null)
{
    public const string MonthEnd = "month_end", Conference = "conference";
}

/// <summary>
/// From which days backlogs are forecast, and for which: the day asked for, and by rolling origin the same day of the
/// months before it, each as it was known then.
/// </summary>
public sealed record ForecastPlan(DateOnly AsOf, int Months = 24)
{
    const int Steps = 3;

    /// <summary>Month by month back from the day asked for; of a month's last day the last days of the months before.</summary>
    public IReadOnlyList<DateOnly> Origins { get; } = [.. Enumerable.Range(0, Months + 1).Select(back => Back(AsOf, back)).Distinct().Order()];

    /// <summary>The next three month ends after a day.</summary>
    public static IReadOnlyList<ForecastTarget> Targets(DateOnly origin)
    {
        var first = MonthEnd(origin) > origin ? MonthEnd(origin) : MonthEnd(origin.AddDays(1));
        return [.. Enumerable.Range(0, Steps).Select(step => new ForecastTarget(MonthEnd(new DateOnly(first.Year, first.Month, 1).AddMonths(step)), ForecastTarget.MonthEnd, step + 1))];
    }

    /// <summary>The step whose month end is nearest to a day, at most the last.</summary>
    public static int StepOf(DateOnly origin, DateOnly target) => Targets(origin).MinBy(each => Math.Abs(each.Date.DayNumber - target.DayNumber))!.Step;

    /// <summary>The same month end, or day, a year before.</summary>
    public static DateOnly YearBefore(DateOnly day) => day == MonthEnd(day) ? MonthEnd(day.AddYears(-1)) : day.AddYears(-1);

    /// <summary>The days whose counts are needed: origins, what came true of their targets, and the same days a year before.</summary>
    public IEnumerable<DateOnly> Days => Origins
        .Concat(Origins.SelectMany(Targets).Select(target => target.Date).Where(day => day <= AsOf))
        .Concat(Origins.SelectMany(Targets).Select(target => YearBefore(target.Date)))
        .Distinct().Order();

    static DateOnly Back(DateOnly day, int months)
    {
        var back = day.AddMonths(-months);
        return day == MonthEnd(day) ? MonthEnd(back) : back;
    }

    static DateOnly MonthEnd(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
}
