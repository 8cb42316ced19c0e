package routes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.json.ByteSlice;
import routes.signal.Signal;

class DeadLetterTest {

  private static final String LETTER =
      "{\"id\":\"1\",\"reason\":\"not-json\",\"message\":\"no\",\"stage\":\"deliver\","
          + "\"source\":{\"type\":\"http\",\"remote\":\"::1\",\"path\":\"/api/ingest\",\"request\":\"r\",\"index\":0},"
          + "\"attempts\":1,\"at\":\"2026-08-22T13:00:00Z\",\"record\":\"x\"}";

  private static final DeadLetter PARSED =
      new DeadLetter(
          "1",
          "not-json",
          "no",
          "deliver",
          new Source.Http("::1", "/api/ingest", "r", 0),
          null,
          null,
          1,
          1,
          Instant.parse("2026-08-22T13:00:00Z"),
          new Original.InMemory(ByteSlice.utf8("x")),
          Signal.LOGS);

  @Test
  void is_read_from_its_message() {
    assertThat(DeadLetter.parse(LETTER)).isEqualTo(PARSED);
    assertThat(PARSED.toJson()).isEqualTo(LETTER);
  }

  @Test
  void accepts_the_reasons_and_fields_of_another_version() {
    assertThat(
            DeadLetter.parse(
                LETTER
                    .replace("\"not-json\"", "\"a-new-reason\"")
                    .replace("{\"id\"", "{\"new\":[1],\"id\"")))
        .extracting(DeadLetter::reason)
        .isEqualTo("a-new-reason");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "id":"1",                     | ``            | id is missing
          "record":"x"                  | "x":"x"       | record is missing
          "2026-08-22T13:00:00Z"        | "yesterday"   | Text 'yesterday' could not be parsed
          "type":"http"                 | "type":"fax"  | Could not resolve type id 'fax'
          "record":"x"                  | "record":"x   | Unexpected end-of-input
          "record":"x" | "record_base64":"!!!!" | Illegal base64 character 21
          """)
  void says_what_is_wrong_with_a_message_that_is_none(
      String part, String replacement, String problem) {
    assertThatThrownBy(() -> DeadLetter.parse(LETTER.replace(part, replacement)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Not a dead letter: ")
        .hasMessageContaining(problem);
  }

  @Test
  void the_word_null_is_no_dead_letter() {
    assertThatThrownBy(() -> DeadLetter.parse("null"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not a dead letter: the object is missing");
  }
}
