package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import routes.json.ByteSlice;
import routes.record.FieldNames;
import routes.record.Reason;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.record.Rejection;
import routes.signal.Signal;
import software.amazon.awssdk.core.exception.SdkClientException;

class DeadLettersTest {

  private static final Instant AT = Instant.parse("2026-08-22T13:59:59.123Z");
  private static final Source SOURCE = new Source.Stream("logs", "shardId-000000000001", "4957", 3);
  private static final RecordParser PARSER =
      new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, service -> null);
  private static final int LIMIT = DeadLetters.SQS_MESSAGE_BYTES;

  private final FakeS3 s3 = new FakeS3();
  private final ClaimChecks claimChecks = new ClaimChecks(s3, "lake");
  private final DeadLetters deadLetters = new DeadLetters(claimChecks, PARSER);

  @Example
  void tells_all_that_is_known_of_a_record() {
    DeadLetter record =
        DeadLetter.of(
            new Original.InMemory(ByteSlice.utf8("{\"service\":\"a\tb\"}")),
            new Rejection(Reason.BAD_TIMESTAMP, "timestamp is \"x\""),
            "deliver",
            SOURCE,
            "checkout",
            AT,
            1,
            Signal.LOGS);

    assertThat(deadLetters.message(record))
        .isEqualTo(
            "{\"id\":\"00189e5713a95830a6ff33df1f163534\",\"reason\":\"bad-timestamp\",\"message\":\"timestamp is \\\"x\\\"\","
                + "\"stage\":\"deliver\",\"source\":{\"type\":\"stream\",\"stream\":\"logs\","
                + "\"shard\":\"shardId-000000000001\",\"sequence_number\":\"4957\",\"index\":3},"
                + "\"service\":\"checkout\",\"attempts\":1,"
                + "\"at\":\"2026-08-22T13:59:59.123Z\","
                + "\"record\":\"{\\\"service\\\":\\\"a\\tb\\\"}\"}");
  }

  @Example
  void leaves_out_what_is_not_known_and_encodes_what_is_no_text() {
    DeadLetter record =
        DeadLetter.of(
            new Original.InMemory(ByteSlice.of(new byte[] {(byte) 0xFF, 0})),
            new Rejection(Reason.NOT_UTF_8, "no text"),
            "ingest-files",
            new Source.File("a.jsonl", "2026-11-20T08:00:00Z", 10, 2),
            null,
            AT,
            1,
            Signal.LOGS);

    assertThat(deadLetters.message(record))
        .endsWith(
            "\"source\":{\"type\":\"file\",\"file\":\"a.jsonl\",\"since\":\"2026-11-20T08:00:00Z\","
                + "\"offset\":10,\"line\":2},"
                + "\"attempts\":1,\"at\":\"2026-08-22T13:59:59.123Z\","
                + "\"record_base64\":\"/wA=\"}");
  }

  @Example
  void a_record_itself_tells_whose_it_is_and_how_often_it_was_replayed() {
    DeadLetter record =
        DeadLetter.of(
            new Original.InMemory(
                ByteSlice.utf8("{\"app\":\"a/b\",\"ts\":\"1969-12-31T23:00:00Z\",\"replayed\":2}")),
            new Rejection(Reason.BEFORE_1970, "too early"),
            "deliver",
            SOURCE,
            "sent-for",
            AT,
            1,
            Signal.LOGS);

    String message = deadLetters.message(record);
    DeadLetter letter = DeadLetter.parse(message);

    assertThat(message)
        .contains("\"service\":\"a/b\",\"time\":\"1969-12-31T23:00:00Z\",\"attempts\":3,\"at\":");
    assertThat(letter.service()).isEqualTo("a/b");
    assertThat(letter.time()).isEqualTo("1969-12-31T23:00:00Z");
    assertThat(letter.attempts()).isEqualTo(3);
  }

  @Example
  void bytes_too_many_to_be_held_are_read_where_they_lie() {
    byte[] bytes = filled(2 * LIMIT, 'x');
    Original elsewhere =
        new Original.Elsewhere(bytes.length, () -> new ByteArrayInputStream(bytes));
    DeadLetter held = record(bytes);

    String message =
        deadLetters.message(
            DeadLetter.of(
                elsewhere,
                new Rejection(Reason.NOT_JSON, "no"),
                held.stage(),
                held.source(),
                null,
                AT,
                1,
                Signal.LOGS));

    assertThat(message).isEqualTo(deadLetters.message(held));
    assertThat(claimChecks.bytesOf(DeadLetter.parse(message))).contains(ByteSlice.of(bytes));
  }

  @Example
  void another_attempt_in_vain_keeps_all_but_the_count_and_the_reason() {
    String first = deadLetters.message(record("{}".getBytes(UTF_8), Signal.METRICS));
    assertThat(first).contains("\"signal\":\"metrics\"");

    String again =
        deadLetters.again(
            DeadLetter.parse(first), new Rejection(Reason.NO_SERVICE, "there is none"));

    assertThat(again)
        .isEqualTo(
            first
                .replace("\"attempts\":1", "\"attempts\":2")
                .replace(
                    "\"not-json\",\"message\":\"no\"",
                    "\"no-service\",\"message\":\"there is none\""));
  }

  @Example
  void another_attempt_leaves_stored_bytes_where_they_are() {
    DeadLetter letter = DeadLetter.parse(deadLetters.message(record(filled(LIMIT, 'x'))));
    s3.goAway();

    DeadLetter again =
        DeadLetter.parse(deadLetters.again(letter, new Rejection(Reason.TOO_LARGE, "")));

    assertThat(again.content()).isEqualTo(letter.content());
    assertThat(again.attempts()).isEqualTo(2);
  }

  @Example
  void a_message_that_names_another_object_gets_nobody_its_bytes() {
    DeadLetter letter = DeadLetter.parse(deadLetters.message(record(filled(LIMIT, 'x'))));
    String ours = ((Content.ClaimCheck) letter.content()).key();

    List<Content.ClaimCheck> foreign =
        List.of(
            new Content.ClaimCheck("state", ours, 1),
            new Content.ClaimCheck("lake", "service=a/" + ours, 1),
            new Content.ClaimCheck("lake", ours + "/../other", 1));
    foreign.forEach(check -> s3.objects().put(check.bucket() + "/" + check.key(), new byte[1]));
    for (Content.ClaimCheck check : foreign) {
      assertThat(claimChecks.bytesOf(pointingTo(check))).isEmpty();
    }
    claimChecks.delete(foreign);

    assertThat(s3.objects()).hasSize(4);
    claimChecks.delete(List.of((Content.ClaimCheck) letter.content()));
    assertThat(s3.objects()).hasSize(3);
  }

  @Property
  void any_bytes_come_back_as_they_were(@ForAll byte[] bytes) {
    comesBack(bytes);
  }

  @Property
  void any_text_comes_back_as_it_was(@ForAll("texts") String text) {
    comesBack(text.getBytes(UTF_8));
    assertThat(deadLetters.message(record(text.getBytes(UTF_8)))).contains("\"record\":");
  }

  @Property(tries = 100)
  void whatever_a_record_calls_itself_the_message_can_be_sent(@ForAll String text) {
    DeadLetter record =
        DeadLetter.of(
            new Original.InMemory(ByteSlice.utf8("{}")),
            new Rejection(Reason.BAD_SERVICE, text),
            text,
            new Source.Http(text, text, text, 0),
            text,
            AT,
            1,
            Signal.LOGS);

    String message = deadLetters.message(record);

    assertThat(message.codePoints()).allMatch(DeadLettersTest::isAllowedBySqs);
    assertThat(DeadLetter.parse(message))
        .isEqualTo(
            new DeadLetter(
                DeadLetterId.of(text, record.source(), (Original) record.content()),
                "bad-service",
                text,
                text,
                record.source(),
                text,
                null,
                1,
                1,
                AT,
                new Original.InMemory(ByteSlice.utf8("{}")),
                Signal.LOGS));
  }

  @Example
  void a_service_as_long_as_a_record_does_not_make_the_message_too_long() {
    String service = "s".repeat(LIMIT);
    DeadLetter record =
        DeadLetter.of(
            new Original.InMemory(ByteSlice.utf8(service)),
            new Rejection(Reason.BAD_SERVICE, service),
            "deliver",
            SOURCE,
            service,
            AT,
            1,
            Signal.LOGS);

    DeadLetter letter = DeadLetter.parse(deadLetters.message(record));

    assertThat(letter.service()).isEqualTo("s".repeat(1024) + "…");
    assertThat(letter.message()).isEqualTo(letter.service());
    assertThat(claimChecks.bytesOf(letter)).contains(ByteSlice.utf8(service));
  }

  @Example
  void a_message_of_exactly_the_limit_carries_the_record() {
    int envelope = deadLetters.message(record(new byte[0])).length();
    byte[] fitting = filled(LIMIT - envelope, 'x');
    byte[] oneMore = filled(LIMIT - envelope + 1, 'x');

    assertThat(deadLetters.message(record(fitting))).hasSize(LIMIT);
    assertThat(s3.objects()).isEmpty();

    DeadLetter letter = DeadLetter.parse(deadLetters.message(record(oneMore)));
    assertThat(letter.content())
        .isEqualTo(
            new Content.ClaimCheck(
                "lake", "errors/year=2026/month=08/day=22/hour=13/" + letter.id(), oneMore.length));
    assertThat(claimChecks.bytesOf(letter)).contains(ByteSlice.of(oneMore));
  }

  @Example
  void counts_the_bytes_of_the_message_not_those_of_the_record() {
    comesBack(filled(LIMIT / 5, '\u0000'));
    assertThat(s3.objects()).hasSize(1);
    comesBack("é".repeat(LIMIT / 2 - 1).getBytes(UTF_8));
    assertThat(s3.objects()).hasSize(2);
    byte[] binary = new byte[LIMIT * 4 / 5];
    Arrays.fill(binary, (byte) 0xFF);
    comesBack(binary);
    assertThat(s3.objects()).hasSize(3);
  }

  @Example
  void escapes_every_character_that_sqs_refuses() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      if (Character.getType(c) != Character.SURROGATE) {
        all.appendCodePoint(c);
      }
    }

    comesBack(all.toString().getBytes(UTF_8));

    assertThat(s3.objects()).isEmpty();
  }

  @Example
  void storing_a_record_again_leaves_one_object() {
    DeadLetter record = record(filled(5 * LIMIT, 'x'));

    String first = deadLetters.message(record);
    String second = deadLetters.message(record);

    assertThat(second).isEqualTo(first);
    assertThat(s3.objects()).hasSize(1);
  }

  @Example
  void there_is_no_message_when_the_record_could_not_be_stored() {
    s3.goAway();

    assertThatThrownBy(() -> deadLetters.message(record(filled(LIMIT, 'x'))))
        .isInstanceOf(SdkClientException.class);
  }

  @Example
  void says_when_stored_bytes_are_gone() {
    DeadLetter letter = DeadLetter.parse(deadLetters.message(record(filled(LIMIT, 'x'))));
    s3.objects().clear();

    assertThat(claimChecks.bytesOf(letter)).isEmpty();
  }

  @Example
  void obeys_a_queue_that_is_set_to_less() {
    DeadLetters small = new DeadLetters(claimChecks, PARSER, 256 * 1024);

    small.message(record(filled(200 * 1024, 'x')));
    assertThat(s3.objects()).isEmpty();
    small.message(record(filled(256 * 1024, 'x')));
    assertThat(s3.objects()).hasSize(1);
  }

  @Example
  void refuses_a_message_size_that_sqs_does_not_have() {
    assertThatThrownBy(() -> new DeadLetters(claimChecks, PARSER, LIMIT + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxMessageBytes is 1048577, allowed is 65536 to 1048576");
  }

  private void comesBack(byte[] bytes) {
    String message = deadLetters.message(record(bytes));

    assertThat(message.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(LIMIT);
    assertThat(message.codePoints()).allMatch(DeadLettersTest::isAllowedBySqs);
    assertThat(claimChecks.bytesOf(DeadLetter.parse(message))).contains(ByteSlice.of(bytes));
  }

  private static DeadLetter record(byte[] bytes) {
    return record(bytes, Signal.LOGS);
  }

  private static DeadLetter record(byte[] bytes, Signal signal) {
    return DeadLetter.of(
        new Original.InMemory(ByteSlice.of(bytes)),
        new Rejection(Reason.NOT_JSON, "no"),
        "deliver",
        SOURCE,
        null,
        AT,
        1,
        signal);
  }

  private static DeadLetter pointingTo(Content content) {
    return new DeadLetter("", "", "", "", SOURCE, null, null, 1, 1, AT, content, Signal.LOGS);
  }

  private static byte[] filled(int length, char with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static boolean isAllowedBySqs(int c) {
    return c == 0x9
        || c == 0xA
        || c == 0xD
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .map(Character::toString)
        .list()
        .ofMaxSize(200)
        .map(characters -> String.join("", characters));
  }
}
