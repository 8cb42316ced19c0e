package routes.demo.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** An intake of logs, traces and metrics over HTTP, which may be another process. */
@ThreadSafe
public final class Intake {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_DETAIL = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI url;
  private final Optional<String> key;

  /**
   * What became of a request.
   *
   * @param status of HTTP
   * @param rejected records that were not taken although the others were
   * @param detail what the intake says about that; empty when nothing
   * @param retryAfter how long it asks to wait; zero when it does not say
   */
  public record Answer(int status, int rejected, String detail, Duration retryAfter) {

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * @param key empty where none is asked for
   * @param trust of its certificate; empty = as Java trusts
   */
  public Intake(URI url, Optional<String> key, Optional<SSLContext> trust) {
    this.url = url;
    this.key = key;
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    trust.ifPresent(client::sslContext);
    http = client.build();
  }

  public URI url() {
    return url;
  }

  /**
   * Sends a batch and waits for the answer.
   *
   * @throws IOException when there is none
   */
  public Answer send(Batch batch) throws IOException, InterruptedException {
    return answer(batch, http.send(request(batch), BodyHandlers.ofString()));
  }

  /** Sends a batch without waiting. */
  public CompletableFuture<Answer> sendLater(Batch batch) {
    return http.sendAsync(request(batch), BodyHandlers.ofString())
        .thenApply(response -> answer(batch, response));
  }

  private HttpRequest request(Batch batch) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(batch.signal().path()))
            .timeout(TIMEOUT)
            .header("Content-Type", batch.signal().type())
            .POST(BodyPublishers.ofByteArray(batch.body()));
    key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request.build();
  }

  private static Answer answer(Batch batch, HttpResponse<String> response) {
    String body = response.body();
    return new Answer(
        response.statusCode(),
        Math.min(batch.records(), rejected(body)),
        response.statusCode() < 300 && rejected(body) == 0 ? "" : detail(body),
        retryAfter(response));
  }

  /** As our own intake says it, or as OpenTelemetry's partial success does. */
  private static int rejected(String body) {
    if (!body.contains("ejected")) {
      return 0;
    }
    try {
      JsonNode answer = JSON.readTree(body);
      JsonNode partial = answer.path("partialSuccess");
      return answer.path("rejected").asInt()
          + partial.path("rejectedSpans").asInt()
          + partial.path("rejectedDataPoints").asInt();
    } catch (IOException noJson) {
      return 0;
    }
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    try {
      return response
          .headers()
          .firstValue("Retry-After")
          .map(seconds -> Duration.ofSeconds(Math.min(60, Long.parseLong(seconds.strip()))))
          .orElse(Duration.ZERO);
    } catch (NumberFormatException date) {
      return Duration.ZERO;
    }
  }

  /** What a problem says (RFC 9457), or the first record that was rejected, or all of the body. */
  private static String detail(String body) {
    try {
      JsonNode answer = JSON.readTree(body);
      JsonNode told = answer.path("detail");
      JsonNode first = answer.at("/errors/0/message");
      JsonNode partial = answer.at("/partialSuccess/errorMessage");
      return shortened(told.asText(first.asText(partial.asText(body))));
    } catch (IOException noJson) {
      return shortened(body);
    }
  }

  private static String shortened(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL) + "…";
  }
}
