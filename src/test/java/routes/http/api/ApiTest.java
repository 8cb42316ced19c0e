package routes.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.http.HttpProblem;
import routes.http.api.TestServer.Response;
import routes.http.api.TestServer.Talk;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** What every endpoint has in common. */
class ApiTest {

  private static @Nullable TestServer server;

  private static final CompletableFuture<Exception> ENDED = new CompletableFuture<>();

  record Thing(String name, Instant at, @Nullable String absent) {}

  record Put(String text) {}

  @BeforeAll
  static void start() {
    server =
        new TestServer(
            Map.of(),
            api ->
                api.get(
                        "/api/thing/:name",
                        request ->
                            new Page<>(
                                List.of(new Thing(request.path("name"), Instant.EPOCH, null)),
                                null))
                    .get("/api/rest/:name/*", request -> request.pathAfter(3))
                    .get("/api/limit", request -> request.limit(50, 100))
                    .get("/api/instant", request -> request.instant("at").orElse(Instant.EPOCH))
                    .get("/api/status", request -> new Answer(503, Map.of("up", false)))
                    .get("/api/missing", request -> fail(new HttpProblem(404, "No thing")))
                    .get("/api/fault", request -> fail(new IllegalStateException("secret")))
                    .get("/api/full", request -> outOfMemory())
                    .get("/api/aws/missing", request -> fail(missing()))
                    .get("/api/aws/throttled", request -> fail(throttled()))
                    .get("/api/aws/away", request -> fail(SdkClientException.create("refused")))
                    .get("/api/content", request -> text("content", 100_000))
                    .get("/api/endless", request -> endless())
                    .get("/api/broken", request -> text("broken", 0))
                    .get("/api/broken-late", request -> text("broken", 100_000))
                    .post("/api/put", request -> request.body(Put.class)));
  }

  @AfterAll
  static void stop() {
    server().close();
  }

  @Test
  void an_answer_is_json_that_nobody_keeps() {
    Response answer = server().get("/api/thing/a%2Fb%20c");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"items\":[{\"name\":\"a/b c\",\"at\":\"1970-01-01T00:00:00Z\"}]}");
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void an_answer_has_the_headers_that_bind_browsers() {
    for (String path : List.of("/api/thing/a", "/api/nowhere", "/nowhere")) {
      Response answer = server().get(path);

      assertThat(answer.headers().get("Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
          .doesNotContain("unsafe");
      assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.headers().get("Referrer-Policy")).isEqualTo("no-referrer");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/limit, 200, 50",
    "/api/limit?limit=100, 200, 100",
    "/api/limit?limit=, 200, 50",
    "/api/limit?limit=101, 400, 'limit is \\\"101\\\": must be a number from 1 to 100'",
    "/api/limit?limit=0, 400, 'limit is \\\"0\\\": must be a number from 1 to 100'",
    "/api/limit?limit=x, 400, 'limit is \\\"x\\\": must be a number from 1 to 100'",
    "/api/limit?limit=%, 400, The request cannot be read",
    "/api/instant?at=2026-08-22T15:00:00%2B02:00, 200, 2026-08-22T13:00:00Z",
    "/api/instant?at=today, 400, 'at is \\\"today\\\": must be a time such as 2026-08-22T13:00:00Z'",
    "/api/rest/a/service%3Dx/b%252Fc+d, 200, service=x/b%2Fc+d",
    "/api/rest/a/, 404, Nothing is named at the end of the path",
    "/api/status, 503, '\"up\":false'",
    "/api/missing, 404, '\"detail\":\"No thing\"'",
    "/api/nowhere, 404, There is nothing under this path",
    "/api/fault, 500, 'Something failed here; the log says what'",
    "/api/full, 500, 'Something failed here; the log says what'",
    "/api/aws/missing, 404, Kinesis says ResourceNotFoundException: no stream",
    "/api/aws/throttled, 503, Kinesis says ProvisionedThroughputExceededException: slow down",
    "/api/aws/away, 503, AWS cannot be reached: refused",
    "/api/broken, 500, 'Something failed here; the log says what'"
  })
  void an_answer_has_a_status_and_says_why(String path, int status, String part) {
    Response answer = server().get(path);

    assertThat(answer.body()).contains(part).doesNotContain("secret");
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void a_problem_is_told_as_rfc_9457_has_it() {
    Response answer = server().get("/api/aws/throttled");

    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.headers().get("Retry-After")).isEqualTo("1");
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":503,\"title\":\"Service Unavailable\",\"detail\":\"Kinesis says ProvisionedThroughputExceededException: slow down\"}");
  }

