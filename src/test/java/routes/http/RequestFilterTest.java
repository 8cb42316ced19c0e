package routes.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.access.AccessKeys;
import routes.access.Origins;
import routes.ingest.Protocols;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.settings.Secret;

/** The door while the routes behind it start or stop: the server listens before and after them. */
class RequestFilterTest {

  private static final String REASON = "The service is starting or stopping; send it again";

  private static final String KEY = "a-key";

  private final List<Integer> refused = new CopyOnWriteArrayList<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Vertx vertx = Vertx.vertx();
  private volatile boolean serving;
  private HttpServer server;

  @BeforeEach
  void listen() {
    RouteHold routes = new RouteHold();
    RequestFilter door =
        new RequestFilter(
            () -> serving,
            routes,
            new RequestBodies(1 << 20, new BodyMemory(2 << 20), Duration.ofMinutes(1), routes),
            new Origins(List.of()),
            new ApiKeys(new AccessKeys(List.of(new Secret(KEY)))),
            new Problems(
                Protocols.byPath(
                    new RecordParsers(
                        FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
                    "job"),
                refused::add));
    Router router = Router.router(vertx);
    router.route().handler(door::enter);
    router
        .route()
        .handler(
            request -> {
              taken.add(request.normalizedPath());
              request.response().end(request.body().buffer());
            });
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/ingest         | {\"status\":503,\"title\":\"Service Unavailable\",\"detail\":\"REASON\"}",
        "/v1/logs            | {\"code\":14,\"message\":\"REASON\"}",
        "/services/collector | {\"text\":\"Server is busy\",\"code\":9}",
        "/api/v2/logs        | {\"errors\":[{\"status\":\"503\",\"title\":\"Service Unavailable\",\"detail\":\"REASON\"}]}"
      })
  void records_may_come_later(String path, String body) throws Exception {
    HttpResponse<String> answer = post(path);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(answer.body()).isEqualTo(body.replace("REASON", REASON));
    assertThat(refused).containsExactly(503);
    assertThat(taken).isEmpty();
  }

  @Test
  void so_may_calls_of_grpc() throws Exception {
    try (GrpcClient grpc = new GrpcClient(server.actualPort())) {
      GrpcClient.Answer answer =
          grpc.call(
              "/opentelemetry.proto.collector.logs.v1.LogsService/Export", new byte[0], Map.of());

      assertThat(answer.status()).isEqualTo(14);
      assertThat(answer.words()).isEqualTo(REASON);
      assertThat(answer.retryAfter()).hasValue(5);
    }
    assertThat(refused).containsExactly(503);
    assertThat(taken).isEmpty();
  }

  @Test
  void a_load_balancer_is_told_as_well() throws Exception {
    HttpResponse<String> health =
        client.send(HttpRequest.newBuilder(address("/health")).build(), BodyHandlers.ofString());

    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body()).contains(REASON);
    assertThat(taken).isEmpty();
  }

  @Test
  void keys_are_asked_for_once_the_routes_run() throws Exception {
    serving = true;

    assertThat(post("/api/ingest").statusCode()).isEqualTo(401);

    assertThat(refused).containsExactly(401);
    assertThat(taken).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/ingest         | {\"status\":403,\"title\":\"Forbidden\",\"detail\":\"REASON\"}",
        "/v1/traces          | {\"code\":7,\"message\":\"REASON\"}",
        "/api/v1/write       | REASON",
        "/services/collector | {\"text\":\"REASON\",\"code\":403}",
      })
  void a_page_of_another_site_is_told_that_it_is_one(String path, String body) throws Exception {
    serving = true;

    HttpResponse<String> answer = post(path, "Origin", "http://other.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body().strip())
        .isEqualTo(
            body.replace(
                "REASON",
                "The request comes from a page of another site, which INGEST_ALLOWED_ORIGINS has not"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-None: none         | 401 | {\"text\":\"Token is required\",\"code\":2}",
        "Authorization: Splunk no | 403 | {\"text\":\"Invalid token\",\"code\":4}"
      })
  void splunks_codes_are_for_its_tokens(String header, int status, String body) throws Exception {
    serving = true;

    HttpResponse<String> answer = post("/services/collector", header.split(": "));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void a_route_that_does_not_take_a_body_has_it_whole_and_its_memory_is_given_back()
      throws Exception {
    serving = true;
    String body = "0123456789abcdef".repeat(60_000);

    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = send("/own", body, "X-API-Key", KEY);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(body);
    }
  }

  private HttpResponse<String> post(String path, String... headers) throws Exception {
    return send(path, "{}", headers);
  }

  private HttpResponse<String> send(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }
}
