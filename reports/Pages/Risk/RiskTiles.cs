using System.Globalization;
using Reports.Charts;
using Reports.Pages.Tasks;
using Reports.Published;
using Reports.Tables;
using Warehouse.Measures;
using Warehouse.Risk;

namespace Reports.Pages.Risk;

/// <summary>What was predicted: how many tasks stand in which band, which of them to urge first, and how earlier predictions fared.</summary>
static class RiskTiles
{
    /// <summary>Bands as they are drawn, in the colours of how their tasks stand.</summary>
    static readonly (string Band, string Colour)[] Bands =
        [(RiskBand.High, "--open-in-time"), (RiskBand.Watch, "--open-in-time"), (RiskBand.Low, "--open-in-time"), (RiskBand.Certain, "--open-overdue")];

    /// <summary>The values of <c>band</c>.</summary>
    public static readonly IReadOnlyList<string> BandNames = [.. Bands.Select(each => each.Band)];

    /// <summary>The numbers of tasks that can be urged in a week, to choose from.</summary>
    public static readonly int[] Budgets = [25, 50, 100, 200];

    public static async Task<IReadOnlyList<Tile>> ReadAsync(PageRequest request, string? band, int budget, CancellationToken cancel)
    {
        // Nothing is predicted of the example scope.
        if (request.View.Scope != Filters.View.Vietnam) return [];
        var asked = request.AskTasks("open") with { Take = budget };
        if (await request.State.RisksAsync(asked, band, cancel) is not { } risks) return [Awaited(request)];
        var caught = await AlarmBudget.CaughtAsync(request.State.Session, budget, request.AsOf, cancel);
        var record = await RiskRecord.ReadAsync(request.State.Session, request.View.Units, cancel);
        return [BandTile(request, risks, band), Urged(request, risks, asked, band, budget, caught), Reliability(request, record)];
    }

    /// <summary>Says how predictions are made; nothing is drawn as if there were any.</summary>
    static Tile Awaited(PageRequest request) => new("risk", request.Say("risk.probability")) { About = request.Say("risk.none"), Width = 12 };

    static Tile BandTile(PageRequest request, RiskList risks, string? current)
    {
        var (language, all) = (request.Language, risks.Bands.Sum(each => each.Tasks));
        RiskBandCount Of(string band) => risks.Bands.FirstOrDefault(each => each.Band == band) ?? new() { Band = band };
        string Link(string band) => request.Here(request.View.With("band", current == band ? null : band));
        string Name(string band) => request.Say("risk.band_" + band);
        return new("bands", request.Say("risk.bands"))
        {
            About = request.Say("risk.bands_about"), Caption = request.Say("risk.predicted", risks.PredictedFor), Empty = request.Say("risk.no_tasks"),
            Chart = all == 0 ? null : new(request.Charts.Bars([.. Bands.Select(each => new Bar(Name(each.Band), Of(each.Band).Tasks, language.Number(Of(each.Band).Tasks), each.Colour,
                [Name(each.Band), $"{language.Number(Of(each.Band).Tasks)} / {language.Number(all)}"], Link(each.Band), current == each.Band))]), ChartOptions.HeightOf(Bands.Length), []),
            Table = new(
                [TableColumn.Text(request.Say("risk.band")), TableColumn.Number(request.Say("overview.tasks")), TableColumn.Rate(request.Say("overview.share"), language), TableColumn.Number(request.Say("risk.expected_late"))],
                all == 0 ? [] : [.. Bands.Select(each => new TableRow(
                [
                    request.Cells.Name(Name(each.Band), Link(each.Band)), request.Cells.Number(Of(each.Band).Tasks), request.Cells.Rate(new(Of(each.Band).Tasks, all)), request.Cells.Number((long)Math.Round(Of(each.Band).ExpectedLate)),
                ], IsCurrent: current == each.Band))]),
        };
    }

    static Tile Urged(PageRequest request, RiskList risks, TaskRequest asked, string? band, int budget, IReadOnlyList<Caught> caught)
    {
        var of = risks.Bands.Where(each => band is null ? each.Band != RiskBand.Certain : each.Band == band).Sum(each => each.Tasks);
        var past = caught.Count == 0 ? request.Say("risk.caught_none")
            : request.Say("risk.caught", (long)budget, caught.Sum(each => each.CaughtLate), caught.Sum(each => each.Late), caught.Sum(each => each.Listed), (long)caught.Count);
        return new("risk", band is null ? request.Say("risk.urged", (long)risks.Tasks.Count) : request.Say("risk.urged_band", (long)risks.Tasks.Count, request.Say("risk.band_" + band)))
        {
            About = $"{request.Say("risk.urged_about", of)} {past}", Width = 12, IsTable = true, Empty = request.Say("risk.no_tasks"), Caption = request.Say("risk.predicted", risks.PredictedFor),
            Above = Layout.Tabs.Of(request.Say("risk.budget"), [.. Budgets.Select(number => new Layout.Slicer.Choice(request.Say("risk.budget_of", (long)number), request.Here(request.View.With("budget", number == 50 ? null : number.ToString(CultureInfo.InvariantCulture))), number == budget))]),
            Table = Table(request, risks.Tasks),
            Whole = async cancel => Table(request, (await request.State.RisksAsync(asked with { Take = TasksPage.MostInFile }, band, cancel))?.Tasks ?? []),
        };
    }

