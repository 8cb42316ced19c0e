package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.deadletter.FileSource;
import routes.deadletter.Undeliverable;
import routes.intake.InboxFiles;
import routes.record.LogRecord;

class IngestFilesRouteTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path inbox;
  private final List<String> effects = Collections.synchronizedList(new ArrayList<>());
  private int failures;
  private int lostLetters;
  private RoutesUnderTest routes;

  @BeforeEach
  void start() {
    routes =
        new RoutesUnderTest(Map.of("INBOX_DIR", inbox.toString()), "ingest-files", "errors")
            .bind("inbox-files", new InboxFiles(RoutesUnderTest.PARSER))
            .neighbour("direct:publish", this::publish)
            .neighbour("direct:dead-letters", this::deadLetter)
            .start();
  }

  @AfterEach
  void stop() {
    routes.close();
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
    Undeliverable record = exchange.getMessage().getBody(Undeliverable.class);
    try (InputStream bytes = record.bytes().open()) {
      effects.add(
          "dead letter %s of line %d"
              .formatted(
                  new String(bytes.readAllBytes(), UTF_8), ((FileSource) record.source()).line()));
    }
    if (lostLetters-- > 0) {
      throw new IllegalStateException("The queue is away");
    }
  }

  @Test
  void a_file_is_published_its_poison_set_aside_and_then_moved() throws Exception {
    String content = line(1) + "\nno record\n\n" + line(2);
    Files.writeString(inbox.resolve("new.jsonl"), content);
    Files.writeString(inbox.resolve("other.txt"), line(3));

    await().atMost(SOON).until(() -> done().size() == 1);

    assertThat(effects)
        .containsExactly("publish 1", "publish 2", "dead letter no record of line 2");
    assertThat(done().get(0)).hasContent(content);
    assertThat(done().get(0).getFileName().toString()).matches("new-[0-9A-F]+-[0-9A-F]+\\.jsonl");
    assertThat(inbox.resolve("new.jsonl")).doesNotExist();
    assertThat(inbox.resolve("other.txt")).exists();
  }

  @Test
  void a_file_stays_until_all_its_records_are_published() throws Exception {
    failures = 2;
    Files.writeString(inbox.resolve("new.jsonl"), line(1));

    await().atMost(SOON).until(() -> done().size() == 1);

    assertThat(effects).containsExactly("publish 1", "publish 1", "publish 1");
  }

  @Test
  void a_file_stays_until_all_its_poison_is_set_aside() throws Exception {
    lostLetters = 2;
    Files.writeString(inbox.resolve("new.jsonl"), "no record");

    await().atMost(SOON).until(() -> done().size() == 1);

    assertThat(effects).hasSize(3).containsOnly("dead letter no record of line 1");
  }

  @Test
  void a_line_too_long_to_be_held_is_set_aside_with_all_its_bytes() throws Exception {
    String tooLong = "x".repeat(5 << 20);
    Files.writeString(inbox.resolve("new.jsonl"), line(1) + "\n" + tooLong + "\n" + line(2));

    await().atMost(SOON).until(() -> done().size() == 1);

    // Five million characters are not shown when they differ.
    effects.replaceAll(effect -> effect.replace(tooLong, "too long"));
    assertThat(effects).containsExactly("publish 1", "dead letter too long of line 2", "publish 2");
  }

  private List<Path> done() throws IOException {
    Path folder = inbox.resolve("done");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String line(int id) {
    return "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"a\",\"record_id\":\"%d\"}"
        .formatted(id);
  }
}
