package routes.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.AppProcess;

/** The application as it runs on ECS: nobody gives it keys, it asks the machine for its role's. */
class TaskRoleTest {

  private static final String ROLE =
      """
      {"AccessKeyId":"ASIATASKROLE","SecretAccessKey":"secret","Token":"session",
       "Expiration":"2199-01-01T00:00:00Z"}
      """;

  @TempDir Path directory;

  private final Queue<Headers> calls = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/role", exchange -> answer(exchange, 200, ROLE));
    server.createContext(
        "/aws/",
        exchange -> {
          calls.add(exchange.getRequestHeaders());
          answer(exchange, 503, "");
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void calls_are_signed_with_the_credentials_of_the_tasks_role() throws Exception {
    String here = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> env =
        Map.of(
            "ROLE",
            "deliver",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            here + "/role",
            "AWS_ENDPOINT_URL",
            here + "/aws/",
            "AWS_SHARED_CREDENTIALS_FILE",
            directory.resolve("none").toString(),
            "AWS_CONFIG_FILE",
            directory.resolve("none").toString());

    try (AppProcess process = new AppProcess(directory, env)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !calls.isEmpty() || !process.handle().isAlive());
    }

    Headers call = Objects.requireNonNull(calls.peek());
    assertThat(call.getFirst("Authorization")).contains("Credential=ASIATASKROLE/");
    assertThat(call.get("X-Amz-Security-Token")).isEqualTo(List.of("session"));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