    static DataTable Table(PageRequest request, IReadOnlyList<RiskyTask> tasks)
    {
        var (cells, language) = (request.Cells, request.Language);
        return new(
            [
                // The chance stands beside the task, where a telephone shows it without being pushed aside.
                TaskTable.TitleColumn(request), new(request.Say("risk.chance"), true, [request.Say("risk.chance"), request.Say("risk.chance_first")]),
                TableColumn.Text(request.Say("risk.band")), TableColumn.Number(request.Say("task.due")), TableColumn.Text(request.Say("task.owner")),
                new(request.Say("risk.finish"), true, RiskWords.FinishHeads(language)), TableColumn.Text(request.Say("risk.reasons")),
            ],
            [.. tasks.Select(task => new TableRow(
            [
                TaskTable.Title(request, task.Feed, task.Code, task.Title),
                RiskWords.Chance(language, task.Probability, task.ProbabilityFirst), cells.Text(request.Say("risk.level_" + task.Band)),
                cells.Day(task.Due),
                new(request.Named("agency", task.Agency), request.Named("agency", task.Agency)) { Small = request.Named("province", task.Province) },
                RiskWords.Finish(language, task),
                RiskWords.Reasons(language, task),
            ]))]);
    }

    /// <summary>Predicted against observed: of the place by month, then by agency; filters of kinds and days do not reach it.</summary>
    static Tile Reliability(PageRequest request, IReadOnlyList<RiskRecord> record)
    {
        var view = request.View;
        var pick = view.Pick;
        var told = record.Where(row => (view.Province is null || row.Province == view.Province) && (view.Agency is null || row.Agency == view.Agency)
            && (pick?.Dimension != "province" || row.Province == pick.Value) && (pick?.Dimension != "agency" || row.Agency == pick.Value) && row.Month <= request.AsOf).ToList();
        var (cells, language) = (request.Cells, request.Language);
        TableRow Row(string name, IEnumerable<RiskRecord> rows, bool isTotal = false)
        {
            var sum = RiskRecord.Added(rows);
            var isOff = sum.HasDrifted == true || sum.IsTooNarrow == true;
            var verdict = sum.HasDrifted is null ? "risk.too_few" : isOff ? "risk.drifted" : "risk.reliable";
            return new(
            [
                cells.Name(name), cells.Number(sum.Tasks), new(language.Percent(sum.PredictedLate / Math.Max(1, sum.Tasks)), sum.PredictedLate / Math.Max(1, sum.Tasks)) { Small = language.Number((long)Math.Round(sum.PredictedLate)) },
                cells.Rate(new(sum.ObservedLate, sum.Tasks)), cells.Rate(new(sum.TopLate, sum.Top)), cells.Rate(new(sum.Covered, sum.Intervals)), cells.Text(request.Say(verdict)) with { Class = isOff ? "bad" : "" },
            ], isTotal);
        }
        List<TableRow> rows =
        [
            .. told.GroupBy(row => row.Month).OrderByDescending(month => month.Key).Take(12).Select(month => Row(month.Key.ToString(language.IsEnglish ? "yyyy-MM" : "MM/yyyy", CultureInfo.InvariantCulture), month)),
            .. told.GroupBy(row => row.Agency).OrderByDescending(agency => agency.Sum(row => row.Tasks)).Take(8).Select(agency => Row(request.Named("agency", agency.Key), agency)),
        ];
        if (rows.Count > 0) rows.Add(Row(request.Say("risk.all_predictions"), told, isTotal: true));
        return new("reliability", request.Say("risk.reliability"))
        {
            About = string.Join(' ', [request.Say("risk.reliability_about"), .. Warnings(request, told)]), Width = 12, IsTable = true, Empty = request.Say("risk.reliability_none"),
            Table = new(
                [TableColumn.Text(request.Say("risk.month_or_agency")), TableColumn.Number(request.Say("risk.known_outcomes")), TableColumn.Number(request.Say("risk.predicted_late")), TableColumn.Rate(request.Say("risk.observed_late"), language), TableColumn.Rate(request.Say("risk.top_late"), language), TableColumn.Rate(request.Say("risk.covered"), language), TableColumn.Text(request.Say("risk.verdict"))],
                rows),
        };
    }

    /// <summary>What the rule of drift says of the next prediction (decision 0044).</summary>
    static IEnumerable<string> Warnings(PageRequest request, IReadOnlyList<RiskRecord> told)
    {
        var drift = Drift.Of(told.Select(row => new LedgerMonth(row.Learner, row.ProvinceKey, row.Month, row.Sum)), request.AsOf);
        if (drift.IsRecent) yield return request.Say("risk.drift_warning");
        if (drift.Demoted.Count > 0) yield return request.Say("risk.demoted", string.Join(", ", drift.Demoted));
    }
}
