package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.signal.Signal;

/** The JSON form of a dead letter: its components are the fields, times are ISO-8601 in UTC. */
final class DeadLetterJson {

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
          .build();

  private DeadLetterJson() {}

  static String write(DeadLetter letter) {
    ObjectNode json = JSON.createObjectNode().put("id", letter.id());
    if (letter.signal() != Signal.LOGS) {
      json.put("signal", letter.signal().word());
    }
    json.put("reason", letter.reason())
        .put("message", letter.message())
        .put("stage", letter.stage())
        .putPOJO("source", letter.source());
    if (letter.service() != null) {
      json.put("service", letter.service());
    }
    if (letter.time() != null) {
      json.put("time", letter.time().toString());
    }
    json.put("attempts", letter.attempts());
    if (letter.records() != 1) {
      json.put("records", letter.records());
    }
    json.put("at", letter.at().toString());
    if (letter.content() instanceof Original.InMemory held) {
      String text = textOf(held.bytes());
      json.put(
          text == null ? "record_base64" : "record", text == null ? base64Of(held.bytes()) : text);
    } else if (letter.content() instanceof Content.ClaimCheck check) {
      json.putPOJO("record_object", check);
    }
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Texts and numbers can always be written", e);
    }
  }

  static DeadLetter read(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (!json.isObject()) {
        throw new IllegalArgumentException("the object is missing");
      }
      String time = text(json, "time");
      String signal = text(json, "signal");
      return new DeadLetter(
          required(json, "id"),
          required(json, "reason"),
          required(json, "message"),
          required(json, "stage"),
          source(json),
          text(json, "service"),
          time == null ? null : Instant.parse(time),
          count(json, "attempts", MAX_ATTEMPTS),
          json.hasNonNull("records") ? count(json, "records", Integer.MAX_VALUE) : 1,
          Instant.parse(required(json, "at")),
          content(json),
          signal == null ? Signal.LOGS : signal(signal));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a dead letter: " + e.getOriginalMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException("Not a dead letter: " + e.getMessage(), e);
    }
  }

  private static Source source(JsonNode json) throws JsonProcessingException {
    if (!json.hasNonNull("source")) {
      throw missing("source");
    }
    return JSON.treeToValue(json.get("source"), Source.class);
  }

  private static Signal signal(String word) {
    return Signal.of(word).orElseThrow(() -> new IllegalArgumentException("signal is " + word));
  }

  private static Content content(JsonNode json) throws JsonProcessingException {
    String text = text(json, "record");
    if (text != null) {
      return new Original.InMemory(ByteSlice.utf8(text));
    }
    String base64 = text(json, "record_base64");
    if (base64 != null) {
      return new Original.InMemory(ByteSlice.of(Base64.getDecoder().decode(base64)));
    }
    if (!json.hasNonNull("record_object")) {
      throw missing("record");
    }
    return JSON.treeToValue(json.get("record_object"), Content.ClaimCheck.class);
  }

  private static int count(JsonNode json, String name, int max) {
    long count = json.path(name).asLong();
    if (count < 1 || count > max) {
      throw new IllegalArgumentException(name + " is " + count);
    }
    return (int) count;
  }

  private static String required(JsonNode json, String name) {
    String text = text(json, name);
    if (text == null) {
      throw missing(name);
    }
    return text;
  }

  private static @Nullable String text(JsonNode json, String name) {
    return json.path(name).isValueNode() && json.hasNonNull(name) ? json.get(name).asText() : null;
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(name + " is missing");
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
}
