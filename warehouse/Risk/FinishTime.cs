namespace Warehouse.Risk;

/// <summary>How good the intervals of the finish were.</summary>
public sealed record FinishMetrics(double Coverage50, double Coverage90, double Width50, double Width90, double Mae, int Judged, int Undecided);
