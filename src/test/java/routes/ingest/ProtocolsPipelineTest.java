package routes.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.Lake;
import routes.RunningApp;

/** Requests of other protocols over HTTP, as their senders make them, into the lake. */
class ProtocolsPipelineTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOUR = "/year=2026/month=11/day=18/hour=11";

  @TempDir static Path folder;
  private static RunningApp app;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    app =
        RunningApp.start(
            folder,
            Map.of(
                "INGEST_API_KEYS",
                "key",
                "TIMESTAMP_FIELDS",
                "timestamp, when",
                "SERVICE_FIELDS",
                "service, kubernetes.container_name"));
  }

  @AfterAll
  static void stop() throws IOException {
    try (RunningApp running = app) {
      running.assertLakeIsReadable();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/services/collector, hec-a",
    "/services/collector/event, hec-b",
    "/services/collector/event/1.0, hec-c"
  })
  void events_of_dockers_log_driver(String path, String service) throws Exception {
    String event =
        "{\"event\":{\"line\":\"%s\",\"source\":\"stdout\",\"tag\":\"6f\"},\"time\":\"1795000000.%s\",\"host\":\"node\",\"sourcetype\":\"%s\"}";

    HttpResponse<String> answer =
        post(
            path,
            BodyPublishers.ofByteArray(
                gzip(event.formatted("one", "5", service) + event.formatted("two", "6", service))),
            "Authorization",
            "Splunk key",
            "Content-Encoding",
            "gzip");

    assertThat(answer.body()).isEqualTo("{\"text\":\"Success\",\"code\":0}");
    assertThat(answer.statusCode()).isEqualTo(200);
    String record =
        "{\"timestamp\":\"1795000000.%s\",\"host\":\"node\",\"sourcetype\":\"%s\",\"message\":\"%s\",\"source\":\"stdout\",\"tag\":\"6f\",\"service\":\"%s\"%s";
    assertDelivered(
        service,
        List.of(
            record.formatted("5", service, "one", service, Lake.SOME_ID),
            record.formatted("6", service, "two", service, Lake.SOME_ID)));
  }

  @Test
  void lines_for_the_raw_path() throws Exception {
    HttpResponse<String> answer =
        post(
            "/services/collector/raw?sourcetype=hec-raw&host=h&time=1795000000",
            "one\ntwo\n",
            "Authorization",
            "Splunk key");

    assertThat(answer.statusCode()).isEqualTo(200);
    String record =
        "{\"timestamp\":\"1795000000\",\"host\":\"h\",\"sourcetype\":\"hec-raw\",\"message\":\"%s\",\"service\":\"hec-raw\"%s";
    assertDelivered(
        "hec-raw",
        List.of(record.formatted("one", Lake.SOME_ID), record.formatted("two", Lake.SOME_ID)));
  }

  @Test
  void what_docker_asks_before_it_sends_is_answered_with_200() throws Exception {
    assertThat(
            send(request("/services/collector/event/1.0")
                    .method("OPTIONS", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/services/collector/health", "/services/collector/health/1.0"})
  void the_collectors_health_needs_no_token(String path) throws Exception {
    HttpResponse<String> answer = send(request(path));

    assertThat(answer.body()).isEqualTo("{\"text\":\"HEC is healthy\",\"code\":17}");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void logs_of_datadogs_libraries() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/v2/logs?ddtags=env:prod",
            "[{\"message\":\"m\",\"status\":\"warn\",\"ddsource\":\"nodejs\",\"service\":\"datadog\",\"hostname\":\"h\",\"timestamp\":1795000000500}]",
            "DD-API-KEY",
            "key");

    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertDelivered(
        "datadog",
        List.of(
            "{\"message\":\"m\",\"status\":\"warn\",\"ddsource\":\"nodejs\",\"service\":\"datadog\",\"hostname\":\"h\",\"timestamp\":1795000000500,\"ddtags\":\"env:prod\",\"level\":\"warn\""
                + Lake.SOME_ID));
  }

  @Test
  void otlp_in_json() throws Exception {
    HttpResponse<String> answer =
        post(
            "/v1/logs",
            "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"otlp\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1795000000500000000\",\"body\":{\"stringValue\":\"m\"}}]}]}]}",
            "X-API-Key",
            "key",
            "Content-Type",
            "application/json");

    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertDelivered(
        "otlp",
        List.of(
            "{\"timestamp\":\"2026-11-18T11:06:40.500Z\",\"service\":\"otlp\",\"message\":\"m\",\"resource\":{\"service.name\":\"otlp\"}"
                + Lake.SOME_ID));
  }

  @Test
  void fields_under_the_names_of_the_settings() throws Exception {
    String record =
        "{\"when\":1795000000,\"kubernetes\":{\"container_name\":\"renamed\"},\"msg\":\"m\"";

    assertThat(post("/api/ingest", record + "}", "X-API-Key", "key").statusCode()).isEqualTo(200);
    assertDelivered(
        "renamed",
        List.of(
            record
                + ",\"timestamp\":1795000000,\"service\":\"renamed\",\"message\":\"m\""
                + Lake.SOME_ID));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/services/collector | '' | 401 | {\"text\":\"Token is required\",\"code\":2}",
        "/services/collector/raw | Splunk no | 403 | {\"text\":\"Invalid token\",\"code\":4}",
        "/v1/logs | Bearer no | 403 | {\"code\":7,\"message\":\"The key is not accepted here\"}",
        "/api/v2/logs | Bearer no | 403 |"
            + " {\"errors\":[{\"status\":\"403\",\"title\":\"Forbidden\",\"detail\":\"The key is"
            + " not accepted here\"}]}"
      })
  void keys_are_refused_in_the_words_of_the_protocol(
      String path, String authorization, int status, String body) throws Exception {
    HttpResponse<String> answer =
        authorization.isEmpty()
            ? post(path, "{}")
            : post(path, "{}", "Authorization", authorization);

    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  private void assertDelivered(String service, List<String> lines) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(app.lake().linesOf(service))
                    .isEqualTo(Map.of("service=" + service + HOUR, lines)));
  }

  private static byte[] gzip(String body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return post(path, BodyPublishers.ofString(body), headers);
  }

  private HttpResponse<String> post(String path, BodyPublisher body, String... headers)
      throws Exception {
    return send(request(path, headers).POST(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + app.ingestPort() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }
}
