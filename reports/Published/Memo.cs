using Warehouse.Measures;

namespace Reports.Published;

/// <summary>Answers that were given before, a few hundred of them and so many rows; when it is full it starts anew.</summary>
public sealed class Memo(int mostAnswers = 400, int mostRows = 200_000)
{
    /// <summary>Whether open questions go to the warehouse in one statement.</summary>
    public bool AsksTogether { get; init; } = true;

    readonly Lock gate = new();
    readonly Dictionary<string, MeasureTable> answers = [];
    int rows;

    public MeasureTable? Find(string question)
    {
        lock (gate) return answers.GetValueOrDefault(question);
    }

    public void Keep(string question, MeasureTable answer)
    {
        lock (gate)
        {
            if (answers.Count >= mostAnswers || rows + answer.Rows.Count > mostRows)
            {
                answers.Clear();
                rows = 0;
            }
            if (answers.TryAdd(question, answer)) rows += answer.Rows.Count;
        }
    }
}
