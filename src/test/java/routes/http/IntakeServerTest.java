package routes.http;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.CamelApp;
import routes.Settings;

/** What only the servers themselves decide: forms, sizes, methods, keys and tokens over HTTP. */
class IntakeServerTest {

  private static final String RECORD =
      "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"checkout\",\"message\":\"a=b&c\"}";
  private static final String ACCEPTED = "{\"accepted\":1,\"rejected\":0,\"errors\":[]}";

  @TempDir static Path folder;
  private static @Nullable CamelApp app;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    app =
        CamelApp.start(
            Settings.load(
                Map.of(
                    "INGEST_PORT", "0",
                    "OTLP_GRPC_PORT", "0",
                    "DASHBOARD_PORT", "0",
                    "LOCAL_CLOUD_PORT", "0",
                    "SPEED_JDBC_URL", "off",
                    "DATA_DIR", folder.resolve("data").toString(),
                    "INBOX_DIR", folder.resolve("inbox").toString(),
                    "INGEST_API_KEYS", "key",
                    "DASHBOARD_TOKEN", "token")));
  }

  @AfterAll
  static void stop() {
    app().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-URLencoded; charset=UTF-8",
        "application/json; charset=utf-16",
        "text/plain",
        "no type at all"
      })
  void the_body_is_read_whatever_its_content_type_says(String type) throws Exception {
    HttpResponse<String> answer =
        post(BodyPublishers.ofString(RECORD), "Content-Type", type, "X-API-Key", "key");

    assertThat(answer.body()).isEqualTo(ACCEPTED);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void bodies_that_are_too_long_are_refused_with_and_without_a_length() throws Exception {
    byte[] tooLong = new byte[(20 << 20) + 1];

    assertProblem(
        post(BodyPublishers.ofByteArray(tooLong), "X-API-Key", "key"),
        413,
        "Request Entity Too Large",
        "The body is too long; send it in parts");
    assertProblem(
        post(
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLong)),
            "X-API-Key",
            "key"),
        413,
        "Request Entity Too Large",
        "The body is too long; send it in parts");
  }

  @Test
  void an_unknown_encoding_is_answered_with_those_known() throws Exception {
    HttpResponse<String> answer =
        post(
            BodyPublishers.ofString(RECORD),
            "Content-Encoding",
            "br",
            "Authorization",
            "Splunk key");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.headers().allValues("Accept-Encoding"))
        .containsExactly("gzip, deflate, zstd, snappy");
  }

  @Test
  void without_a_key_nothing_is_taken_but_health_is_told() throws Exception {
    HttpResponse<String> missing = post(BodyPublishers.ofString(RECORD));
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"camel-app\"");
    assertProblem(
        post(BodyPublishers.ofString(RECORD), "X-API-Key", "wrong"),
        403,
        "Forbidden",
        "The key is not accepted here");

    HttpResponse<String> health = get(app().endpoints().ingest(), "/health");
    assertThat(health.body()).isEqualTo("{\"accepting\":true,\"reason\":\"Records are taken\"}");
    assertThat(health.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-api-key: key",
        "X-API-Key: wrong, x-API-KEY: key",
        "DD-API-KEY: key",
        "Authorization: Bearer key",
        "Authorization: splunk key",
        "Authorization: Basic YW55OmtleQ==",
        "Authorization: Bearer wrong, X-API-Key: key"
      })
  void a_key_may_come_in_any_of_the_usual_headers(String headers) throws Exception {
    assertThat(post(BodyPublishers.ofString(RECORD), headers.split(": |, ")).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-API-Key: wrong",
        "X-API-Key: ke",
        "X-API-Key: key1",
        "Authorization: Bearer wrong",
        "Authorization: Basic d3Jvbmc6"
      })
  void another_key_is_refused(String header) throws Exception {
    assertThat(post(BodyPublishers.ofString(RECORD), header.split(": ")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void the_key_is_asked_for_before_the_body_is_read() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), app().endpoints().ingest())) {
      client
          .getOutputStream()
          .write(
              "POST /api/ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{"
                  .getBytes(UTF_8));

      assertThat(statusLine(client)).isEqualTo("HTTP/1.1 401 Unauthorized");
    }
  }

  @Test
  void what_is_not_there_is_answered_as_a_problem() throws Exception {
    HttpResponse<String> nowhere = get(app().endpoints().ingest(), "/nowhere");
    assertProblem(nowhere, 404, "Not Found", "Nothing is at /nowhere");

    HttpResponse<String> wrong = get(app().endpoints().ingest(), "/api/ingest");
    assertProblem(wrong, 405, "Method Not Allowed", "Use POST");
    assertThat(wrong.headers().allValues("Allow")).containsExactly("POST");

    HttpResponse<String> options =
        send(request(app().endpoints().ingest(), "/api/ingest").method("OPTIONS", noBody()));
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().allValues("Allow")).containsExactly("POST");

    HttpResponse<String> deleted =
        send(request(app().endpoints().ingest(), "/health").method("DELETE", noBody()));
    assertThat(deleted.statusCode()).isEqualTo(405);
    assertThat(deleted.headers().allValues("Allow")).containsExactly("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/services/collector/health"})
  void health_can_be_asked_for_its_head_alone(String path) throws Exception {
    HttpResponse<String> whole = get(app().endpoints().ingest(), path);
    HttpResponse<String> head =
        send(request(app().endpoints().ingest(), path).method("HEAD", noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(whole.headers().firstValue("Content-Type"));
  }

  @Test
  void a_form_of_several_parts_is_refused() throws Exception {
    HttpResponse<String> answer =
        post(
            BodyPublishers.ofString(RECORD),
            "Content-Type",
            "Multipart/form-data; boundary=x",
            "X-API-Key",
            "key");

    assertProblem(
        answer,
        415,
        "Unsupported Media Type",
        "Forms of several parts are not read; send the records as the body");
  }

  @Test
  void every_refusal_is_counted_wherever_it_was_made() throws Exception {
    post(BodyPublishers.ofString(RECORD));
    assertThat(post(BodyPublishers.ofString("no record"), "X-API-Key", "key").statusCode())
        .isEqualTo(400);
    get(app().endpoints().ingest(), "/nowhere");

    String metrics =
        get(app().endpoints().dashboard(), "/observe/metrics", "Authorization", "Bearer token")
            .body();

    assertThat(metrics.lines().filter(line -> line.startsWith("intake_problems_total{")))
        .anyMatch(line -> line.contains("status=\"400\""))
        .anyMatch(line -> line.contains("status=\"401\""))
        .anyMatch(line -> line.contains("status=\"404\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/observe/health", "/observe/health/live", "/observe/metrics"})
  void the_dashboards_port_asks_for_the_token(String path) throws Exception {
    int port = app().endpoints().dashboard();

    HttpResponse<String> missing = get(port, path);
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.headers().allValues("WWW-Authenticate"))
        .containsExactly(
            "Basic realm=\"camel-app\", charset=\"UTF-8\"", "Bearer realm=\"camel-app\"");
    assertThat(get(port, path, "Authorization", "Bearer key").statusCode()).isEqualTo(401);
    assertThat(get(port, path, "Authorization", "Bearer token").statusCode()).isNotEqualTo(401);
    String basic = Base64.getEncoder().encodeToString("any:token".getBytes(UTF_8));
    assertThat(get(port, path, "Authorization", "Basic " + basic).statusCode()).isNotEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/observe/metrics | text/plain                        | text/plain; version=0.0.4; charset=utf-8",
        "/observe/metrics | text/html                         | text/plain; version=0.0.4; charset=utf-8",
        "/observe/metrics | application/json, image/*;q=0.1   | text/plain; version=0.0.4; charset=utf-8",
        "/observe/metrics | none at all                       | text/plain; version=0.0.4; charset=utf-8",
        "/observe/health  | text/html                         | application/json",
      })
  void what_there_is_comes_in_its_form_whatever_is_asked_for(
      String path, String accept, String type) throws Exception {
    HttpResponse<String> answer =
        get(app().endpoints().dashboard(), path, "Accept", accept, "Authorization", "Bearer token");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
  }

  @Test
  void paths_that_do_not_exist_ask_for_the_token_too() throws Exception {
    assertThat(get(app().endpoints().dashboard(), "/nowhere").statusCode()).isEqualTo(401);
  }

  private static void assertProblem(
      HttpResponse<String> answer, int status, String title, String detail) {
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":%d,\"title\":\"%s\",\"detail\":\"%s\"}".formatted(status, title, detail));
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  private static String statusLine(Socket client) throws IOException {
    return new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8)).readLine();
  }

  private HttpResponse<String> post(BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    return send(request(app().endpoints().ingest(), "/api/ingest", headers).POST(body));
  }

  private HttpResponse<String> get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(port, path, headers));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(int port, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static CamelApp app() {
    return Objects.requireNonNull(app);
  }
}
