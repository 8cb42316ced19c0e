package routes.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.Endpoints;
import routes.RunningApp;

/** Bytes no client sends, straight to each port. */
class WireAttacksTest {

  private static final int WAIT_MILLIS = 3_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d \\d{3} ");

  /** The first bytes of HTTP/2 (RFC 9113, section 3.4) with an empty SETTINGS frame. */
  private static final String HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

  /** Types of frames (RFC 9113, section 6). */
  private static final int HEADERS = 1;

  private static final int CONTINUATION = 9;

  enum Port {
    INTAKE,
    GRPC,
    DASHBOARD,
    CLOUD,
    DEMO;

    int of(Endpoints endpoints) {
      return switch (this) {
        case INTAKE -> endpoints.ingest();
        case GRPC -> endpoints.grpc();
        case DASHBOARD -> endpoints.dashboard();
        case CLOUD -> endpoints.localCloud();
        case DEMO -> demoPort;
      };
    }
  }

  private static RunningApp app;
  private static int demoPort;

  @BeforeAll
  static void start(@TempDir Path home) throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      demoPort = free.getLocalPort();
    }
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("data").toString(),
                "INBOX_DIR", home.resolve("inbox").toString(),
                "DEMO", "true",
                "DEMO_PORT", Integer.toString(demoPort),
                "DEMO_LOGS_PER_SECOND", "1"));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /** CVE-2026-33870: a line break in quotes ended the chunk's head, and data became a request. */
  @ParameterizedTest
  @EnumSource
  void a_quoted_line_break_in_a_chunk_extension_hides_no_request(Port port) throws IOException {
    String answer =
        answer(
            port,
            """
            POST /api/ingest HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Transfer-Encoding: chunked\r
            \r
            1;a="\r
            X\r
            0\r
            \r
            GET /hidden HTTP/1.1\r
            Host: localhost\r
            \r
            """);
    assertThat(STATUS.matcher(answer).results().count()).isLessThanOrEqualTo(1);
  }

  /** CVE-2026-33871: headers without end. */
  @Test
  void headers_of_grpc_without_end_end_the_connection() throws IOException {
    byte[] more = emptyFrame(CONTINUATION);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.endpoints().grpc())) {
      OutputStream out = socket.getOutputStream();
      out.write(HTTP_2.getBytes(ISO_8859_1));
      out.write(emptyFrame(HEADERS));

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  out.write(more);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  /** One of the first stream, without flags (RFC 9113, section 4.1). */
  private static byte[] emptyFrame(int type) {
    return new byte[] {0, 0, 0, (byte) type, 0, 0, 0, 0, 1};
  }

  @Test
  void http_1_is_not_spoken_where_grpc_is() throws IOException {
    assertThat(answer(Port.GRPC, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEmpty();
  }

  /** CVE-2026-33871 needs it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRPC")
  void http_2_is_not_spoken_without_tls(Port port) throws IOException {
    assertThat(answer(port, HTTP_2)).matches(answer -> answer.isEmpty() || isText(answer));
    assertThat(
            answer(
                port,
                """
                GET / HTTP/1.1\r
                Host: localhost\r
                Connection: Upgrade, HTTP2-Settings\r
                Upgrade: h2c\r
                HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r
                \r
                """))
        .matches(WireAttacksTest::isText)
        .doesNotStartWith("HTTP/1.1 101");
  }

  private static boolean isText(String answer) {
    return STATUS.matcher(answer).lookingAt();
  }

  /** All that comes back until the server closes the connection or says nothing for a while. */
  private static String answer(Port port, String bytes) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.of(app.endpoints()))) {
      socket.setSoTimeout(WAIT_MILLIS);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getInputStream().transferTo(answer);
    } catch (SocketTimeoutException | SocketException saysNoMore) {
      // what came before counts
    }
    return answer.toString(ISO_8859_1);
  }
}
