package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.local.Clouds;
import routes.local.LocalCloud;

/** No key, token or password shows in what the application writes or answers. */
class SecretsTest {

  private static final String KEY = "intake-key-5f1c";
  private static final String MISTYPED_KEY = "intake-key-5f1x";
  private static final String TOKEN = "dashboard-token-77e0";
  private static final String KEYSTORE_PASSWORD = "keystore-password-b2d9";
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "AKIAACCESSKEYID1234",
          "AWS_SECRET_ACCESS_KEY", "aws-secret-access-key-9a3e",
          "AWS_SESSION_TOKEN", "aws-session-token-c4f8");

  private static final String RECORD =
      "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"web\",\"record_id\":\"1\"}";

  @TempDir Path directory;
  private Path keystore;
  private HttpClient client;

  @BeforeEach
  void makeKeystore() throws Exception {
    keystore = Keystores.create(directory, KEYSTORE_PASSWORD);
    client =
        HttpClient.newBuilder().sslContext(Keystores.trusting(keystore, KEYSTORE_PASSWORD)).build();
  }

  @Test
  void they_do_not_show_while_it_works_nor_in_what_it_answers() throws Exception {
    StringBuilder shown = new StringBuilder();
    LocalCloud cloud = Clouds.start(directory.resolve("cloud"), 0);
    try (AppProcess process = new AppProcess(directory, settings(cloud.endpoint().toString()))) {
      URI intake = process.intake();
      URI health = process.health();
      assertThat(send(intake, shown, "X-API-Key", KEY)).isEqualTo(200);
      assertThat(send(intake, shown)).isEqualTo(401);
      assertThat(send(intake, shown, "X-API-Key", MISTYPED_KEY)).isEqualTo(403);
      assertThat(send(intake, shown, "Authorization", "Bearer " + MISTYPED_KEY)).isEqualTo(403);
      assertThat(send(intake, shown, "Authorization", basic(MISTYPED_KEY))).isEqualTo(403);
      assertThat(send(health, shown)).isEqualTo(401);
      assertThat(send(health, shown, "Authorization", "Bearer " + MISTYPED_KEY)).isEqualTo(401);

      cloud.close();
      assertThat(send(intake, shown, "X-API-Key", KEY)).isEqualTo(503);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> process.written().contains("Connection refused"));
      for (String path : List.of("", "/live", "/ready", "/../metrics")) {
        URI signal = URI.create(health + path).normalize();
        assertThat(send(signal, shown, "Authorization", "Bearer " + TOKEN)).isNotIn(401, 403, 404);
      }
      process.terminate();
      process.exitCode(30);
      shown.append(process.written());
    } finally {
      cloud.close();
    }

    assertThat(shown.toString()).contains("camel-app is up", "camel-app is down");
    assertNoSecretIn(shown.toString());
  }

  @Test
  void they_do_not_show_when_the_start_fails() throws Exception {
    Map<String, String> nowhere = settings("http://localhost:1");
    assertNoSecretIn(refusal(nowhere));
    nowhere.put("TLS_KEYSTORE", directory.resolve("output.log").toString());
    nowhere.put("CREATE_RESOURCES", "false");
    assertNoSecretIn(refusal(nowhere));
    nowhere.put("INGEST_API_KEYS", KEY + "," + TOKEN + " " + MISTYPED_KEY);
    assertNoSecretIn(refusal(nowhere));
  }

  private String refusal(Map<String, String> env) throws Exception {
    try (AppProcess process = new AppProcess(directory, env)) {
      assertThat(process.exitCode(120)).isPositive();
      assertThat(process.errors()).hasSize(1);
      return process.written();
    }
  }

  private Map<String, String> settings(String endpoint) {
    Map<String, String> env = new HashMap<>(CREDENTIALS);
    env.put("AWS_ENDPOINT_URL", endpoint);
    env.put("CREATE_RESOURCES", "true");
    env.put("INGEST_API_KEYS", KEY);
    env.put("DASHBOARD_TOKEN", TOKEN);
    env.put("TLS_KEYSTORE", keystore.toString());
    env.put("TLS_KEYSTORE_PASSWORD", KEYSTORE_PASSWORD);
    return env;
  }

  private static void assertNoSecretIn(String text) {
    assertThat(text)
        .doesNotContain(KEY, MISTYPED_KEY, basic(MISTYPED_KEY), TOKEN, KEYSTORE_PASSWORD)
        .doesNotContain(CREDENTIALS.values().toArray(String[]::new));
  }

  private static String basic(String key) {
    return "Basic " + Base64.getEncoder().encodeToString(("user:" + key).getBytes(UTF_8));
  }

  /** Keeps the whole answer and returns its status. */
  private int send(URI uri, StringBuilder shown, String... headers) throws Exception {
    URI local = URI.create(uri.toString().replace("0.0.0.0", "localhost"));
    HttpRequest.Builder request = HttpRequest.newBuilder(local);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (local.getPath().startsWith("/api")) {
      request.POST(BodyPublishers.ofString(RECORD));
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    shown.append(answer.headers().map()).append(answer.body()).append('\n');
    return answer.statusCode();
  }
}
