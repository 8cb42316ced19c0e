package routes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.deadletter.Original;
import routes.deadletter.Source;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.Reason;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

class LineParserTest {

  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final FileOffset START = FileOffset.start("logs.jsonl", "inode 7", 3);
  private static final String A =
      "{\"timestamp\":1700000001,\"service\":\"a\",\"record_id\":\"1\"}";
  private static final String WITHOUT_ID = "{\"timestamp\":1700000001,\"service\":\"a\"}";

  private static final String SINCE = Instant.ofEpochMilli(START.since()).toString();

  private final LineParser parser =
      new LineParser(
          new RecordParsers(
              FieldNames.DEFAULT, new RecordLimits(109, 10, Duration.ZERO), service -> null),
          InstantSource.fixed(NOW));

  @Test
  void records_are_sorted_from_other_lines_and_these_carry_their_place() throws IOException {
    LineBatch batch = parse("\uFEFF" + A + "\n\n  oops \r\n" + A + A + "\n \n" + A + "\n", START);

    assertThat(batch.accepted()).extracting(LogRecord::id).containsExactly("1", "1");
    assertThat(batch.undeliverable())
        .extracting(
            one -> one.content().toString(),
            one -> one.reason(),
            one -> one.source(),
            one -> one.stage() + " " + one.at())
        .containsExactly(
            tuple(
                "oops",
                Reason.NOT_AN_OBJECT.code(),
                new Source.File("inbox/logs.jsonl", SINCE, 59, 3),
                "ingest-files " + NOW),
            tuple(
                A + A,
                Reason.NOT_JSON.code(),
                new Source.File("inbox/logs.jsonl", SINCE, 68, 4),
                "ingest-files " + NOW));
    assertThat(batch.end()).isEqualTo(234);
    assertThat(batch.lines()).isEqualTo(6);
  }

  @Test
  void lines_are_counted_on_from_where_reading_went_on() throws IOException {
    FileOffset later = new FileOffset("f", "k", "k", 1, 7, 2, Fingerprint.NONE, 0);

    LineBatch batch =
        parser.parse(lines("line\nx\n" + A + "\n", later), "f", later, content("line\nx\n" + A));

    assertThat(batch.undeliverable()).isEmpty();
    assertThat(batch.lines()).isEqualTo(3);
  }

  @Test
  void a_line_without_an_id_gets_one_from_where_it_stands() throws IOException {
    List<String> ids = ids(WITHOUT_ID + "\n" + WITHOUT_ID + "\n", START);

    assertThat(ids).doesNotHaveDuplicates().hasSize(2).allMatch(id -> id.matches("[0-9a-f]{32}"));
    assertThat(ids(WITHOUT_ID + "\n" + WITHOUT_ID + "\n", START.in("renamed", "inode 8")))
        .isEqualTo(ids);
    assertThat(ids(WITHOUT_ID.replace("a", "b") + "\n", START)).doesNotContainAnyElementsOf(ids);
    assertThat(ids(WITHOUT_ID + "\n", FileOffset.start("logs.jsonl", "inode 7", 4)))
        .doesNotContainAnyElementsOf(ids);
    assertThat(ids(WITHOUT_ID + "\n", FileOffset.start("logs.jsonl", "inode 8", 3)))
        .doesNotContainAnyElementsOf(ids);
  }

  @Test
  void a_record_carries_the_id_it_was_given() throws IOException {
    LogRecord record = parse(WITHOUT_ID + "\n", START).accepted().get(0);

    assertThat(record.line())
        .hasToString(
            "{\"timestamp\":1700000001,\"service\":\"a\",\"ingest_id\":\"" + record.id() + "\"}");
  }

  @Test
  void a_line_too_long_to_be_held_can_be_read_again() throws IOException {
    String text = "abc\n" + "x".repeat(200_000) + "\n";
    RawLine line = new RawLine(4, 200_000, 200_005, null);

    LineBatch batch = parser.parse(List.of(line), "f", START, content(text));

    assertThat(batch.accepted()).isEmpty();
    assertThat(batch.undeliverable())
        .extracting(one -> one.content().size(), one -> one.message(), one -> one.source())
        .containsExactly(
            tuple(
                200_000L,
                "The line takes 200000 bytes, of at most 109",
                new Source.File("f", SINCE, 4, 1)));
    try (InputStream bytes = ((Original) batch.undeliverable().get(0).content()).open()) {
      assertThat(bytes.read()).isEqualTo('x');
      assertThat(bytes.readAllBytes()).hasSize(199_999).containsOnly('x');
      assertThat(bytes.read()).isEqualTo(-1);
    }
  }

  private List<String> ids(String text, FileOffset from) throws IOException {
    return parse(text, from).accepted().stream().map(LogRecord::id).toList();
  }

  private LineBatch parse(String text, FileOffset from) throws IOException {
    return parser.parse(lines(text, from), "inbox/logs.jsonl", from, content(text));
  }

  private static List<RawLine> lines(String text, FileOffset from) throws IOException {
    return new RawLines(content(text), 1000, 1000).read(from.offset(), false);
  }

  private static Content content(String text) {
    return new ContentInMemory(text);
  }
}
