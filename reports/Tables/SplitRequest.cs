using Reports.Charts;
using Reports.Filters;
using Reports.Pages;
using Reports.Published;
using Warehouse.Measures;

namespace Reports.Tables;

/// <summary>What the bars of a dimension ask: the whole and, where a mark of another dimension is picked, what is picked of it.</summary>
public sealed class SplitRequest(PageRequest request, string dimension, IReadOnlyList<string> measures, DateOnly? day = null)
{
    bool IsPickedHere => request.View.Pick?.Dimension == dimension;

    public IReadOnlyList<MeasureRequest> Requests =>
        [request.Ask(measures, [dimension], day), .. request.View.Pick is not null && !IsPickedHere ? [request.Ask(measures, [dimension], day, isPicked: true)] : Array.Empty<MeasureRequest>()];

    /// <param name="answers">To <see cref="Requests"/>, in their order.</param>
    public List<Split> Splits(IReadOnlyList<MeasureTable> answers)
    {
        var picked = answers.Count > 1 ? answers[1].Rows.GroupBy(row => row.By[0] ?? "").ToDictionary(group => group.Key, group => Tally.Of(answers[1], group)) : null;
        return
        [
            .. answers[0].Rows.GroupBy(row => row.By[0] ?? "").Select(group => new Split(request.Named(dimension, group.Key), Tally.Of(answers[0], group), group.Key is "" or Known.UnknownName ? null : group.Key)
            {
                Picked = picked is null ? null : picked.GetValueOrDefault(group.Key) ?? new Tally(),
                IsCurrent = request.View.Pick == new Pick(dimension, group.Key),
            }).Where(split => split.Tally.Count(Parts.Base) > 0),
        ];
    }
}
