package routes.dashboard.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;
import routes.record.FieldNames;

class TimeReaderTest {

  private final TimeReader times = new TimeReader(FieldNames.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timestamp\":\"2026-11-20T10:00:00.5Z\",\"service\":\"web\"}",
        "{\"time\":1,\"inner\":{\"timestamp\":\"x\"},\"timestamp\" : \"2026-11-20T10:00:00.5Z\"}",
        "{\"timestamp\":1795168800.5}",
        " {\"timestamp\":\"2026-11-20T11:00:00.5+01:00\"}"
      })
  void theFirstNameCountsWhereverItStands(String line) {
    assertThat(times.read(ByteSlice.utf8(line))).contains(Instant.parse("2026-11-20T10:00:00.5Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"time\":\"2026-11-20T10:00:00Z\"}",
        "{\"timestamp\":null,\"time\":\"2026-11-20T10:00:00Z\"}",
        "{\"timestamp\":\"soon\",\"time\":\"2026-11-20T10:00:00Z\"}",
        "{\"timestamp\":12,\"time\":\"2026-11-20T10:00:00Z\"}",
        "[{\"timestamp\":\"2026-11-20T10:00:00Z\"}]",
        "{\"timestamp\"",
        ""
      })
  void elsewhereItIsNotRead(String line) {
    assertThat(times.read(ByteSlice.utf8(line))).isEmpty();
  }

  /** Others may have put it into the lake. */
  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xC3, 0xE2, 0xF0, 0xFF})
  void whatIsNotUtf8BeforeItMovesNothing(int odd) {
    String line = "{\"message\":\"@\",\"timestamp\":\"2026-11-20T10:00:00.5Z\"}";
    byte[] bytes = line.getBytes(ISO_8859_1);
    bytes[line.indexOf('@')] = (byte) odd;

    assertThat(times.read(ByteSlice.of(bytes))).contains(Instant.parse("2026-11-20T10:00:00.5Z"));
  }

  @Test
  void aNameThatMayBeWithinObjectsIsNotRead() {
    FieldNames dotted =
        new FieldNames(
            List.of("event.time", "timestamp"),
            List.of("service"),
            List.of("level"),
            List.of("message"));

    assertThat(
            new TimeReader(dotted)
                .read(ByteSlice.utf8("{\"event.time\":\"2026-11-20T10:00:00Z\"}")))
        .isEmpty();
  }
}
