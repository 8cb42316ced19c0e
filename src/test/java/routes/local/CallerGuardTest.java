package routes.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.local.kinesis.KinesisOptions;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A web page that a browser on this machine shows can do nothing to the embedded cloud. */
class CallerGuardTest extends CloudTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PURGE = "Action=PurgeQueue";

  private String queue;

  @BeforeEach
  void aQueueWithAMessageAndABucketWithAnObject() {
    queue = clients.sqs().createQueue(r -> r.queueName("letters")).queueUrl();
    clients.sqs().purgeQueue(r -> r.queueUrl(queue));
    clients.sqs().sendMessage(r -> r.queueUrl(queue).messageBody("a letter"));
    if (clients.s3().listBuckets().buckets().isEmpty()) {
      clients.s3().createBucket(r -> r.bucket("lake"));
    }
    clients.s3().putObject(r -> r.bucket("lake").key("key"), RequestBody.fromString("object"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Action=PurgeQueue",
        "Action=DeleteQueue",
        "Action=SendMessage&MessageBody=forged",
        "%41ction=PurgeQueue",
      })
  void an_image_in_a_page_changes_no_queue(String query) throws IOException {
    String answer = send("GET", "/000000000000/letters?" + query, Map.of(), "");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("query protocol");
    assertThat(messages()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "http://localhost:3000", "null", "http://127.0.0.1"})
  void a_page_of_another_site_sends_no_form(String origin) throws IOException {
    Map<String, String> headers = Map.of("Origin", origin, "Content-Type", FORM);

    assertThat(send("POST", "/000000000000/letters", headers, PURGE)).startsWith("HTTP/1.1 403 ");
    assertThat(messages()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void what_a_browser_says_comes_from_elsewhere_is_refused_by_every_service(String site)
      throws IOException {
    Map<String, String> browser = Map.of("Sec-Fetch-Site", site, "Authorization", "AWS4 x");
    assertThat(send("GET", "/000000000000/letters?" + PURGE, browser, ""))
        .startsWith("HTTP/1.1 403 ");
    assertThat(send("GET", "/lake/key", browser, "")).startsWith("HTTP/1.1 403 ");
    assertThat(send("DELETE", "/lake/key", browser, "")).startsWith("HTTP/1.1 403 ");
    assertThat(
            send(
                "POST",
                "/",
                Map.of("Sec-Fetch-Site", site, "X-Amz-Target", "Kinesis_20131202.ListStreams"),
                "{}"))
        .startsWith("HTTP/1.1 403 ")
        .contains("\"__type\":\"AccessDenied\"");
    assertThat(messages()).isEqualTo("1");
    assertThat(clients.s3().getObjectAsBytes(r -> r.bucket("lake").key("key")).asUtf8String())
        .isEqualTo("object");
  }

  /** A page of a site whose name its owner lets mean 127.0.0.1 for a moment: DNS rebinding. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example"})
  void under_a_foreign_name_no_service_answers(String host) throws IOException {
    Map<String, String> signed = Map.of("Host", host + ":" + cloud.port(), "Authorization", "AWS4");
    assertThat(send("GET", "/lake/key", signed, ""))
        .startsWith("HTTP/1.1 403 ")
        .contains("LOCAL_CLOUD_HOST");
    assertThat(send("GET", "/?Action=ListQueues", signed, "")).startsWith("HTTP/1.1 403 ");
    assertThat(
            send(
                "POST",
                "/",
                Map.of("Host", host, "X-Amz-Target", "Kinesis_20131202.ListStreams"),
                "{}"))
        .startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]", "lake.localhost"})
  void under_its_own_names_it_answers(String host) throws IOException {
    Map<String, String> named = Map.of("Host", host + ":" + cloud.port());

    assertThat(send("GET", "/lake/key", named, "")).startsWith("HTTP/1.1 ").doesNotContain(" 403 ");
  }

  @Test
  void an_object_can_be_looked_at_in_a_browser() throws IOException {
    assertThat(send("GET", "/lake/key", Map.of("Sec-Fetch-Site", "none"), "")).endsWith("object");
  }

  @Test
  void a_cloud_that_other_machines_reach_answers_under_the_name_they_have_for_it(
      @TempDir Path folder) throws IOException {
    try (LocalCloud open =
        LocalCloud.start(folder, "0.0.0.0", 0, KinesisOptions.defaults(), Clock.systemUTC())) {
      Map<String, String> named = Map.of("Host", "cloud:4566", "Authorization", "AWS4");
      assertThat(send(open.port(), "GET", "/", named, "")).startsWith("HTTP/1.1 200 ");
      Map<String, String> page = Map.of("Host", "cloud:4566", "Origin", "http://evil.example");
      assertThat(send(open.port(), "GET", "/", page, "")).startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void without_a_name_queues_have_no_address(@TempDir Path folder) throws IOException {
    try (LocalCloud open =
            LocalCloud.start(folder, "0.0.0.0", 0, KinesisOptions.defaults(), Clock.systemUTC());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), open.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "POST / HTTP/1.0\r\nX-Amz-Target: AmazonSQS.ListQueues\r\nContent-Length: 2\r\n\r\n{}"
                  .getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.0 400 ")
          .contains("no header Host");
    }
  }

  /** curl says that it sends a form unless it is told otherwise. */
  @Test
  void a_presigned_put_of_any_content_type_reaches_the_object() throws IOException {
    String presigned =
        "/lake/presigned?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Date="
            + DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                .format(ZonedDateTime.now(ZoneOffset.UTC))
            + "&X-Amz-SignedHeaders=host&X-Amz-Expires=300&X-Amz-Credential=test&X-Amz-Signature=0";

    String answer = send("PUT", presigned, Map.of("Content-Type", FORM), PURGE);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    ResponseBytes<GetObjectResponse> object =
        clients.s3().getObjectAsBytes(r -> r.bucket("lake").key("presigned"));
    assertThat(object.asUtf8String()).isEqualTo(PURGE);
    assertThat(object.response().contentType()).isEqualTo(FORM);
  }

  @Test
  void the_query_protocol_is_told_to_be_no_more() throws IOException {
    Map<String, String> form = Map.of("Content-Type", FORM + "; charset=utf-8");

    assertThat(send("POST", "/000000000000/letters", form, PURGE))
        .startsWith("HTTP/1.1 400 ")
        .contains("use a newer client");
    assertThat(messages()).isEqualTo("1");
  }

  private String messages() {
    QueueAttributeName number = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    return clients
        .sqs()
        .getQueueAttributes(r -> r.queueUrl(queue).attributeNames(List.of(number)))
        .attributes()
        .get(number);
  }

  private String send(String method, String target, Map<String, String> headers, String body)
      throws IOException {
    return send(cloud.port(), method, target, headers, body);
  }

  /** The whole answer to a request with just these headers, which Java's client does not send. */
  private static String send(
      int port, String method, String target, Map<String, String> headers, String body)
      throws IOException {
    StringBuilder request = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
    if (!headers.containsKey("Host")) {
      request.append("Host: localhost:%d\r\n".formatted(port));
    }
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append(
        "Content-Length: %d\r\nConnection: close\r\n\r\n%s".formatted(body.length(), body));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.toString().getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
