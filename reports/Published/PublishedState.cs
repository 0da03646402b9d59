using Warehouse.Engines;
using Warehouse.Measures;

namespace Reports.Published;

/// <summary>
/// One publication, opened for one request and closed at its end, so that a load can take the idle file. All numbers of
/// a page come from it: a page never mixes two publications.
/// </summary>
public sealed class PublishedState : IAsyncDisposable
{
    const int Tries = 3;

    readonly Session session;
    readonly MeasureQuery measures;
    readonly Memo memo;
    readonly string identity;

    readonly IReadOnlyDictionary<string, ProvinceName> provinces;

    PublishedState(Session session, IReadOnlyList<SourceFreshness> sources, IReadOnlyDictionary<string, ProvinceName> provinces, MeasureQuery measures, Memo memo)
    {
        this.session = session;
        this.measures = measures;
        this.memo = memo;
        this.provinces = provinces;
        Sources = sources;
        // A home that was made anew counts its publications from 1 again, so the number alone is no identity.
        identity = $"{session.Publication.Number} {string.Join(' ', sources.Select(source => $"{source.Feed}:{source.Loads}:{source.NewestLoad}:{source.Accepted}"))}";
    }

    public int Number => session.Publication.Number;

    /// <summary>Every source of the publication, in every scope.</summary>
    public IReadOnlyList<SourceFreshness> Sources { get; }

    /// <summary>A province by its Vietnamese or English name; one that is not known is called so in both.</summary>
    public ProvinceName Province(string name) => provinces.GetValueOrDefault(name) ?? new(name, name);

    /// <summary>Opens the newest publication; null where there is none yet.</summary>
    /// <exception cref="EngineException">The warehouse is absent or damaged.</exception>
    public static async Task<PublishedState?> OpenAsync(IEngine engine, MeasureQuery measures, Memo memo, CancellationToken cancel)
    {
        var session = await OpenSessionAsync(engine, cancel);
        if (session is null) return null;
        try
        {
            return new PublishedState(session, await SourceFreshness.ReadAsync(session, cancel), await ProvinceName.ReadAsync(session, cancel), measures, memo);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>For what is no measure: lists, reports, logs.</summary>
    public Session Session => session;

    /// <summary>The answer to a request, from memory where this publication was asked the same before.</summary>
    public async Task<MeasureTable> AskAsync(MeasureRequest request, CancellationToken cancel) => (await AskAllAsync([request], cancel))[0];

    /// <summary>The answers to all requests of a page: those that are not in memory in one batch.</summary>
    public async Task<IReadOnlyList<MeasureTable>> AskAllAsync(IReadOnlyList<MeasureRequest> requests, CancellationToken cancel)
    {
        var questions = requests.Select(Question).ToList();
        var answers = questions.Select(memo.Find).ToList();
        var open = questions.Select((question, i) => (Question: question, Index: i)).Where(one => answers[one.Index] is null).DistinctBy(one => one.Question).ToList();
        var told = new List<MeasureTable>();
        if (open.Count > 1 && memo.AsksTogether) told.AddRange(await measures.AskManyAsync(session, [.. open.Select(one => requests[one.Index])], cancel));
        else foreach (var (_, index) in open) told.Add(await measures.AskAsync(session, requests[index], cancel));
        foreach (var ((question, _), answer) in open.Zip(told))
        {
            memo.Keep(question, answer);
            for (var i = 0; i < questions.Count; i++)
                if (questions[i] == question) answers[i] = answer;
        }
        return [.. answers.Select(answer => answer!)];
    }

    /// <summary>The answers to all requests of a page of which marks can be picked: each is asked split by those marks too, so that picking one asks nothing new.</summary>
    /// <param name="marks">The dimensions of the marks.</param>
    /// <param name="picked">The mark that is picked: the last condition of those requests that are of it alone.</param>
    public async Task<IReadOnlyList<MeasureTable>> AskAllAsync(IReadOnlyList<MeasureRequest> requests, IReadOnlyList<string> marks, Condition? picked, CancellationToken cancel)
    {
        var finer = requests.Select(request => FinerRequest.Of(measures.Catalog, request, marks, picked)).ToList();
        var told = await AskAllAsync([.. requests.Zip(finer, (request, split) => split?.Request ?? request)], cancel);
        var answers = told.Zip(finer, (table, split) => split is null ? table : split.Answer(table)).ToList();
        for (var i = 0; i < answers.Count; i++) answers[i] ??= await AskAsync(requests[i], cancel);
        return [.. answers.Select(answer => answer!)];
    }

    /// <summary>The tasks behind a number.</summary>
    public Task<TaskList> ListAsync(TaskRequest request, CancellationToken cancel) => measures.ListAsync(session, request, cancel);

    /// <inheritdoc cref="MeasureQuery.RisksAsync"/>
    public Task<RiskList?> RisksAsync(TaskRequest request, string? band, CancellationToken cancel) => measures.RisksAsync(session, request, band, cancel);

    string Question(MeasureRequest request) => string.Join('|', identity, string.Join(',', request.Measures), string.Join(',', request.By), request.English, request.Rows);

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>Between reading the pointer and opening its file two loads may pass; then the pointer is read again.</summary>
    static async Task<Session?> OpenSessionAsync(IEngine engine, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await engine.OpenPublishedAsync(cancel);
            }
            catch (EngineException) when (attempt < Tries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancel);
            }
        }
    }
}
