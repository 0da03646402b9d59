using Warehouse.Engines;

namespace Warehouse.Risk;

/// <summary>What was predicted at one of the tasks' own landmarks, and what came true of it.</summary>
public sealed class LandmarkRecord
{
    /// <summary>assigned, half (of the term), or days_10, days_5, days_3: working days before the deadline.</summary>
    public string Landmark { get; init; } = "";

    /// <summary>Tasks whose deadline has passed.</summary>
    public long Tasks { get; init; }

    public double PredictedLate { get; init; }
    public long ObservedLate { get; init; }

    /// <summary>By landmark, in the order in which a task meets them; none where the state is older than they are.</summary>
    public static async Task<IReadOnlyList<LandmarkRecord>> ReadAsync(Session session, CancellationToken cancel)
    {
        if (!await session.ExistsAsync("analytics.risk_landmark", cancel)) return [];
        string[] order = ["assigned", "half", "days_10", "days_5", "days_3"];
        var rows = await session.ReadAsync<LandmarkRecord>("""
            select
                risk_landmark.landmark_code as "Landmark", cast(count(*) as bigint) as "Tasks", sum(risk_landmark.probability) as "PredictedLate",
                cast(sum(risk_landmark.is_late) as bigint) as "ObservedLate"
            from analytics.risk_landmark
            where risk_landmark.is_due_passed = 1
            group by risk_landmark.landmark_code
            """, cancel: cancel);
        return [.. rows.OrderBy(row => Array.IndexOf(order, row.Landmark))];
    }
}
