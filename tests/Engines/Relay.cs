using System.Net;
using System.Net.Sockets;

namespace Tests.Engines;

/// <summary>
/// Stands on a loopback port between a program and a server that the tests did not start, and can be gone for a while: to the program that
/// is a server that restarts. What is said passes as it is.
/// </summary>
sealed class Relay : IAsyncDisposable
{
    readonly string host;
    readonly int port;
    readonly Lock gate = new();
    readonly List<TcpClient> open = [];
    TcpListener listener = new(IPAddress.Loopback, 0);

    public Relay(string host, int port)
    {
        (this.host, this.port) = (host, port);
        Listen();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>Breaks every connection, and takes none until <see cref="Return"/>.</summary>
    public void Leave()
    {
        listener.Stop();
        lock (gate)
        {
            foreach (var each in open)
            {
                // A reset, as of a process that is gone.
                each.LingerState = new(enable: true, seconds: 0);
                each.Close();
            }
            open.Clear();
        }
    }

    public void Return()
    {
        listener = new(IPAddress.Loopback, Port);
        Listen();
    }

    public ValueTask DisposeAsync()
    {
        Leave();
        return ValueTask.CompletedTask;
    }

    void Listen()
    {
        listener.Start();
        _ = AcceptAsync(listener);
    }

    async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true) _ = PassAsync(await from.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Gone.
        }
    }

    async Task PassAsync(TcpClient client)
    {
        var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        lock (gate) open.AddRange(client, server);
        try
        {
            await server.ConnectAsync(host, port);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two is gone, and so the other is below.
        }
        lock (gate)
            foreach (var each in (TcpClient[])[client, server])
            {
                open.Remove(each);
                each.Close();
            }
    }
}
