package routes.dashboard.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.dashboard.alerts.Alerts.Change;

class WebhookTest {

  private static final Alert ALERT =
      new Alert("lag", Instant.parse("2026-11-20T12:00:00Z"), "It is \"late\".", "See why.");

  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final Deque<Integer> statuses = new ArrayDeque<>(List.of(500));
  private HttpServer server;
  private Webhook webhook;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    webhook =
        new Webhook(
            URI.create("http://localhost:" + server.getAddress().getPort() + "/hook?key=1"),
            "camel-app logs");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void the_beginning_of_an_alert_is_told_until_it_is_taken_and_then_its_end() throws Exception {
    webhook.tell(new Change(true, ALERT));

    String begin = body("firing", "[firing] camel-app logs: It is \\\"late\\\".");
    assertThat(next()).isEqualTo(begin);
    // The first answer was 500.
    await()
        .untilAsserted(
            () ->
                assertThat(webhook.failure())
                    .hasValueSatisfying(why -> assertThat(why).contains("500")));
    assertThat(next()).isEqualTo(begin);
    await().until(() -> webhook.failure().isEmpty());

    webhook.tell(new Change(false, ALERT));

    assertThat(next())
        .isEqualTo(body("resolved", "[resolved] camel-app logs: It is \\\"late\\\"."));
    assertThat(bodies).isEmpty();
  }

  @Test
  void what_was_overtaken_is_told_no_more() throws Exception {
    webhook.tell(new Change(true, ALERT));
    assertThat(next()).contains("firing");

    webhook.tell(new Change(false, ALERT));

    assertThat(next()).contains("resolved");
    await().until(() -> webhook.failure().isEmpty());
    assertThat(bodies.poll(6, TimeUnit.SECONDS)).isNull();
  }

  private static String body(String status, String text) {
    return "POST /hook?key=1 application/json {\"status\":\"%s\",\"alert\":\"lag\",\"message\":\"It is \\\"late\\\".\",\"advice\":\"See why.\",\"since\":\"2026-11-20T12:00:00Z\",\"sender\":\"camel-app logs\",\"text\":\"%s\"}"
        .formatted(status, text);
  }

  private String next() throws InterruptedException {
    return String.valueOf(bodies.poll(60, TimeUnit.SECONDS));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    bodies.add(
        "%s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                body));
    int status = statuses.isEmpty() ? 204 : statuses.remove();
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
