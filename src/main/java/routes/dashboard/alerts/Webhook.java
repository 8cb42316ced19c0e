package routes.dashboard.alerts;

import com.google.errorprone.annotations.ThreadSafe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import routes.http.api.Json;

/**
 * Tells another system when an alert begins or ends, by a POST of JSON, until it is taken or
 * something newer is to be told of the same alert.
 */
@ThreadSafe
public final class Webhook {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** From then on it is tried once a minute. */
  private static final int MAX_PAUSES = 12;

  private final URI url;
  private final String sender;
  private final Map<String, Untold> untold = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * The body.
   *
   * @param text one line for people, the field chat systems show
   */
  record Message(
      String status,
      String alert,
      String message,
      String advice,
      Instant since,
      String sender,
      String text) {}

  /** The latest of an alert that is still to be told, and why it was not. */
  private record Untold(Alerts.Change change, @Nullable String failure) {}

  /**
   * A webhook.
   *
   * @param sender names this pipeline among others
   */
  public Webhook(URI url, String sender) {
    this.url = url;
    this.sender = sender;
  }

  /** Returns at once. */
  public void tell(Alerts.Change change) {
    HttpRequest request = request(change);
    untold.put(change.alert().id(), new Untold(change, null));
    attempt(change, request, 1);
  }

  /** Of what could not be told so far, one alert and why; empty if all were told. */
  public Optional<String> failure() {
    return untold.values().stream().map(Untold::failure).flatMap(Stream::ofNullable).findFirst();
  }

  private void attempt(Alerts.Change change, HttpRequest request, int number) {
    String alert = change.alert().id();
    Untold latest = untold.get(alert);
    if (latest == null || !latest.change().equals(change)) {
      return;
    }
    http.sendAsync(request, BodyHandlers.discarding())
        .whenComplete(
            (answer, failure) -> {
              if (failure == null && answer.statusCode() < 300) {
                replace(change, null);
                return;
              }
              String why =
                  failure == null ? "it answers with " + answer.statusCode() : failure.toString();
              Untold again =
                  new Untold(
                      change,
                      "The alert %s could not be told to ALERT_WEBHOOK_URL on %s: %s"
                          .formatted(alert, url.getHost(), why));
              if (replace(change, again)) {
                long pause = PAUSE.toMillis() * Math.min(number, MAX_PAUSES);
                CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS)
                    .execute(() -> attempt(change, request, number + 1));
              }
            });
  }

  /** Unless something newer is to be told; answers whether there is still something to tell. */
  private boolean replace(Alerts.Change change, @Nullable Untold by) {
    Untold now =
        untold.computeIfPresent(
            change.alert().id(), (id, latest) -> latest.change().equals(change) ? by : latest);
    return now != null && now.change().equals(change);
  }

  private HttpRequest request(Alerts.Change change) {
    Alert alert = change.alert();
    String status = change.firing() ? "firing" : "resolved";
    Message message =
        new Message(
            status,
            alert.id(),
            alert.message(),
            alert.advice(),
            alert.since(),
            sender,
            "[%s] %s: %s".formatted(status, sender, alert.message()));
    return HttpRequest.newBuilder(url)
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(Json.bytes(message)))
        .build();
  }
}
