package routes.dashboard.alerts;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.dashboard.web.Json;

/**
 * Tells another system when an alert begins or ends, by a POST of JSON. Three attempts, then it is
 * only logged: the alert itself still shows. Thread-safe.
 */
public final class Webhook {

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
  private static final int ATTEMPTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final URI url;
  private final String sender;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

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
    attempt(request(change), change.alert().id(), 1);
  }

  private void attempt(HttpRequest request, String alert, int number) {
    http.sendAsync(request, BodyHandlers.discarding())
        .whenComplete(
            (answer, failure) -> {
              if (failure == null && answer.statusCode() < 300) {
                return;
              }
              if (number < ATTEMPTS) {
                CompletableFuture.delayedExecutor(PAUSE.toMillis() * number, TimeUnit.MILLISECONDS)
                    .execute(() -> attempt(request, alert, number + 1));
                return;
              }
              LOG.warn(
                  "The alert {} could not be told to ALERT_WEBHOOK_URL on {}: {}",
                  alert,
                  url.getHost(),
                  failure == null ? "it answers with " + answer.statusCode() : failure.toString());
            });
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
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(Json.bytes(message)))
        .build();
  }
}
