package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import routes.record.ByteSlice;
import routes.signal.Signal;

/** The JSON form of a dead letter: its components are the fields, times are ISO-8601 in UTC. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterJson(
    @Nullable String id,
    @Nullable String signal,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String stage,
    @Nullable Source source,
    @Nullable String service,
    @Nullable String time,
    int attempts,
    @Nullable Integer records,
    @Nullable String at,
    @Nullable String record,
    @JsonProperty("record_base64") @Nullable String recordBase64,
    @JsonProperty("record_object") Content.@Nullable ClaimCheck recordObject) {

  /**
   * All after it is escaped: surrogates, U+FFFE and U+FFFF are what SQS refuses besides control
   * characters, which JSON escapes anyway.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
   */
  private static final int LAST_BEFORE_SURROGATES = 0xD7FF;

  private static final int MAX_ATTEMPTS = 10_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              new JsonFactoryBuilder().highestNonEscapedChar(LAST_BEFORE_SURROGATES).build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static String write(DeadLetter letter) {
    ByteSlice bytes = letter.content() instanceof Content.Inline inline ? inline.bytes() : null;
    String text = bytes == null ? null : textOf(bytes);
    DeadLetterJson fields =
        new DeadLetterJson(
            letter.id(),
            letter.signal() == Signal.LOGS ? null : letter.signal().word(),
            letter.reason(),
            letter.message(),
            letter.stage(),
            letter.source(),
            letter.service(),
            letter.time() == null ? null : letter.time().toString(),
            letter.attempts(),
            letter.records() == 1 ? null : letter.records(),
            letter.at().toString(),
            text,
            bytes == null || text != null ? null : base64Of(bytes),
            letter.content() instanceof Content.ClaimCheck check ? check : null);
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Texts and numbers can always be written", e);
    }
  }

  static DeadLetter read(String json) {
    try {
      return required(JSON.readValue(json, DeadLetterJson.class), "the object").toDeadLetter();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a dead letter: " + e.getOriginalMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException("Not a dead letter: " + e.getMessage(), e);
    }
  }

  private DeadLetter toDeadLetter() {
    if (attempts < 1 || attempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException("attempts is " + attempts);
    }
    if (records != null && records < 1) {
      throw new IllegalArgumentException("records is " + records);
    }
    return new DeadLetter(
        required(id, "id"),
        required(reason, "reason"),
        required(message, "message"),
        required(stage, "stage"),
        required(source, "source"),
        service,
        time == null ? null : Instant.parse(time),
        attempts,
        records == null ? 1 : records,
        Instant.parse(required(at, "at")),
        content(),
        signal == null ? Signal.LOGS : signal(signal));
  }

  private static Signal signal(String word) {
    return Signal.of(word).orElseThrow(() -> new IllegalArgumentException("signal is " + word));
  }

  private Content content() {
    if (record != null) {
      return new Content.Inline(ByteSlice.utf8(record));
    }
    if (recordBase64 != null) {
      return new Content.Inline(ByteSlice.of(Base64.getDecoder().decode(recordBase64)));
    }
    return required(recordObject, "record");
  }

  /** The bytes as text if they are UTF-8, so that encoding it gives the same bytes again. */
  private static @Nullable String textOf(ByteSlice bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
      return UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String base64Of(ByteSlice bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
