package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.json.ByteSlice;

class RecordEditorTest {

  private static final Instant TIME = Instant.parse("2026-11-20T09:00:00Z");
  private static final RecordParser PARSER =
      new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, service -> null);

  private final RecordEditor editor = new RecordEditor(FieldNames.DEFAULT, RecordLimits.DEFAULT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|{\"service\":\"new\"}",
        "{ \"a\" : 1 }|{ \"a\" : 1 ,\"service\":\"new\"}",
        "{\"service\":\"old\",\"a\":\"\\u00e9 é\"}|{\"service\":\"new\",\"a\":\"\\u00e9 é\"}",
        "{\"service\":null}|{\"service\":\"new\"}",
        "{\"service\":7,\"a\":1}|{\"service\":\"new\",\"a\":1}",
        "{\"service\":\"\"}|{\"service\":\"new\"}",
        "{\"a\":1,\"service\":true}|{\"a\":1,\"service\":\"new\"}",
        "{\"service\":[1,{\"b\":\"]\"}],\"a\":1}|{\"service\":[1,{\"b\":\"]\"}],\"a\":1,\"service.name\":\"new\"}",
        "{\"service\":{\"name\":7}}|{\"service\":{\"name\":7},\"service.name\":\"new\"}",
        "{\"service\":{},\"service.name\":7}|{\"service\":{},\"service.name\":\"new\"}",
        "{\"app\":\"old\"}|{\"app\":\"old\",\"service\":\"new\"}",
        "{\"app\":{\"a\":1}}|{\"app\":{\"a\":1},\"service\":\"new\"}",
      })
  void what_came_stays_but_for_a_value_under_the_name_itself(String record, String edited) {
    assertThat(editor.withService(ByteSlice.utf8(record), "new")).hasToString(edited);
  }

  @Example
  void white_space_around_the_record_goes() {
    assertThat(editor.withReplayed(ByteSlice.utf8(" {\"a\":1}\n"), 2))
        .hasToString("{\"a\":1,\"replayed\":2}");
  }

  @Property
  void what_was_set_is_what_is_read(
      @ForAll("records") String record, @ForAll("services") String service) {
    ByteSlice edited =
        editor.withReplayed(
            editor.withTimestamp(editor.withService(ByteSlice.utf8(record), service), TIME), 3);

    assertThat(PARSER.parse(edited, TIME))
        .isInstanceOfSatisfying(
            LogRecord.class,
            log -> {
              assertThat(log.service()).isEqualTo(service);
              assertThat(log.time()).isEqualTo(TIME);
            });
    assertThat(PARSER.metadata(edited)).isEqualTo(new RecordMetadata(service, TIME, 3));
  }

  @Example
  void bytes_that_are_no_object_are_refused() {
    assertThatThrownBy(() -> editor.withService(ByteSlice.utf8("[1]"), "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A record is a JSON object");
  }

  @Provide
  Arbitrary<String> records() {
    Arbitrary<String> names =
        Arbitraries.of("service", "app", "timestamp", "ts", "replayed", "message", "service.name");
    Arbitrary<String> values =
        Arbitraries.of(
            "null", "true", "-1.5e3", "\"\"", "\"\\\"}\"", "[]", "[{\"x\":[1]},2]", "{\"name\":1}");
    return names
        .flatMap(name -> values.map(value -> "\"%s\": %s".formatted(name, value)))
        .list()
        .uniqueElements(field -> field.substring(0, field.indexOf(':')))
        .ofMaxSize(6)
        .map(fields -> "{" + String.join(" ,", fields) + "}");
  }

  @Provide
  Arbitrary<String> services() {
    return Arbitraries.strings()
        .ofMinLength(1)
        .ofMaxLength(8)
        .filter(text -> !text.isBlank())
        .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
  }
}
