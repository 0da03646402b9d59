using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Polly;
using Polly.Retry;

namespace Etl.Sources;

/// <summary>Fetches pages: waits as it is told to, tries again where that may help, and says plainly why where it did not.</summary>
/// <param name="http">Without a timeout of its own.</param>
/// <param name="seed">Of the jitter between attempts.</param>
/// <param name="pause">Before the second attempt; doubled before each further one.</param>
sealed class RestClient(HttpClient http, RestOptions options, TimeProvider clock, int seed, TimeSpan pause)
{
    /// <summary>A server that asks for more patience than this is treated as absent.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    readonly ResiliencePipeline<Answer> attempts = Retrying(options, clock, seed, pause);

    /// <summary>The most attempts that a page has taken so far.</summary>
    public int MostAttempts { get; private set; } = 1;

    /// <summary>What one attempt brought: an answer with its status, or why there was none.</summary>
    sealed record Answer(HttpStatusCode? Status, byte[] Body, string? MediaType = null, TimeSpan? RetryAfter = null, string? Failure = null)
    {
        public bool IsPassing => Status is null or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
    }

    /// <summary>The JSON text of a page.</summary>
    /// <param name="place">For coordinates: "GET /tasks › page 3".</param>
    public async Task<byte[]> GetAsync(Uri address, string place, CancellationToken cancel)
    {
        var tries = 0;
        var answer = await attempts.ExecuteAsync(token =>
        {
            tries++;
            return TryAsync(address, token);
        }, cancel);
        MostAttempts = Math.Max(MostAttempts, tries);
        if (answer.Status is not { } status)
            throw new SourceException(SourceFault.Absent, $"{place}: {answer.Failure} ({Tried})") { Attempts = tries };
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new SourceException(SourceFault.Configuration, $"{place}: token {(options.Token is null ? "missing" : "refused")} (status {(int)status})");
        if ((int)status >= 500 || answer.IsPassing)
            throw new SourceException(SourceFault.Absent, $"{place}: answers with status {(int)status} ({Tried})") { Attempts = tries };
        if ((int)status is < 200 or > 299)
            throw new SourceException(SourceFault.Configuration, $"{place}: answers with status {(int)status}: {Excerpt(answer.Body)}");
        if (answer.MediaType == "text/html" || answer.Body.AsSpan().TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8))
            throw new SourceException(SourceFault.Data, $"{place}: HTML instead of JSON: {Excerpt(answer.Body)}");
        return answer.Body.AsSpan().StartsWith("\uFEFF"u8) ? answer.Body[3..] : answer.Body;
    }

    /// <summary>The first 200 characters of an answer, in quotes, without the token: some servers repeat what they were sent.</summary>
    public string Excerpt(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 4096)));
        if (options.Token is { } token) text = text.Replace(token, "***");
        return body.Length == 0 ? "nothing" : $"'{(text.Length > 200 ? text[..200] + "…" : text)}'";
    }

    string Tried => options.Attempts == 1 ? "1 attempt" : $"{options.Attempts} attempts";

    async ValueTask<Answer> TryAsync(Uri address, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            if (options.Token is { } token) request.Headers.Authorization = new("Bearer", token);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return new(response.StatusCode, body, response.Content.Headers.ContentType?.MediaType, Wait(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, [], Failure: $"no answer within {options.Timeout.TotalSeconds:0.###} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(null, [], Failure: $"cannot be reached: {e.Message}");
        }
    }

    TimeSpan? Wait(RetryConditionHeaderValue? asked) => (asked?.Delta ?? asked?.Date - clock.GetUtcNow()) switch
    {
        { } wait when wait < TimeSpan.Zero => TimeSpan.Zero,
        var wait => wait,
    };

    static ResiliencePipeline<Answer> Retrying(RestOptions options, TimeProvider clock, int seed, TimeSpan pause)
    {
        if (options.Attempts == 1) return ResiliencePipeline<Answer>.Empty;
        return new ResiliencePipelineBuilder<Answer> { TimeProvider = clock }.AddRetry(new RetryStrategyOptions<Answer>
        {
            MaxRetryAttempts = options.Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = pause,
            MaxDelay = TimeSpan.FromMinutes(1),
            UseJitter = true,
            Randomizer = new Random(seed).NextDouble,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is { IsPassing: true } answer && !(answer.RetryAfter > LongestWait)),
            DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter),
        }).Build();
    }
}
