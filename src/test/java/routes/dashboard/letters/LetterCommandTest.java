package routes.dashboard.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.deadletter.DeadLetterFilter;
import routes.deadletter.Patch;
import routes.http.HttpProblem;

class LetterCommandTest {

  @Test
  void says_which_letters_and_what_to_set() throws Exception {
    assertThat(
            LetterCommand.replay(
                json(
                    """
                    {"id":"1","reason":["no-service","no-timestamp"],"service":"a",
                     "from":"2026-11-20T09:00:00Z","to":"2026-11-20T10:00:00Z","limit":7,
                     "set":{"service":"b","timestamp":"2026-11-20T09:30:00Z"}}
                    """)))
        .isEqualTo(
            new LetterCommand(
                new DeadLetterFilter(
                    Set.of("1"),
                    Set.of("no-service", "no-timestamp"),
                    "a",
                    Instant.parse("2026-11-20T09:00:00Z"),
                    Instant.parse("2026-11-20T10:00:00Z")),
                new Patch("b", Instant.parse("2026-11-20T09:30:00Z")),
                7));
  }

  @Test
  void all_letters_must_be_asked_for() throws Exception {
    assertThat(LetterCommand.discard(json("{\"all\":true}")))
        .isEqualTo(new LetterCommand(DeadLetterFilter.ALL, Patch.NONE, 1_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                             | Say which dead letters
          {"limit":5}                    | Say which dead letters
          {"all":false}                  | Say which dead letters
          {"all":true,"reason":"a"}      | Say which dead letters
          {"all":"true","reason":"a"}    | all is "true": must be true
          {"reasons":["a"],"service":"b"}| reasons is not known here
          {"service":"b","set":{}}       | set is not known here
          {"reason":[]}                  | reason is empty
          {"reason":["a",1]}             | reason has 1: must be a text
          {"service":7}                  | service is 7: must be a text
          {"service":" "}                | service is " ": must be a text
          {"from":"yesterday"}           | from is "yesterday": must be a time
          {"service":"a","limit":0}      | limit is 0: must be a number from 1 to 100000
          {"service":"a","limit":"many"} | limit is "many": must be a number
          []                             | Expected a JSON object
          """)
  void anything_else_discards_nothing(String body, String problem) throws Exception {
    JsonNode json = json(body);

    assertThatThrownBy(() -> LetterCommand.discard(json))
        .isInstanceOf(HttpProblem.class)
        .hasMessageContaining(problem);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
