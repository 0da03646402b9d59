namespace Warehouse.Measures;

/// <summary>
/// A request split further, by what a reader may pick next: the answer holds that of the request itself and of the same for each
/// member that can be picked, so that nothing is asked when one is.
/// </summary>
public sealed class FinerRequest
{
    readonly MeasureRequest coarse;
    readonly Condition? member;

    FinerRequest(MeasureRequest coarse, MeasureRequest finer, Condition? member) => (this.coarse, Request, this.member) = (coarse, finer, member);

    /// <summary>What is to be asked in place of the request.</summary>
    public MeasureRequest Request { get; }

    /// <param name="request">As it is meant; its last condition is that of the member, where one is picked.</param>
    /// <param name="marks">The dimensions of which a member can be picked.</param>
    /// <param name="picked">The member that is; null where none is.</param>
    /// <returns>Null where parts do not add to the whole, or the parts are not of the same rows.</returns>
    public static FinerRequest? Of(MeasureCatalog catalog, MeasureRequest request, IReadOnlyList<string> marks, Condition? picked)
    {
        if (request.Measures.SelectMany(catalog.Counts).Any(term => catalog.Measure(term).Kind == MeasureKind.Percentile) || marks.Any(DefaultSources.Dimensions.Contains)) return null;
        var isOfMember = picked is not null && request.Where.Count > 0 && request.Where[^1] is var last && last.Dimension == picked.Dimension && last.Values.SequenceEqual(picked.Values);
        if (isOfMember && !marks.Contains(picked!.Dimension)) return null;
        return new(request, request with { By = [.. request.By.Union(marks)], Where = isOfMember ? [.. request.Where.SkipLast(1)] : request.Where }, isOfMember ? picked : null);
    }

    /// <summary>The answer to the request itself; null where it does not follow: there is no such member, or another name for one.</summary>
    /// <param name="finer">The answer to <see cref="Request"/>.</param>
    public MeasureTable? Answer(MeasureTable finer)
    {
        var rows = finer.Rows.AsEnumerable();
        if (member is not null)
        {
            var column = Request.By.ToList().IndexOf(member.Dimension);
            rows = rows.Where(row => row.By[column] == member.Values[0]);
        }
        // Of nothing at all there is one row, of noughts.
        var kept = rows.ToList();
        if (kept.Count == 0 && (member is not null || coarse.By.Count == 0)) return null;
        var by = coarse.By.Select(name => Request.By.ToList().IndexOf(name)).ToList();
        var sums = kept.GroupBy(row => MeasureRow.Key(by.Select(column => row.By[column])))
            .Select(group => new MeasureRow([.. by.Select(column => group.First().By[column])], [.. Enumerable.Range(0, finer.Measures.Count).Select(measure => Sum(group, measure))]));
        return finer with { By = [.. by.Select(column => finer.By[column])], Rows = MeasureRow.Sorted(sums, by.Count) };
    }

    static MeasureValue Sum(IEnumerable<MeasureRow> rows, int measure)
    {
        var (count, whole) = (0L, (long?)null);
        foreach (var row in rows)
        {
            count += row.Values[measure].Count;
            if (row.Values[measure].Base is { } more) whole = (whole ?? 0) + more;
        }
        return new(count, whole);
    }
}
