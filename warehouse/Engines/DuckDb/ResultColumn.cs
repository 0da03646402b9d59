namespace Warehouse.Engines.DuckDb;

/// <summary>
/// A column of a result: what it is, and where its values of the current chunk are. A list, map or struct has its
/// parts as columns of their own.
/// </summary>
sealed unsafe class ResultColumn
{
    byte* data;
    ulong* validity;

    public ResultColumn(string name, TypeHandle type)
    {
        Name = name;
        Type = Storage = Native.TypeId(type);
        switch (Type)
        {
            case DuckDbType.Decimal:
                Storage = Native.DecimalStorage(type);
                (Precision, Scale) = (Native.DecimalWidth(type), Native.DecimalScale(type));
                break;
            case DuckDbType.Enum:
                Storage = Native.EnumStorage(type);
                Labels = [.. Enumerable.Range(0, (int)Native.EnumSize(type)).Select(i => Native.TakeText(Native.EnumValue(type, (ulong)i))!)];
                break;
            case DuckDbType.List:
                Parts = [Part("", Native.ListItemType(type))];
                break;
            case DuckDbType.Array:
                Parts = [Part("", Native.ArrayItemType(type))];
                ArraySize = (int)Native.ArraySize(type);
                break;
            case DuckDbType.Map:
                Parts = [Part("key", Native.MapKeyType(type)), Part("value", Native.MapValueType(type))];
                break;
            case DuckDbType.Struct:
                Parts = [.. Enumerable.Range(0, (int)Native.StructSize(type)).Select(i =>
                    Part(Native.TakeText(Native.StructFieldName(type, (ulong)i))!, Native.StructFieldType(type, (ulong)i)))];
                break;
        }
        Kind = ColumnKind.Of(this);
    }

    public string Name { get; }

    public DuckDbType Type { get; }

    /// <summary>The type of the stored values where it differs: of a decimal's digits, of an enum's positions.</summary>
    public DuckDbType Storage { get; }

    public int Precision { get; }

    public int Scale { get; }

    public int ArraySize { get; }

    public string[] Labels { get; } = [];

    public ResultColumn[] Parts { get; } = [];

    public ColumnKind Kind { get; }

    /// <summary>Moves to a vector of the next chunk, which must stay alive while values are read.</summary>
    public void Attach(nint vector)
    {
        data = Native.VectorData(vector);
        validity = Native.VectorValidity(vector);
        switch (Type)
        {
            case DuckDbType.List:
                Parts[0].Attach(Native.ListItems(vector));
                break;
            case DuckDbType.Array:
                Parts[0].Attach(Native.ArrayItems(vector));
                break;
            case DuckDbType.Map: // a list of structs
                var entries = Native.ListItems(vector);
                Parts[0].Attach(Native.StructField(entries, 0));
                Parts[1].Attach(Native.StructField(entries, 1));
                break;
            case DuckDbType.Struct:
                for (var i = 0; i < Parts.Length; i++) Parts[i].Attach(Native.StructField(vector, (ulong)i));
                break;
        }
    }

    public bool IsNull(int row) => validity != null && (validity[row >> 6] & 1UL << (row & 63)) == 0;

    public T At<T>(int row) where T : unmanaged => ((T*)data)[row];

    /// <summary>UTF-8 of a text or bytes of a blob; valid until the next chunk.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        var entry = (StringEntry*)data + row;
        return new ReadOnlySpan<byte>(entry->Length <= StringEntry.MostInlined ? entry->Inlined : entry->Pointer, entry->Length);
    }

    /// <summary>A number of up to 64 bits, as it is stored.</summary>
    /// <exception cref="OverflowException">The number has more bits than fit.</exception>
    public long Integer(int row) => Storage switch
    {
        DuckDbType.BigInt or DuckDbType.Timestamp or DuckDbType.TimestampTz or DuckDbType.TimestampS or DuckDbType.TimestampMs
            or DuckDbType.TimestampNs or DuckDbType.Time or DuckDbType.TimeNs => At<long>(row),
        DuckDbType.Integer or DuckDbType.Date => At<int>(row),
        DuckDbType.SmallInt => At<short>(row),
        DuckDbType.TinyInt => At<sbyte>(row),
        DuckDbType.Boolean or DuckDbType.UTinyInt => At<byte>(row),
        DuckDbType.USmallInt => At<ushort>(row),
        DuckDbType.UInteger => At<uint>(row),
        _ => checked((long)WideInteger(row)),
    };

    /// <summary>A number of up to 128 bits, as it is stored.</summary>
    public Int128 WideInteger(int row) => Storage switch
    {
        DuckDbType.HugeInt => At<HugeInt>(row).ToInt128(),
        DuckDbType.UHugeInt => checked((Int128)(UInt128)At<HugeInt>(row).ToInt128()),
        DuckDbType.UBigInt => At<ulong>(row),
        _ => Integer(row),
    };

    static ResultColumn Part(string name, TypeHandle type)
    {
        using (type) return new ResultColumn(name, type);
    }
}
