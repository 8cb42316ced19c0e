package routes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;

class RecordMetadataTest {

  private static final RecordParser PARSER =
      new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, service -> "is never right");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "{\"service\":\"a/b\",\"timestamp\":\"1969-12-31T23:00:00Z\"}|a/b|1969-12-31T23:00:00Z|0",
        "{\"app\":\"a\",\"ts\":\"soon\"}|a|-|0",
        "{\"service\":7,\"ts\":1700000000,\"replayed\":12}|-|2023-11-14T22:13:20Z|12",
        "{\"replayed\":\"yes\"}|-|-|0",
        "{\"replayed\":-1}|-|-|0",
        "{\"replayed\":99999999999}|-|-|0",
      })
  void tells_what_a_record_says_of_itself(
      String record, String service, Instant time, int replays) {
    assertThat(PARSER.metadata(ByteSlice.utf8(record)))
        .isEqualTo(new RecordMetadata(service, time, replays));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no record", "[]", "{\"service\":\"cut", "{\"service\":\"a\"} {}"})
  void tells_nothing_of_what_is_no_object(String record) {
    assertThat(PARSER.metadata(ByteSlice.utf8(record))).isEqualTo(RecordMetadata.NOTHING);
  }

  @Property
  void any_bytes_will_do(@ForAll byte[] bytes) {
    assertThat(PARSER.metadata(ByteSlice.of(bytes))).isNotNull();
  }
}
