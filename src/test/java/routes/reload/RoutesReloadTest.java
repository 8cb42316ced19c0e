package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.ApiDescription;
import routes.RunningApp;

/** Edits of the routes while the application runs. */
class RoutesReloadTest {

  private static final String REPLY =
      """
              - bean:
                  ref: http-exchanges
                  method: reply
      """;

  private static final String REPLY_AS_TEXT =
      REPLY
          + """
              - setHeader:
                  name: Content-Type
                  expression:
                    constant:
                      expression: text/plain
      """;

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int CLIENTS = 8;

  @TempDir Path home;
  private RunningApp app;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectory(home.resolve("routes"));
    try (Stream<Path> files = Files.list(Path.of("routes-yaml"))) {
      for (Path file : files.toList()) {
        Files.copy(file, home.resolve("routes").resolve(file.getFileName()));
      }
    }
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("data").toString(),
                "INBOX_DIR", home.resolve("inbox").toString(),
                "ROUTES_DIR", home.resolve("routes").toString(),
                "ROUTES_RELOAD", "true",
                "FLUSH_INTERVAL_MS", "3600000"));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void a_saved_edit_takes_effect() throws Exception {
    edit("ingest", REPLY, REPLY_AS_TEXT);

    await().atMost(SOON).until(() -> typeOfAnswer().equals("text/plain"));
  }

  @Test
  void a_new_file_becomes_a_route() throws Exception {
    Files.writeString(
        home.resolve("routes/hello.yaml"),
        """
        - route:
            id: hello
            description: Answers
            from:
              uri: platform-http:/hello
              steps:
                - setBody:
                    expression:
                      simple:
                        expression: hello ${body}
        """);

    await()
        .atMost(SOON)
        .until(() -> app.post("/hello", "text/plain", "world").body().equals("hello world"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest-http", "ingest", "publish"})
  void requests_meet_the_old_route_or_the_new_one(String file) throws Exception {
    AtomicBoolean saved = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Map<String, Integer>>> answers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        answers.add(clients.submit(() -> answersUntil(saved)));
      }
      for (int i = 0; i < 3; i++) {
        edit(file, "description: ", "description: Edited. ");
        String edited = "Edited. ".repeat(i + 1);
        await().atMost(SOON).until(() -> app.get("/api/routes").body().contains(edited));
      }
      saved.set(true);
      for (Future<Map<String, Integer>> client : answers) {
        assertThat(client.get().keySet()).isSubsetOf("200", "503 after 5");
      }
    } finally {
      saved.set(true);
      clients.shutdown();
    }
  }

  private Map<String, Integer> answersUntil(AtomicBoolean end) throws Exception {
    Map<String, Integer> answers = new TreeMap<>();
    while (!end.get()) {
      HttpResponse<String> answer =
          app.post(
              "/api/ingest",
              "application/json",
              "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"a\"}");
      String again = answer.headers().firstValue("Retry-After").map(" after "::concat).orElse("");
      answers.merge(answer.statusCode() + again, 1, Integer::sum);
    }
    return answers;
  }

  @Test
  void while_an_edit_does_not_parse_the_old_route_serves() throws Exception {
    assertServedDespite("publish", "- bean:", "- beann: :");
  }

  @Test
  void while_an_edit_has_an_unknown_step_the_old_route_serves() throws Exception {
    assertServedDespite("publish", "- choice:", "- choicee:");
  }

  @Test
  void while_an_edit_names_an_unknown_bean_the_old_route_serves() throws Exception {
    assertServedDespite("publish", "ref: partition-keys", "ref: partition-keyz");
  }

  @Test
  void while_an_edit_has_an_unknown_component_the_old_route_serves() throws Exception {
    assertServedDespite("publish", "uri: aws2-kinesis:", "uri: aws3-kinesis:");
  }

  @Test
  void while_an_edit_has_a_bad_expression_the_old_route_serves() throws Exception {
    assertServedDespite("publish", "${header.signal}", "${headerr.signal}");
  }

  @Test
  void while_an_edit_cannot_be_started_the_old_route_serves() throws Exception {
    assertServedDespite("publish", "uri: direct:publish", "uri: direct:put-object");
  }

  @Test
  void while_an_edit_sends_to_a_route_that_is_not_there_the_old_route_serves() throws Exception {
    assertServedDespite("ingest-http", "uri: direct:ingest", "uri: direct:ingestt");
    assertThat(fault("ingest-http.yaml").path("reason").asText())
        .startsWith("the route ingest-http sends to direct:ingestt, but no route takes from it");
  }

  @Test
  void what_waits_for_a_route_of_another_file_runs_once_that_is_saved() throws Exception {
    Files.writeString(home.resolve("routes/hello.yaml"), route("hello", "platform-http:/hello"));
    await().atMost(SOON).until(() -> !fault("hello.yaml").isMissingNode());

    Files.writeString(home.resolve("routes/other.yaml"), route("other", "direct:other"));

    await().atMost(SOON).until(() -> app.post("/hello", "text/plain", "").statusCode() == 200);
    assertThat(fault("hello.yaml").isMissingNode()).isTrue();
  }

  @Test
  void a_broken_edit_is_told_with_what_runs() throws Exception {
    String before = Files.readString(home.resolve("routes/publish.yaml"));
    edit("publish", "- bean:", "- beann: :");
    await().atMost(SOON).until(() -> !fault("publish.yaml").isMissingNode());

    JsonNode route = ApiDescription.JSON.readTree(app.get("/api/routes/publish").body());
    assertThat(route.path("yaml").asText()).isEqualTo(before);
    assertThat(route.at("/fault/saved").asText()).contains("- beann: :");
    assertThat(route.at("/fault/line").asInt()).isEqualTo(line(before, "- bean:"));
    assertThat(route.at("/fault/older").asBoolean()).isTrue();
    assertThat(app.get("/observe/metrics").body()).contains("routes_broken 1.0");

    Files.writeString(home.resolve("routes/publish.yaml"), before + "# the same again\n");
    await().atMost(SOON).until(() -> fault("publish.yaml").isMissingNode());
    assertThat(app.get("/observe/metrics").body()).contains("routes_broken 0.0");
  }

  /** Missing when the file runs as it was saved. */
  private JsonNode fault(String file) throws Exception {
    JsonNode faults = ApiDescription.JSON.readTree(app.get("/api/routes").body()).path("faults");
    for (JsonNode fault : faults) {
      if (fault.path("file").asText().equals(file)) {
        return fault;
      }
    }
    return MissingNode.getInstance();
  }

  private static int line(String text, String part) {
    return 1 + (int) text.substring(0, text.indexOf(part)).chars().filter(c -> c == '\n').count();
  }

  private static String route(String id, String from) {
    return """
    - route:
        id: %s
        from:
          uri: %s
          steps:
            - %s
    """
        .formatted(
            id, from, id.equals("hello") ? "to: {uri: direct:other}" : "log: {message: came}");
  }

  @Test
  void while_a_file_is_empty_the_old_route_serves() throws Exception {
    Files.writeString(home.resolve("routes/publish.yaml"), "");
    assertServes();
  }

  @Test
  void a_broken_edit_of_the_beans_leaves_those_there_were() throws Exception {
    assertServedDespite("beans", "routes.delivery.Resume", "routes.delivery.Resumed");
  }

  @Test
  void an_edit_of_the_beans_takes_effect_on_the_routes_that_use_them() throws Exception {
    Path beans = home.resolve("routes/beans.yaml");
    Files.writeString(
        beans,
        Files.readString(beans)
            + """
                  - name: greeting
                    type: java.lang.String
                    constructors:
                      "0": hello
              """);
    Files.writeString(
        home.resolve("routes/greet.yaml"),
        """
        - route:
            id: greet
            description: Greets
            from:
              uri: platform-http:/greet
              steps:
                - setBody:
                    expression:
                      method:
                        ref: greeting
                        method: toString
        """);
    awaitAnswer("/greet", "hello");

    edit("beans", "\"0\": hello", "\"0\": goodbye");

    awaitAnswer("/greet", "goodbye");
    assertServes();
  }

  @Test
  void an_edit_of_the_errors_takes_effect_on_the_routes_that_use_them() throws Exception {
    edit("errors", "ref: http-exchanges\n", "ref: no-such-bean\n");
    assertServes();
    edit("errors", "ref: no-such-bean\n", "beanType: routes.reload.RoutesReloadTest\n");

    awaitAnswer("/api/ingest", "otherwise");
  }

  /** What an edited file may call. */
  @SuppressWarnings("unused")
  public static String refuse() {
    return "otherwise";
  }

  private void awaitAnswer(String path, String body) {
    await().atMost(SOON).until(() -> app.post(path, "text/plain", "no record").body().equals(body));
  }

  @Test
  void while_an_edit_of_the_beans_lacks_one_that_is_used_the_old_ones_serve() throws Exception {
    assertServedDespite("beans", "name: resume", "name: resumed");
  }

  @Test
  void a_copy_does_not_take_the_place_of_its_original() throws Exception {
    String copy = Files.readString(home.resolve("routes/ingest.yaml"));
    Files.writeString(home.resolve("routes/copy.yaml"), copy.replace(REPLY, REPLY_AS_TEXT));

    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .until(() -> typeOfAnswer().equals("application/json"));
  }

  @Test
  void a_route_may_be_given_another_name() throws Exception {
    edit("ingest", REPLY, REPLY_AS_TEXT);
    edit("ingest", "id: ingest", "id: take-in");

    await().atMost(SOON).until(() -> typeOfAnswer().equals("text/plain"));
  }

  @Test
  void a_broken_edit_can_be_mended() throws Exception {
    assertServedDespite("ingest-otlp", "uri:", "url:");
    edit("ingest-otlp", "url:", "uri:");
    edit("ingest", REPLY, REPLY_AS_TEXT);

    await().atMost(SOON).until(() -> typeOfAnswer().equals("text/plain"));
  }

  @Test
  void a_broken_file_does_not_keep_edits_of_others_from_taking_effect() throws Exception {
    edit("publish", "- bean:", "- beann: :");

    edit("ingest", REPLY, REPLY_AS_TEXT);

    await().atMost(SOON).until(() -> typeOfAnswer().equals("text/plain"));
  }

  @Test
  void what_is_open_when_the_delivery_route_is_edited_is_neither_lost_nor_doubled()
      throws Exception {
    List<String> sent = new ArrayList<>();
    AtomicBoolean edited = new AtomicBoolean();
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              for (int batch = 0; batch < 20 || !edited.get(); batch++) {
                sent.addAll(send(batch));
              }
            });
    await().atMost(SOON).until(() -> app.lake().lines().isEmpty());

    edit("deliver", "{{flush.max-records}}", "1");
    await().atMost(SOON).until(() -> !app.lake().lines().isEmpty());
    edited.set(true);
    sending.join();

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(app.lake().lines().values().stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(sent));
  }

  private void assertServedDespite(String route, String text, String broken) throws Exception {
    edit(route, text, broken);
    assertServes();
  }

  private void assertServes() {
    await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> app.ingest(line("a", 1)) == 200);
  }

  private String typeOfAnswer() throws IOException, InterruptedException {
    return app.post("/api/ingest", "application/json", line("a", 1))
        .headers()
        .firstValue("Content-Type")
        .orElseThrow();
  }

  private void edit(String route, String text, String replacement) throws IOException {
    Path file = home.resolve("routes/" + route + ".yaml");
    String yaml = Files.readString(file);
    assertThat(yaml).contains(text);
    Files.writeString(file, yaml.replace(text, replacement));
  }

  private List<String> send(int batch) {
    List<String> lines =
        IntStream.range(0, 20).mapToObj(i -> line("s" + i % 5, batch * 20 + i)).toList();
    try {
      assertThat(app.ingest(String.join("\n", lines))).isEqualTo(200);
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
    return lines;
  }

  private static String line(String service, int number) {
    return "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"%s\",\"record_id\":\"%d\"}"
        .formatted(service, number);
  }
}