  @Test
  void a_method_that_is_not_known_is_told_which_are() {
    Response answer = server().send(HttpMethod.DELETE, "/api/limit", "");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().get("Allow")).isEqualTo("GET, HEAD");
    assertThat(answer.body()).contains("Use GET or HEAD");
    Response head = server().send(HttpMethod.HEAD, "/api/limit", "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(server().send(HttpMethod.DELETE, "/api/put", "").headers().get("Allow"))
        .isEqualTo("POST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":\"a\",\"more\":1} | 200 | {\"text\":\"a\"}",
        "''                          | 400 | The body is empty",
        "null                        | 400 | The body cannot be read",
        "{\"text\":                  | 400 | The body cannot be read",
      })
  void a_body_is_read_as_json(String body, int status, String part) {
    Response answer = server().post("/api/put", body);

    assertThat(answer.body()).contains(part);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void a_body_has_a_bound() {
    Response answer = server().post("/api/put", "x".repeat((2 << 20) + 1));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void long_content_is_sent_as_it_is() {
    Response answer = server().get("/api/content");

    assertThat(answer.body()).isEqualTo("x".repeat(100_000));
    assertThat(answer.headers().get("Content-Disposition"))
        .isEqualTo("attachment; filename*=UTF-8''a%20%22%0D%0Ab.txt");
  }

  @Test
  void content_that_fails_on_its_way_is_broken_off() {
    assertThatThrownBy(() -> server().get("/api/broken-late"))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void long_content_is_sent_over_a_socket_as_over_http() {
    assertThat(server().talk("/api/content")).isEqualTo(new Talk("x".repeat(100_000), 1000, null));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/missing, 1008, No thing",
    "/api/aws/away, 1013, 'AWS cannot be reached: refused'",
    "/api/broken-late, 1011, 'Something failed here; the log says what'",
    "/api/full, 1011, 'Something failed here; the log says what'",
    "/api/thing/a, 1008, Ask for this without a WebSocket",
  })
  void a_socket_is_closed_with_the_reason_why_not_all_came(String path, int status, String why) {
    Talk talk = server().talk(path);

    assertThat(talk.status()).isEqualTo(status);
    assertThat(talk.reason()).isEqualTo(why);
  }

  @Test
  void a_page_of_another_site_opens_no_socket() {
    assertThat(server().talk("/api/content", "Origin", "http://127.0.0.1:{port}").status())
        .isEqualTo(1000);
    assertThatThrownBy(() -> server().talk("/api/content", "Origin", "http://evil.example"))
        .hasRootCauseInstanceOf(UpgradeRejectedException.class)
        .hasMessageContaining("403");
  }

  @Test
  void nothing_more_is_sent_once_a_socket_is_closed() {
    server().leave("/api/endless");

    assertThat(ENDED.orTimeout(30, TimeUnit.SECONDS).join()).isInstanceOf(IOException.class);
  }

  private static Object fail(RuntimeException failure) {
    throw failure;
  }

  private static Object outOfMemory() {
    throw new OutOfMemoryError("told to");
  }

  private static Content text(String kind, int length) {
    return new Content() {
      @Override
      public String type() {
        return "text/plain; charset=utf-8";
      }

      @Override
      public Optional<String> fileName() {
        return Optional.of("a \"\r\nb.txt");
      }

      @Override
      public void writeTo(OutputStream out) throws Exception {
        out.write("x".repeat(length).getBytes(UTF_8));
        if (kind.equals("broken")) {
          throw new IllegalStateException("secret");
        }
      }
    };
  }

  private static Content endless() {
    return new Content() {
      @Override
      public String type() {
        return "text/plain";
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        try {
          while (true) {
            out.write('x');
            out.flush();
          }
        } catch (IOException | RuntimeException end) {
          ENDED.complete(end);
          throw end;
        }
      }
    };
  }

  private static RuntimeException missing() {
    return ResourceNotFoundException.builder()
        .statusCode(400)
        .awsErrorDetails(details("ResourceNotFoundException", "no stream"))
        .build();
  }

  private static RuntimeException throttled() {
    return ProvisionedThroughputExceededException.builder()
        .statusCode(400)
        .awsErrorDetails(details("ProvisionedThroughputExceededException", "slow down"))
        .build();
  }

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder()
        .serviceName("Kinesis")
        .errorCode(code)
        .errorMessage(message)
        .build();
  }

  private static TestServer server() {
    return Objects.requireNonNull(server);
  }
}
