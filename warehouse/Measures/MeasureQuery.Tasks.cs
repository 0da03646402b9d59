using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>The tasks behind a number: the same conditions as the count's, so that a list is as long as its number says.</summary>
public sealed partial class MeasureQuery
{
    /// <summary>Keys in one statement.</summary>
    const int MostKeys = 5000;

    /// <exception cref="CatalogException">A measure, dimension or value does not exist, or the measure is a rate.</exception>
    public async Task<TaskList> ListAsync(Session session, TaskRequest request, CancellationToken cancel)
    {
        var filter = new MeasureFilter("", new());
        var (listed, isOpenNow) = await ListedSqlAsync(session, request, filter, cancel);
        filter.Parameters.Add("skip", request.Skip);
        filter.Parameters.Add("take", request.Take);
        string Order(string of) => request.Order switch
        {
            TaskOrder.Update => $"{of}.updated_date, {of}.task_key",
            TaskOrder.Assignment => $"{of}.assigned_date desc, {of}.task_key",
            _ => $"case when {of}.due_date is null then 1 else 0 end, {of}.due_date, {of}.task_key",
        };
        var view = filter.View(request.View);
        var (texts, told, lookup) = isOpenNow
            ? ("texts.task_code as \"Code\", texts.title as \"Title\"", "paged.told_date", filter.Bound($$"""join {{catalog.Open}} as texts on paged.task_key = texts.task_key and texts.valid_from <= {as_of} and texts.valid_to > {as_of}"""))
            : ("cast('' as varchar(1)) as \"Code\", cast(null as varchar(1)) as \"Title\"", "cast(null as date)", "");
        var sql = $"""
            {listed},

            paged as (
                select *
                from quiet
                order by {Order("quiet")}
                offset @skip rows fetch next @take rows only
            )

            select
                paged.task_key as "TaskKey", dim_source.feed_code as "Feed", {texts},
                province.province_name as "Province", province.province_name_en as "ProvinceEn", agency.agency_name as "Agency",
                paged.lifecycle_code as "Lifecycle", paged.assigned_date as "Assigned", paged.due_date as "Due",
                paged.completed_date as "Completed", {told} as "Updated", paged.is_overdue as "IsOverdue"
            from paged
            join warehouse.dim_source on paged.source_key = dim_source.source_key
            {lookup}
            {request.View.Join("province", "paged", view)}
            {request.View.Join("agency", "paged", view)}
            order by {Order("paged")}
            """;
        var tasks = (await session.ReadAsync<ListedTask>(sql, filter.Parameters, cancel)).ToList();
        if (!isOpenNow) await AddTextsAsync(session, tasks, cancel);
        await AddToldAsync(session, isOpenNow ? tasks.Where(task => task.Updated > request.AsOf) : tasks, request.AsOf, cancel);
        foreach (var task in tasks) task.Updated ??= task.Assigned;
        // A page that is not full is the last one, and tells how many there are.
        var isLast = tasks.Count < request.Take && (tasks.Count > 0 || request.Skip == 0);
        var all = isLast ? request.Skip + tasks.Count : request.All ?? await session.ReadValueAsync<long>($"{listed}\n\nselect count(*) from quiet", filter.Parameters, cancel);
        return new(tasks, all);
    }

    /// <summary>
    /// Texts of the tasks of one page. By their keys in so many words: then an engine without indexes reads only where they lie, and joined it would
    /// read all; PostgreSQL once for each task, where it takes the page for a single row.
    /// </summary>
    static async Task AddTextsAsync(Session session, IEnumerable<INamedTask> tasks, CancellationToken cancel)
    {
        foreach (var some in tasks.Chunk(MostKeys))
        {
            var found = (await session.ReadAsync<ListedTask>($"select task_key as \"TaskKey\", task_code as \"Code\", title as \"Title\" from warehouse.task_text where task_key in ({Keys(some)})", cancel: cancel)).ToDictionary(text => text.TaskKey);
            foreach (var task in some)
                if (found.TryGetValue(task.TaskKey, out var text)) (task.Code, task.Title) = (text.Code, text.Title);
        }
    }

    /// <summary>The day of the newest word on tasks, up to a day.</summary>
    static async Task AddToldAsync(Session session, IEnumerable<ListedTask> tasks, DateOnly asOf, CancellationToken cancel)
    {
        foreach (var some in tasks.Chunk(MostKeys))
        {
            var sql = $"select task_key as \"TaskKey\", max(event_date) as \"Updated\" from warehouse.fact_task_event where task_key in ({Keys(some)}) and event_date <= @asOf group by task_key";
            var found = (await session.ReadAsync<ListedTask>(sql, new { asOf = asOf.ToDateTime(TimeOnly.MinValue) }, cancel)).ToDictionary(told => told.TaskKey, told => told.Updated);
            foreach (var task in some) task.Updated = found.GetValueOrDefault(task.TaskKey);
        }
    }

