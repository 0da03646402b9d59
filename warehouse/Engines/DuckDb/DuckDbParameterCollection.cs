using System.Collections;
using System.Data.Common;

namespace Warehouse.Engines.DuckDb;

/// <summary>The parameters of a command; names are compared without regard to case, as DuckDB does.</summary>
public sealed class DuckDbParameterCollection : DbParameterCollection
{
    readonly List<DuckDbParameter> items = [];

    public override int Count => items.Count;

    public override object SyncRoot => items;

    internal IReadOnlyList<DuckDbParameter> Items => items;

    /// <summary>Adds a parameter with its value.</summary>
    public DuckDbParameter Add(string name, object? value)
    {
        var parameter = new DuckDbParameter(name, value);
        items.Add(parameter);
        return parameter;
    }

    public override int Add(object value)
    {
        items.Add(Cast(value));
        return items.Count - 1;
    }

    public override void AddRange(Array values)
    {
        foreach (var value in values) Add(value!);
    }

    public override void Clear() => items.Clear();

    public override bool Contains(object value) => IndexOf(value) >= 0;

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override void CopyTo(Array array, int index) => ((ICollection)items).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => items.GetEnumerator();

    public override int IndexOf(object value) => value is DuckDbParameter parameter ? items.IndexOf(parameter) : -1;

    public override int IndexOf(string parameterName)
    {
        var name = parameterName.TrimStart('$', '@', ':');
        return items.FindIndex(p => p.ParameterName.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    public override void Insert(int index, object value) => items.Insert(index, Cast(value));

    public override void Remove(object value) => items.Remove(Cast(value));

    public override void RemoveAt(int index) => items.RemoveAt(index);

    public override void RemoveAt(string parameterName) => items.RemoveAt(Find(parameterName));

    protected override DbParameter GetParameter(int index) => items[index];

    protected override DbParameter GetParameter(string parameterName) => items[Find(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => items[index] = Cast(value);

    protected override void SetParameter(string parameterName, DbParameter value) => items[Find(parameterName)] = Cast(value);

    int Find(string name) => IndexOf(name) is >= 0 and var index ? index : throw new ArgumentException($"no parameter '{name}'");

    static DuckDbParameter Cast(object value) => value as DuckDbParameter
        ?? throw new ArgumentException($"a {nameof(DuckDbParameter)} is needed, not {value?.GetType().Name ?? "null"}");
}
