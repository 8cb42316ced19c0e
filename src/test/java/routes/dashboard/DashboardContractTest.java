package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.ApiDescription;
import routes.ApiDescription.Operation;
import routes.RunningApp;

/** The dashboard's REST API does what its own description says, over the real port. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardContractTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STREAM = "/api/kinesis/stream/stage01-logs-stream";
  private static final String LAKE = "/api/s3/bucket/md-raw-logs";
  private static final String FIGURES =
      "/api/figures?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z";
  private static final String SQL = "/api/sql?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z";
  private static final String COUNT =
      "{\"sql\":\"SELECT service, hour, count(*) AS n, any_value(record) FROM logs GROUP BY ALL\"}";
  private static final String SHARD = "shard=shardId-000000000000";

  private Path home;
  private RunningApp app;
  private ApiDescription description;
  private String object;
  private String sequence;

  /** A request that is answered with 200, by the operation it is for. */
  private record Example(String operation, String path, @Nullable String body) {

    Example(String operation, String path) {
      this(operation, path, null);
    }

    @Override
    public String toString() {
      return (body == null ? "GET " : "POST ") + path;
    }
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    home = temporary;
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("data").toString(),
                "INBOX_DIR", home.resolve("inbox").toString(),
                "FLUSH_INTERVAL_MS", "100",
                "SPEED_JDBC_URL", "embedded",
                "DEMO_PORT", "0",
                "DEMO_URL", "http://localhost:1"));
    description = new ApiDescription(app.get("/api/openapi.json").body());
    sequence = app.putOnStream(line("2026-11-20T10:00:00Z") + "no record\n");
    app.ingest(line("2026-11-20T08:00:00Z") + line("2026-11-20T14:00:00Z") + "no record");
    await()
        .atMost(SOON)
        .until(
            () ->
                app.lake().linesOf("web").size() == 3
                    && get("/api/stats/summary").at("/totals/deadLetters").asInt() == 1);
    object = get(LAKE + "/objects?delimiter=none&prefix=service").at("/items/0/key").asText();
  }

  @AfterAll
  void stop() {
    app.close();
  }

  private List<Example> examples() {
    return List.of(
        new Example("health", "/health"),
        new Example("openapi", "/api/openapi.json"),
        new Example("intakeOpenapi", "/api/intake/openapi.json"),
        new Example("summary", "/api/stats/summary"),
        new Example("series", "/api/stats/series"),
        new Example("series", "/api/stats/series?after=2024-03-01T10:00:00Z"),
        new Example("startDemo", "/api/demo/start", "{}"),
        new Example("routes", "/api/routes"),
        new Example("route", "/api/routes/deliver"),
        new Example("streams", "/api/kinesis/streams"),
        new Example("stream", STREAM),
        new Example("shards", STREAM + "/shards"),
        new Example("streamMetrics", STREAM + "/metrics"),
        new Example("keys", STREAM + "/keys"),
        new Example("records", STREAM + "/records?" + SHARD),
        new Example("records", STREAM + "/records?from=LATEST&" + SHARD),
        new Example(
            "records", STREAM + "/records?from=AT_TIMESTAMP&at=2024-03-01T10:00:00Z&" + SHARD),
        new Example(
            "records",
            STREAM + "/records?from=AT_SEQUENCE_NUMBER&sequence=" + sequence + "&" + SHARD),
        new Example("records", STREAM + "/records?field=level&value=info&text=hello&" + SHARD),
        new Example("putRecord", STREAM + "/records", "{\"data\":\"{}\",\"partitionKey\":\"a\"}"),
        new Example("buckets", "/api/s3/buckets"),
        new Example("objects", LAKE + "/objects"),
        new Example("objects", LAKE + "/objects?delimiter=none"),
        new Example("services", LAKE + "/services"),
        new Example("partitions", LAKE + "/partitions"),
        new Example("download", LAKE + "/download?service=web"),
        new Example("download", LAKE + "/download?service=web&as=LINES"),
        new Example("object", "/api/s3/object/md-raw-logs/" + object),
        new Example("object", "/api/s3/object/md-raw-logs/" + object + "?download=true"),
        new Example("search", "/api/logs/search"),
        new Example("search", "/api/logs/search?service=web&level=info&text=HELLO&limit=1"),
        new Example("search", "/api/logs/search?query=level:%3E=info&count=true&early=true"),
        new Example("sqlTables", "/api/sql"),
        new Example("sql", "/api/sql", "{\"sql\":\"SELECT 1 AS n\"}"),
        new Example("sql", SQL + "&service=web", COUNT),
        new Example("sql", SQL + "&as=CSV", COUNT),
        new Example("sql", SQL + "&as=PARQUET", COUNT),
        new Example("audit", "/api/audit"),
        new Example("figures", "/api/figures"),
        new Example("figures", FIGURES),
        new Example("figures", FIGURES + "&service=web&series=INFO&signal=traces&step=3600"),
        new Example("figures", FIGURES + "&as=CSV"),
        new Example("figures", FIGURES + "&as=COUNTS"),
        new Example("deadLetters", "/api/dead-letters"),
        new Example("replay", "/api/dead-letters/replay", "{\"reason\":\"too-deep\"}"),
        new Example("discard", "/api/dead-letters/discard", "{\"reason\":[\"too-deep\"]}"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_answer_has_exactly_the_documented_fields(Example example) throws Exception {
    HttpResponse<String> answer = app.dashboard(example.path(), example.body());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isNotEmpty();
    assertThat(description.objections(operation(example), 200, type(answer), answer.body()))
        .as(answer.body())
        .isEmpty();
  }

  @Test
  void every_operation_has_an_example() {
    assertThat(examples().stream().map(Example::operation).distinct())
        .containsExactlyInAnyOrderElementsOf(
            description.operations().stream()
                .map(Operation::id)
                // Their answers have no end; see below, and DashboardTailTest.
                .filter(id -> !Set.of("events", "tail").contains(id))
                .toList());
  }

  @Test
  void the_description_says_of_every_object_which_fields_it_has() {
    assertThat(description.openObjects()).isEmpty();
  }

  @Test
  void events_are_as_documented() throws Exception {
    try (EventReader events = new EventReader(app.endpoints().dashboard())) {
      EventReader.Event summary = events.next("summary");
      EventReader.Event objects = events.next("objects");

      assertThat(description.objections("Summary", summary.data())).isEmpty();
      assertThat(description.objections("Objects", objects.data())).isEmpty();
      assertThat(ApiDescription.JSON.readTree(objects.data()))
          .extracting(delivered -> delivered.path("key").asText())
          .contains(object);
    }
  }

  /** Each parameter of each operation with values that its documented type does not have. */
  private Stream<String> outOfBounds() {
    return examples().stream()
        .filter(example -> example.body() == null)
        .flatMap(
            example ->
                operation(example).parameters().stream()
                    .filter(parameter -> isUsed(parameter, example))
                    .flatMap(
                        parameter ->
                            wrong(parameter.path("schema"))
                                .map(value -> with(example.path(), parameter, value))))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("outOfBounds")
  void what_is_out_of_bounds_is_refused(String path) throws Exception {
    HttpResponse<String> answer = app.get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(type(answer)).isEqualTo("application/problem+json");
    assertThat(description.objections("Problem", answer.body())).isEmpty();
  }

  private Stream<Example> missing() {
    String none = "/api/kinesis/stream/none";
    String bucket = "/api/s3/bucket/none";
    return Stream.of(
        new Example("route", "/api/routes/none"),
        new Example("stream", none),
        new Example("shards", none + "/shards"),
        new Example("streamMetrics", none + "/metrics"),
        new Example("keys", none + "/keys"),
        new Example("records", none + "/records?" + SHARD),
        new Example("records", STREAM + "/records?shard=shardId-000000000009"),
        new Example("putRecord", none + "/records", "{\"data\":\"{}\"}"),
        new Example("objects", bucket + "/objects"),
        new Example("services", bucket + "/services"),
        new Example("partitions", bucket + "/partitions"),
        new Example("download", bucket + "/download?service=web"),
        new Example("download", LAKE + "/download?service=none"),
        new Example("object", "/api/s3/object/none/key"),
        new Example("object", "/api/s3/object/md-raw-logs/none?download=true"),
        new Example("search", "/api/logs/search?bucket=none"));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void what_is_not_there_is_404(Example example) throws Exception {
    HttpResponse<String> answer = app.dashboard(example.path(), example.body());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(description.objections(operation(example), 404, type(answer), answer.body()))
        .isEmpty();
  }

  private Stream<Operation> operations() {
    return description.operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void another_method_is_405_with_those_that_are_known(Operation operation) throws Exception {
    HttpResponse<String> answer = send("DELETE", path(operation), app);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow"))
        .hasValue(description.methods(operation.path()));
    assertThat(description.objections("Problem", answer.body())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/js/app.js"})
  void a_file_can_be_read_and_no_more(String path) throws Exception {
    assertThat(send("HEAD", path, app).statusCode()).isEqualTo(200);

    HttpResponse<String> answer = send("POST", path, app);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void docs_leads_to_the_page_that_describes_the_apis() throws Exception {
    HttpResponse<String> answer = app.get("/docs");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("/#/docs");
  }

  @Test
  void what_changes_something_is_refused_to_pages_of_other_sites() throws Exception {
    for (Operation operation : description.operations()) {
      if (!operation.method().equals("GET")) {
        HttpResponse<String> answer =
            app.dashboard(path(operation), "{}", "Origin", "http://evil.example");

        assertThat(answer.statusCode()).as(operation.toString()).isEqualTo(403);
      }
    }
  }

  @Test
  void every_answer_binds_browsers() throws Exception {
    for (String path : List.of("/", "/js/app.js", "/api/routes", "/api/none", "/health", "/none")) {
      assertThat(app.get(path).headers().map())
          .as(path)
          .containsEntry("X-Content-Type-Options", List.of("nosniff"))
          .hasEntrySatisfying(
              "Content-Security-Policy",
              policy ->
                  assertThat(policy)
                      .singleElement()
                      .asString()
                      .startsWith("default-src 'none'; script-src 'self';")
                      .doesNotContain("unsafe"));
    }
  }

  @Test
  void with_a_token_set_nothing_is_answered_without_it() throws Exception {
    try (RunningApp guarded =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("guarded").toString(),
                "INBOX_DIR", home.resolve("guarded-inbox").toString(),
                "DASHBOARD_TOKEN", "secret"))) {
      for (Operation operation : description.operations()) {
        assertThat(send(operation.method(), path(operation), guarded).statusCode())
            .as(operation.toString())
            .isEqualTo(401);
      }
      assertThat(guarded.get("/").statusCode()).isEqualTo(401);
      assertThat(
              guarded.dashboard("/api/routes", null, "Authorization", "Bearer secret").statusCode())
          .isEqualTo(200);
    }
  }

  /** Whether the example comes to look at the parameter. */
  private static boolean isUsed(JsonNode parameter, Example example) {
    String name = parameter.path("name").asText();
    return (!List.of("at", "sequence").contains(name) || example.path().contains(name + "="))
        && !example.path().endsWith("download=true");
  }

  private static Stream<String> wrong(JsonNode schema) {
    if (schema.path("type").asText().equals("integer")) {
      return Stream.of(
          Long.toString(schema.path("maximum").asLong() + 1),
          Long.toString(schema.path("minimum").asLong() - 1),
          "many");
    }
    if (schema.path("format").asText().equals("date-time")) {
      return Stream.of("today");
    }
    return schema.has("enum") || schema.has("pattern")
        ? Stream.of("other")
        : Stream.of("x".repeat(2049));
  }

  private static String with(String path, JsonNode parameter, String value) {
    String name = parameter.path("name").asText();
    String rest = path.replaceAll("(?<=[?&])" + name + "=[^&]*&?", "").replaceAll("[?&]$", "");
    return rest + (rest.contains("?") ? "&" : "?") + name + "=" + value;
  }

  private Operation operation(Example example) {
    return description.operations().stream()
        .filter(operation -> operation.id().equals(example.operation()))
        .findFirst()
        .orElseThrow();
  }

  private static String path(Operation operation) {
    return operation.path().replaceAll("\\{[a-z]+}", "some");
  }

  private static HttpResponse<String> send(String method, String path, RunningApp app)
      throws Exception {
    return app.dashboard(HttpRequest.newBuilder().method(method, BodyPublishers.noBody()), path);
  }

  private JsonNode get(String path) throws Exception {
    return ApiDescription.JSON.readTree(app.get(path).body());
  }

  private static String type(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  private static String line(String time) {
    return "{\"timestamp\":\"%s\",\"service\":\"web\",\"level\":\"INFO\",\"message\":\"hello\"}\n"
        .formatted(time);
  }
}
