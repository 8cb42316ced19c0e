package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import routes.record.ByteSlice;
import routes.record.Reason;
import routes.record.Rejection;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class DeadLettersTest {

  private static final Instant AT = Instant.parse("2026-08-22T13:59:59.123Z");
  private static final Source SOURCE = new StreamSource("logs", "shardId-000000000001", "4957", 3);
  private static final int LIMIT = DeadLetters.SQS_MESSAGE_BYTES;

  private final FakeS3 s3 = new FakeS3();
  private final ClaimChecks claimChecks = new ClaimChecks(s3, "lake");
  private final DeadLetters deadLetters = new DeadLetters(claimChecks);

  @Example
  void tells_all_that_is_known_of_a_record() {
    Undeliverable record =
        new Undeliverable(
            ByteSlice.utf8("{\"service\":\"a\tb\"}"),
            new Rejection(Reason.BAD_TIMESTAMP, "timestamp is \"x\""),
            "deliver",
            SOURCE,
            "checkout",
            Instant.parse("2026-08-22T12:00:00Z"),
            2,
            AT);

    assertThat(deadLetters.message(record))
        .isEqualTo(
            "{\"id\":\"00189e5713a95830a6ff33df1f163534\",\"reason\":\"bad-timestamp\",\"message\":\"timestamp is \\\"x\\\"\","
                + "\"stage\":\"deliver\",\"source\":{\"type\":\"stream\",\"stream\":\"logs\","
                + "\"shard\":\"shardId-000000000001\",\"sequence_number\":\"4957\",\"index\":3},"
                + "\"service\":\"checkout\",\"time\":\"2026-08-22T12:00:00Z\",\"attempts\":2,"
                + "\"at\":\"2026-08-22T13:59:59.123Z\","
                + "\"record\":\"{\\\"service\\\":\\\"a\\tb\\\"}\"}");
  }

  @Example
  void leaves_out_what_is_not_known_and_encodes_what_is_no_text() {
    Undeliverable record =
        new Undeliverable(
            ByteSlice.of(new byte[] {(byte) 0xFF, 0}),
            new Rejection(Reason.NOT_UTF_8, "no text"),
            "ingest-files",
            new FileSource("a.jsonl", 10, 2),
            null,
            null,
            1,
            AT);

    assertThat(deadLetters.message(record))
        .endsWith(
            "\"source\":{\"type\":\"file\",\"file\":\"a.jsonl\",\"offset\":10,\"line\":2},"
                + "\"attempts\":1,\"at\":\"2026-08-22T13:59:59.123Z\","
                + "\"record_base64\":\"/wA=\"}");
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
    Undeliverable record =
        new Undeliverable(
            ByteSlice.utf8("{}"),
            new Rejection(Reason.BAD_SERVICE, text),
            text,
            new HttpSource(text, text),
            text,
            null,
            1,
            AT);

    String message = deadLetters.message(record);

    assertThat(message.codePoints()).allMatch(DeadLettersTest::isAllowedBySqs);
    assertThat(DeadLetter.parse(message))
        .isEqualTo(
            new DeadLetter(
                DeadLetterId.of(text, record.source(), record.bytes()),
                "bad-service",
                text,
                text,
                record.source(),
                text,
                null,
                1,
                AT,
                new Content.Inline(record.bytes())));
  }

  @Example
  void a_service_as_long_as_a_record_does_not_make_the_message_too_long() {
    String service = "s".repeat(LIMIT);
    Undeliverable record =
        new Undeliverable(
            ByteSlice.utf8(service),
            new Rejection(Reason.BAD_SERVICE, service),
            "deliver",
            SOURCE,
            service,
            null,
            1,
            AT);

    DeadLetter letter = DeadLetter.parse(deadLetters.message(record));

    assertThat(letter.service()).isEqualTo("s".repeat(1024) + "…");
    assertThat(letter.message()).isEqualTo(letter.service());
    assertThat(claimChecks.bytesOf(letter)).isEqualTo(record.bytes());
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
    assertThat(claimChecks.bytesOf(letter)).isEqualTo(ByteSlice.of(oneMore));
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
    Undeliverable record = record(filled(5 * LIMIT, 'x'));

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

    assertThatThrownBy(() -> claimChecks.bytesOf(letter)).isInstanceOf(NoSuchKeyException.class);
  }

  @Example
  void obeys_a_queue_that_is_set_to_less() {
    DeadLetters small = new DeadLetters(claimChecks, 256 * 1024);

    small.message(record(filled(200 * 1024, 'x')));
    assertThat(s3.objects()).isEmpty();
    small.message(record(filled(256 * 1024, 'x')));
    assertThat(s3.objects()).hasSize(1);
  }

  @Example
  void refuses_a_message_size_that_sqs_does_not_have() {
    assertThatThrownBy(() -> new DeadLetters(claimChecks, LIMIT + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxMessageBytes is 1048577, allowed is 65536 to 1048576");
  }

  private void comesBack(byte[] bytes) {
    String message = deadLetters.message(record(bytes));

    assertThat(message.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(LIMIT);
    assertThat(message.codePoints()).allMatch(DeadLettersTest::isAllowedBySqs);
    assertThat(claimChecks.bytesOf(DeadLetter.parse(message)).toByteArray()).isEqualTo(bytes);
  }

  private static Undeliverable record(byte[] bytes) {
    return new Undeliverable(
        ByteSlice.of(bytes),
        new Rejection(Reason.NOT_JSON, "no"),
        "deliver",
        SOURCE,
        null,
        null,
        1,
        AT);
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
