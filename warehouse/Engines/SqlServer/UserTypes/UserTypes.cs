// SqlClient asks of every value whether its type is a user-defined one, and names these four types when it does. The
// warehouse has no user-defined types: nothing here is ever made or called.
namespace Microsoft.SqlServer.Server;

/// <summary>How a user-defined type is written.</summary>
public enum Format
{
    /// <summary>Not told.</summary>
    Unknown,
    /// <summary>By the server, field by field.</summary>
    Native,
    /// <summary>By the type itself.</summary>
    UserDefined,
}

/// <summary>A user-defined type that writes itself.</summary>
public interface IBinarySerialize
{
    /// <summary>Reads the value.</summary>
    void Read(BinaryReader r);

    /// <summary>Writes the value.</summary>
    void Write(BinaryWriter w);
}

/// <summary>A type that stands as a user-defined type is none.</summary>
public sealed class InvalidUdtException : SystemException;

/// <summary>Marks a user-defined type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>How it is written.</summary>
    public Format Format => format;

    /// <summary>Bytes at most.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>All values are as long.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>The order of the bytes is that of the values.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>Method that judges a value.</summary>
    public string? ValidationMethodName { get; set; }

    /// <summary>As the server calls it.</summary>
    public string? Name { get; set; }
}
