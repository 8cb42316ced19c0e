package routes.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.RunningApp;

/** Clients that mean no good: each gets a clean answer or a closed connection, and others go on. */
class IntakeAbuseTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String GOOD =
      "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"checkout\"}";

  private static final String ALLOWED =
      "Origin: https://app.example\r\nSec-Fetch-Site: cross-site\r\n";

  @TempDir static Path folder;
  private static RunningApp app;
  private static Socket silent;
  private static Socket keptAlive;

  @BeforeAll
  static void start() throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", folder.resolve("data").toString(),
                "INBOX_DIR", folder.resolve("inbox").toString(),
                "INGEST_MAX_BODY_BYTES", "1MB",
                "INGEST_BUFFER_BYTES", "3MB",
                "INGEST_ALLOWED_ORIGINS", "https://app.example",
                "INGEST_REQUEST_TIMEOUT_MS", "2000",
                "INGEST_IDLE_TIMEOUT_MS", "30000"));
    silent = connect();
    keptAlive = connect();
    write(keptAlive, head(GOOD.length(), "") + GOOD);
  }

  @AfterAll
  static void stop() throws IOException {
    silent.close();
    keptAlive.close();
    app.close();
  }

  @Test
  void ten_thousand_headers() throws Exception {
    assertThat(answer(head(GOOD.length(), "X-Some: header\r\n".repeat(10_000)) + GOOD))
        .startsWith("HTTP/1.1 431 ");
    assertOthersGoOn();
  }

  @Test
  void a_header_of_a_megabyte() throws Exception {
    assertThat(answer(head(GOOD.length(), "X-Long: " + "x".repeat(1 << 20) + "\r\n") + GOOD))
        .startsWith("HTTP/1.1 431 ");
    assertOthersGoOn();
  }

  @Test
  void a_request_line_of_a_megabyte() throws Exception {
    assertThat(answer("POST /" + "x".repeat(1 << 20) + " HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.0 414 ");
    assertOthersGoOn();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"a\0b\"}",
        "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"\u00ff\u00fe\"}",
        "{\"timestamp\":1700000001e999999,\"service\":\"a\"}",
        "\0\0\0\0",
        "[[[[[[[["
      })
  void bytes_that_are_no_record(String body) throws Exception {
    assertThat(answer(post(body))).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void a_number_of_ten_thousand_digits_and_deep_nesting() throws Exception {
    assertThat(answer(post("{\"timestamp\":" + "9".repeat(10_000) + ",\"service\":\"a\"}")))
        .startsWith("HTTP/1.1 400 ");
    String nested = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(answer(post("{\"service\":\"a\",\"timestamp\":1795000000,\"n\":" + nested + "}")))
        .startsWith("HTTP/1.1 400 ");
    assertOthersGoOn();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1x", "9223372036854775808", "1, 2"})
  void a_length_that_is_none(String length) throws Exception {
    assertThat(
            answer(
                "POST /api/ingest HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void chunks_that_are_none_close_the_connection() throws Exception {
    assertThat(
            answer(
                "POST /api/ingest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
        .isEmpty();
  }

  /** What follows could be taken for another request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"
      })
  void a_body_of_which_the_length_is_not_clear_closes_the_connection(String headers)
      throws Exception {
    String answer =
        answer("POST /api/ingest HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n0\r\n\r\n" + post(GOOD));

    assertThat(answer).matches("HTTP/1\\.[01] 400 (?s:.*)").doesNotContain("accepted");
    assertThat(answer.split("HTTP/1\\.", -1)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/ingest?Content-Encoding=gzip | application/json",
        "/api/ingest?X-Service=a&Content-Type=b&CamelHttpPath=c&CamelHttpQuery=d | application/json",
        "/v1/logs?Content-Type=application/x-protobuf&Content-Encoding=zstd | application/json"
      })
  void a_parameter_of_the_url_is_no_header(String uri, String type) throws Exception {
    String body = uri.startsWith("/v1") ? "{}" : GOOD;

    assertThat(answer(post(uri, "Content-Type: " + type + "\r\n", body)))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void a_service_that_only_a_parameter_by_the_name_of_the_header_names_is_none() throws Exception {
    String nameless = "{\"timestamp\":\"2026-11-20T09:00:00Z\"}";

    assertThat(answer(post("/api/ingest?X-Service=a", "", nameless)))
        .startsWith("HTTP/1.1 400 ")
        .contains("no-service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "1", "${body}"})
  void a_header_is_taken_by_its_text(String service) throws Exception {
    String nameless = "{\"timestamp\":\"2026-11-20T09:00:00Z\"}";

    assertThat(answer(post("/api/ingest", "X-Service: " + service + "\r\n", nameless)))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: same-origin\r\nOrigin: http://x:81\r\n"
      })
  void what_a_browser_sends_from_another_site_is_refused(String headers) throws Exception {
    for (String path : new String[] {"/api/ingest", "/services/collector/raw", "/api/v2/logs"}) {
      assertThat(answer(post(path, headers + "Content-Type: text/plain\r\n", GOOD)))
          .startsWith("HTTP/1.1 403 ")
          .doesNotContainIgnoringCase("Access-Control");
    }
    assertThat(answer(preflight("Origin: http://evil.example\r\n")))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContainIgnoringCase("Access-Control");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Origin: http://x\r\nSec-Fetch-Site: same-origin\r\n", ALLOWED})
  void what_its_own_page_an_allowed_one_or_no_page_sends_is_taken(String headers) throws Exception {
    assertThat(answer(post("/api/ingest", headers, GOOD))).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void an_allowed_page_is_told_so_when_it_asks_and_when_it_is_refused() throws Exception {
    assertThat(answer(preflight(ALLOWED + "Access-Control-Request-Headers: x-api-key\r\n")))
        .startsWith("HTTP/1.1 204 ")
        .containsIgnoringCase("access-control-allow-origin: https://app.example\r\n")
        .containsIgnoringCase("access-control-allow-headers: x-api-key\r\n")
        .containsIgnoringCase("access-control-allow-methods: POST\r\n");
    assertThat(answer(post("/api/ingest", ALLOWED, "no record")))
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("access-control-allow-origin: https://app.example\r\n");
  }

  @Test
  void a_body_that_is_announced_too_long_is_refused_before_it_comes() throws Exception {
    assertThat(answer(head(1 << 30, ""))).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void a_client_that_asks_first_is_told_to_go_on() throws Exception {
    try (Socket client = connect()) {
      write(client, head(GOOD.length(), "Expect: 100-continue\r\nConnection: close\r\n"));
      assertThat(client.getInputStream().readNBytes(25))
          .asString(UTF_8)
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      write(client, GOOD);
      assertThat(readToEnd(client)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void an_expectation_that_cannot_be_met_is_refused() throws Exception {
    assertThat(answer(head(2, "Expect: miracles\r\nConnection: close\r\n") + "{}"))
        .startsWith("HTTP/1.1 417 ");
  }

  @Test
  void what_follows_a_shorter_length_is_another_request() throws Exception {
    assertThat(answer(head(GOOD.length(), "") + GOOD + "more\r\n\r\n"))
        .contains("\"accepted\":1")
        .contains("HTTP/1.0 400 ");
  }

  @Test
  void a_body_shorter_than_its_length_is_closed_in_time() throws Exception {
    assertThat(answer(head(100, "") + "{")).isEmpty();
  }

  @Test
  void a_refused_body_that_never_ends_is_closed_in_time() throws Exception {
    try (Socket client = connect()) {
      write(client, head(1 << 30, ""));
      assertThat(client.getInputStream().readNBytes(12)).asString(UTF_8).isEqualTo("HTTP/1.1 413");
      readToEnd(client);
    }
  }

  @Test
  void a_body_that_drips_is_closed_in_time() throws Exception {
    try (Socket client = connect()) {
      write(client, head(1 << 20, "") + "{");
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                try {
                  write(client, " ");
                  return false;
                } catch (SocketException closed) {
                  return true;
                }
              });
    }
    assertOthersGoOn();
  }

  @Test
  void more_bodies_than_there_is_memory_for_are_told_to_come_later() throws Exception {
    List<Socket> slow = new ArrayList<>();
    String most = head(1 << 20, "") + " ".repeat((1 << 20) - 1);
    for (int i = 0; i < 3; i++) {
      Socket client = connect();
      slow.add(client);
      write(client, most);
    }
    try {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(answer(post("[" + GOOD + "]")))
                      .startsWith("HTTP/1.1 429 ")
                      .contains("Retry-After: 1\r\n"));
    } finally {
      for (Socket client : slow) {
        client.close();
      }
    }
    assertOthersGoOn();
  }

  @Test
  void a_client_that_leaves_in_the_middle_leaves_nothing_behind() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket client = connect()) {
        write(client, head(1 << 20, "") + " ".repeat(1 << 19));
      }
    }
    assertOthersGoOn();
  }

  @Test
  void connections_on_which_nothing_moves_are_closed() throws Exception {
    assertThat(readToEnd(silent)).isEmpty();
    assertThat(readToEnd(keptAlive)).startsWith("HTTP/1.1 200 ");
  }

  /** A request as long as allowed, which needs half of the memory for bodies. */
  private static void assertOthersGoOn() {
    String body = GOOD + " ".repeat((1 << 20) - GOOD.length());
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(answer(post(body))).startsWith("HTTP/1.1 200 "));
  }

  private static String preflight(String headers) {
    return "OPTIONS /api/ingest HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + headers
        + "Access-Control-Request-Method: POST\r\n\r\n";
  }

  private static String post(String body) {
    return post("/api/ingest", "", body);
  }

  private static String post(String uri, String headers, String body) {
    return head(body.getBytes(ISO_8859_1).length, "Connection: close\r\n" + headers)
            .replace("/api/ingest", uri)
        + body;
  }

  private static String head(int length, String headers) {
    return "POST /api/ingest HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n"
        .formatted(length, headers);
  }

  private static String answer(String request) throws IOException {
    try (Socket client = connect()) {
      try {
        write(client, request);
      } catch (SocketException refused) {
        // Closed before all was sent; what was answered can still be read.
      }
      return readToEnd(client);
    }
  }

  private static Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), app.ingestPort());
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private static void write(Socket client, String request) throws IOException {
    client.getOutputStream().write(request.getBytes(ISO_8859_1));
  }

  private static String readToEnd(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        answer.write(next);
      }
    } catch (SocketException reset) {
      // As good as the end.
    }
    return answer.toString(UTF_8);
  }
}
