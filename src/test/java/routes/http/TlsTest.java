package routes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.CamelApp;
import routes.Keystores;
import routes.Settings;

/** All HTTP servers with {@code TLS_KEYSTORE} set. */
class TlsTest {

  /** What Camel would take for a placeholder. */
  private static final String PASSWORD = "{{not-a-property}}$1,x";

  private static final String RECORD =
      "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"checkout\"}";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static @Nullable Path keystore;
  private static @Nullable CamelApp app;
  private static @Nullable HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    keystore = Keystores.create(folder, PASSWORD);
    client = HttpClient.newBuilder().sslContext(Keystores.trusting(keystore, PASSWORD)).build();
    app = CamelApp.start(settings(Map.of("TLS_KEYSTORE", keystore.toString())));
  }

  @AfterAll
  static void stop() {
    app().close();
  }

  @Test
  void records_are_taken_over_tls_with_the_certificate_of_the_keystore() throws Exception {
    HttpResponse<String> answer = send("https", app().endpoints().ingest(), "/api/ingest");

    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"rejected\":0,\"errors\":[]}");
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void grpc_speaks_tls_too() {
    String logs = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    PfxOptions trusted = new PfxOptions().setPath(String.valueOf(keystore)).setPassword(PASSWORD);
    try (GrpcClient client = new GrpcClient(app().endpoints().grpc(), trusted)) {
      assertThat(client.call(logs, new byte[0], Map.of()).status()).isZero();
    }
    try (GrpcClient plain = new GrpcClient(app().endpoints().grpc())) {
      assertThatThrownBy(() -> plain.call(logs, new byte[0], Map.of()))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void the_dashboards_port_speaks_tls_too() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("https", app().endpoints().dashboard(), "/observe/health/live"))
            .build();

    assertThat(client().send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void the_demos_page_speaks_tls_too_and_sends_to_its_own_process() throws Exception {
    HttpRequest start =
        HttpRequest.newBuilder(uri("https", app().endpoints().dashboard(), "/api/demo/start"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    URI page = URI.create(json(start).path("url").asText());
    HttpRequest status = HttpRequest.newBuilder(page.resolve("/api/status")).build();

    assertThat(page.getScheme()).isEqualTo("https");
    await().until(() -> json(status).at("/signals/0/accepted").asLong() > 0);
  }

  private static JsonNode json(HttpRequest request) throws IOException, InterruptedException {
    return JSON.readTree(client().send(request, BodyHandlers.ofString()).body());
  }

  @Test
  void plain_http_is_not_answered() {
    assertThatThrownBy(() -> send("http", app().endpoints().ingest(), "/api/ingest"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> send("http", app().endpoints().dashboard(), "/observe/health"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void an_unknown_certificate_is_not_trusted() throws Exception {
    HttpClient stranger = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(uri("https", app().endpoints().ingest(), "/health")).build();

    assertThatThrownBy(() -> stranger.send(request, BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private static Settings settings(Map<String, String> env) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "INGEST_PORT",
                "0",
                "OTLP_GRPC_PORT",
                "0",
                "DASHBOARD_PORT",
                "0",
                "LOCAL_CLOUD_PORT",
                "0",
                "SPEED_JDBC_URL",
                "off",
                "DEMO_PORT",
                "0",
                "DATA_DIR",
                folder.resolve("data").toString(),
                "INBOX_DIR",
                folder.resolve("inbox").toString(),
                "TLS_KEYSTORE_PASSWORD",
                PASSWORD));
    all.putAll(env);
    return Settings.load(all);
  }

  private static HttpResponse<String> send(String scheme, int port, String path)
      throws IOException, InterruptedException {
    return client()
        .send(
            HttpRequest.newBuilder(uri(scheme, port, path))
                .POST(BodyPublishers.ofString(RECORD))
                .build(),
            BodyHandlers.ofString());
  }

  private static URI uri(String scheme, int port, String path) {
    return URI.create("%s://localhost:%d%s".formatted(scheme, port, path));
  }

  private static CamelApp app() {
    return Objects.requireNonNull(app);
  }

  private static HttpClient client() {
    return Objects.requireNonNull(client);
  }
}