    /// <summary>Keys are numbers of our own: they stand in the statement as they are.</summary>
    static string Keys(IEnumerable<INamedTask> tasks) => string.Join(", ", tasks.Select(task => task.TaskKey));

    /// <summary>
    /// The common table expressions up to <c>quiet</c>: the tasks asked for; where they are ordered or chosen by it, with the day of the
    /// newest word on each, for which all events are read.
    /// </summary>
    /// <returns>
    /// The text, and whether the tasks asked for are open ones, on the newest extract's day or later: then they are found among those that
    /// are open now, a small table of the same columns that has their texts and the newest word on each.
    /// </returns>
    async Task<(string Sql, bool IsOpenNow)> ListedSqlAsync(Session session, TaskRequest request, MeasureFilter filter, CancellationToken cancel)
    {
        var terms = catalog.Terms(request.Measure).Distinct().Select(catalog.Measure).ToList();
        if (catalog.Measure(request.Measure).Kind == MeasureKind.Rate || !terms.TrueForAll(term => term is { Kind: MeasureKind.Count, Fact: MeasureFact.State }))
            throw new CatalogException($"{request.Measure} counts no tasks as they stand on a day");
        var where = request.Where.Select(condition => (catalog.Dimension(condition.Dimension), condition.Values)).ToList();
        var fact = catalog.FactOf(terms[0]);
        var lookedUp = new LookedUp();
        await filter.AddAsync(session, fact, where, request.View, lookedUp, cancel);
        var isOpenNow = terms.TrueForAll(IsOfOpenNow) && request.AsOf >= await lookedUp.NewestAsync(session, filter, cancel);
        filter.SetDay("as_of", request.AsOf);
        filter.SetDay("due_soon_until", calendar.LastDayWithin(request.AsOf, dueSoonDays));
        if (request.From is { } from) filter.AddDay($"{fact.Window} >=", "window_from", from);
        if (request.To is { } to) filter.AddDay($"{fact.Window} <=", "window_to", to);
        if (request.DueFrom is { } dueFrom) filter.AddDay("due_date >=", "due_from", dueFrom);
        if (request.DueTo is { } dueTo) filter.AddDay("due_date <=", "due_to", dueTo);
        var condition = string.Join(" or ", terms.Select(term => $"({term.Condition})"));
        var quiet = request.QuietSince is { } since ? $"\n    where coalesce({(isOpenNow ? "listed" : "told")}.told_date, listed.assigned_date) <= {filter.SetDay("quiet_since", since)}" : "";
        var needsTold = request.Order == TaskOrder.Update || request.QuietSince is not null;
        var told = needsTold ? (isOpenNow ? ToldBeside : Told) + quiet : Untold;
        var toldDate = needsTold ? "case when told_date > {as_of} then yet_date else told_date end as told_date" : "told_date";
        return (filter.Bound($$"""
            with {{(isOpenNow && needsTold ? ToldYet : "")}}listed as (
                select
                    task_key, source_key, province_key, agency_key, lifecycle_code, assigned_date, due_date, completed_date,
                    case when is_open = 1 and has_deadline = 1 and overdue_from <= {as_of} then 1 else 0 end as is_overdue{{(isOpenNow ? $", {toldDate}" : "")}}
                from {{(isOpenNow ? $"{catalog.Open}{(needsTold ? " left join told_yet on task_key = told_key" : "")}" : fact.Table)}}
                where {{fact.Filter}}{{filter.Sql}} and ({{condition}})
            ),

            {{told}}
            )
            """), isOpenNow);
    }

    /// <summary>What is told of a later day is no word yet: of the few tasks that have such the events are read.</summary>
    string ToldYet => $$"""
        told_yet as (
            select task_key as told_key, max(case when event_date <= {as_of} then event_date end) as yet_date
            from warehouse.fact_task_event
            where task_key in (select task_key from {{catalog.Open}} where told_date > {as_of})
            group by task_key
        ),


        """;

    const string Told = """
        told as (
            select fact_task_event.task_key, max(fact_task_event.event_date) as told_date
            from warehouse.fact_task_event
            join listed on fact_task_event.task_key = listed.task_key
            where fact_task_event.event_date <= {as_of}
            group by fact_task_event.task_key
        ),

        quiet as (
            select listed.*, coalesce(told.told_date, listed.assigned_date) as updated_date
            from listed
            left join told on listed.task_key = told.task_key
        """;

    const string ToldBeside = """
        quiet as (
            select listed.*, coalesce(listed.told_date, listed.assigned_date) as updated_date
            from listed
        """;

    const string Untold = """
        quiet as (
            select listed.*
            from listed
        """;
}
