using Warehouse.Measures;

namespace Reports.Published;

/// <summary>Answers that were given before, a few hundred of them; when it is full it starts anew.</summary>
public sealed class Memo(int bound = 400)
{
    /// <summary>Whether open questions go to the warehouse in one statement.</summary>
    public bool AsksTogether { get; init; } = true;

    readonly Lock gate = new();
    readonly Dictionary<string, MeasureTable> answers = [];

    public MeasureTable? Find(string question)
    {
        lock (gate) return answers.GetValueOrDefault(question);
    }

    public void Keep(string question, MeasureTable answer)
    {
        lock (gate)
        {
            if (answers.Count >= bound) answers.Clear();
            answers[question] = answer;
        }
    }
}
