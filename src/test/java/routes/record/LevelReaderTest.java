package routes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.json.AlikeNames;
import routes.json.ByteSlice;
import routes.signal.Level;

class LevelReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "\"level\":\"warn\"|WARN",
        "\"level\":\" Warning \"|WARN",
        "\"level\":\"INFO2\"|INFO",
        "\"level\":\"notice\"|INFO",
        "\"level\":\"severe\"|ERROR",
        "\"level\":\"critical\"|FATAL",
        "\"level\":\"loud\"|none",
        "\"level\":10|TRACE",
        "\"level\":30|INFO",
        "\"level\":50|ERROR",
        "\"level\":\"50\"|ERROR",
        "\"level\":60|FATAL",
        "\"level\":70|none",
        "\"level\":3|ERROR",
        "\"PRIORITY\":\"4\"|WARN",
        "\"PRIORITY\":7|DEBUG",
        "\"level\":0|FATAL",
        "\"level\":4294967297|none",
        "\"level\":99999999999999999999|none",
        "\"level\":\"4294967297\"|none",
        "\"level\":\"99999999999999999999\"|none",
        "\"severity_number\":1|TRACE",
        "\"severity_number\":9|INFO",
        "\"severityNumber\":17|ERROR",
        "\"severity_number\":24|FATAL",
        "\"severity_number\":0|none",
        "\"severity_number\":25|none",
        "\"severity\":\"error\",\"level\":\"info\"|INFO",
        "\"severity\":\"error\",\"level\":\"loud\"|ERROR",
        "\"status\":\"error\"|ERROR",
        "\"status\":\"done\"|none",
        "\"status\":50|none",
        "\"status_code\":\"ERROR\"|ERROR",
        "\"within\":{\"level\":\"error\"}|none",
        "\"level\":{\"level\":\"error\"}|none",
        "\"level\":null|none"
      })
  void is_what_loggers_mean(String fields, Level level) {
    assertThat(level(fields)).isEqualTo(Optional.ofNullable(level));
  }

  @Test
  void no_names_and_numbers_before_a_level_hide_it() {
    for (String before :
        List.of(
            AlikeNames.ofBytes(10),
            AlikeNames.ofCharacters(10),
            "\"n\":" + "9".repeat(2_000),
            "\"" + "n".repeat(100_000) + "\":0")) {
      assertThat(level(before + ",\"level\":\"ERROR\"")).contains(Level.ERROR);
    }
  }

  private static Optional<Level> level(String fields) {
    return new LevelReader(FieldNames.DEFAULT).read(ByteSlice.utf8("{" + fields + "}"));
  }
}
