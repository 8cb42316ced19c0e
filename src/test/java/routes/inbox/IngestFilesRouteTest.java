package routes.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.RoutesUnderTest;
import routes.deadletter.DeadLetter;
import routes.deadletter.Original;
import routes.deadletter.Source;
import routes.record.LogRecord;

class IngestFilesRouteTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final List<String> effects = Collections.synchronizedList(new ArrayList<>());
  private Path inbox;
  private int failures;
  private int lostLetters;
  private @Nullable RoutesUnderTest routes;

  @AfterEach
  void stop() {
    if (routes != null) {
      routes.close();
    }
  }

  @Test
  void a_file_is_published_its_poison_set_aside_and_then_moved() throws Exception {
    start(Map.of());
    String content = line(1) + "\nno record\n\n" + line(2);
    Files.writeString(inbox.resolve("new.jsonl"), content);
    Files.writeString(inbox.resolve("other.txt"), line(3));

    await().atMost(SOON).until(() -> done().size() == 1);

    assertThat(effects)
        .containsExactly("publish 1", "dead letter no record of line 2", "publish 2");
    assertThat(inbox.resolve("done/new.jsonl")).hasContent(content);
    assertThat(inbox.resolve("new.jsonl")).doesNotExist();
    assertThat(inbox.resolve("other.txt")).exists();
  }

  @Test
  void a_file_stays_until_all_its_records_are_published() throws Exception {
    failures = 2;
    start(Map.of());
    Files.writeString(inbox.resolve("new.jsonl"), line(1) + "\n");

    await().atMost(SOON).until(() -> done().size() == 1);

    assertThat(effects).containsExactly("publish 1", "publish 1", "publish 1");
  }

  @Test
  void a_file_stays_until_all_its_poison_is_set_aside() throws Exception {
    lostLetters = 2;
    start(Map.of());
    Files.writeString(inbox.resolve("new.jsonl"), "no record\n");

    await().atMost(SOON).until(() -> done().size() == 1);

    assertThat(effects).hasSize(3).containsOnly("dead letter no record of line 1");
  }

  @Test
  void a_line_too_long_to_be_held_is_set_aside_with_all_its_bytes() throws Exception {
    start(Map.of());
    String tooLong = "x".repeat(5 << 20);
    Files.writeString(inbox.resolve("new.jsonl"), line(1) + "\n" + tooLong + "\n" + line(2));

    await().atMost(SOON).until(() -> done().size() == 1);

    // Five million characters are not shown when they differ.
    effects.replaceAll(effect -> effect.replace(tooLong, "too long"));
    assertThat(effects).containsExactly("publish 1", "dead letter too long of line 2", "publish 2");
  }

  @Test
  void a_growing_file_is_published_as_it_grows() throws Exception {
    start(Map.of("INBOX_FINISHED_AFTER_MS", "3600000"));
    Path file = inbox.resolve("app.ndjson");
    Files.writeString(file, line(1) + "\n" + line(2));
    await().atMost(SOON).until(() -> effects.size() == 1);
    Files.writeString(file, "\n", StandardOpenOption.APPEND);
    await().atMost(SOON).until(() -> effects.size() == 2);

    assertThat(effects).containsExactly("publish 1", "publish 2");
    assertThat(done()).isEmpty();
  }

  @Test
  void files_wait_while_publishing_is_switched_off() throws Exception {
    start(Map.of("KINESIS_ENABLED", "false"));
    Files.createDirectories(inbox);
    Files.writeString(inbox.resolve("new.jsonl"), line(1) + "\n");
    stop();
    assertThat(effects).isEmpty();
    assertThat(inbox.resolve("new.jsonl")).exists();

    start(Map.of());
    await().atMost(SOON).until(() -> done().size() == 1);
    assertThat(effects).containsExactly("publish 1");
  }

  private void start(Map<String, String> env) {
    // A name that a URI would have written otherwise.
    inbox = folder.resolve("in box+%41");
    Map<String, String> all = new HashMap<>(env);
    all.put("INBOX_DIR", inbox.toString());
    all.putIfAbsent("INBOX_FINISHED_AFTER_MS", "100");
    routes =
        new RoutesUnderTest(all, "ingest-files", "errors")
            .bind("inbox", new InboxComponent(RoutesUnderTest.PARSERS))
            .neighbour("direct:publish", this::publish)
            .neighbour("direct:dead-letters", this::deadLetter)
            .start();
  }

  private void publish(Exchange exchange) throws Exception {
    for (Object record : exchange.getMessage().getBody(List.class)) {
      effects.add("publish " + ((LogRecord) record).id());
    }
    assertThat(done()).isEmpty();
    if (failures-- > 0) {
      throw new IllegalStateException("Kinesis is away");
    }
  }

  private void deadLetter(Exchange exchange) throws IOException {
    DeadLetter record = exchange.getMessage().getBody(DeadLetter.class);
    try (InputStream bytes = ((Original) record.content()).open()) {
      effects.add(
          "dead letter %s of line %d"
              .formatted(
                  new String(bytes.readAllBytes(), UTF_8), ((Source.File) record.source()).line()));
    }
    if (lostLetters-- > 0) {
      throw new IllegalStateException("The queue is away");
    }
  }

  private List<Path> done() throws IOException {
    Path done = inbox.resolve("done");
    if (!Files.isDirectory(done)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(done)) {
      return files.toList();
    }
  }

  private static String line(int id) {
    return "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"a\",\"record_id\":\"%d\"}"
        .formatted(id);
  }
}
