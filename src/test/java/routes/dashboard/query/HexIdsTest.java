package routes.dashboard.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;
import routes.record.FieldNames;

class HexIdsTest {

  private static final String ID = "1fa96282f4e9a344ab082bc858e4be24";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ID,
        "1FA96282F4E9A344AB082BC858E4BE24",
        "{\"trace_id\":\"" + ID + "\",\"span_id\":\"601cc0650388811d\"}",
        "00000" + ID,
        ID + "00000",
        "00-" + ID + "-601cc0650388811d-01"
      })
  void an_id_is_found_wherever_it_stands(String text) {
    assertThat(HexIds.of(text)).containsAll(HexIds.of(ID));
  }

  @Test
  void an_id_is_found_at_any_place_between_others() {
    Random random = new Random(1);
    for (int before = 0; before < 200; before++) {
      String text = "x".repeat(before) + ID + "-" + "a".repeat(random.nextInt(40)) + "-" + ID;
      assertThat(HexIds.of(text)).containsAll(HexIds.of(ID));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1fa96282f4e9a344ab082bc858e4be2",
        "1fa96282f4e9a344-ab082bc858e4be24",
        "ga96282f4e9a344ab082bc858e4be24g",
        "1fa96282f4e9a344ab082bc858e4be25"
      })
  void another_is_another(String text) {
    assertThat(HexIds.of(text)).doesNotContainAnyElementsOf(HexIds.of(ID));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"a\":\"\\u0031fa9\"}`, true",
        "`{\"a\":\"\\u0066\"}`, true",
        "`{\"a\":\"\\u0046\\u003c\"}`, true",
        "`{\"a\":\"\\u003c\\u0067\\u00e9\\n\\\"\"}`, false",
        "`{\"a\":\"\\u00`, false",
        "`{\"a\":\"31\"}`, false"
      })
  void a_digit_that_is_an_escape_is_seen(String line, boolean hidden) {
    assertThat(HexIds.areHidden(ByteSlice.utf8(line))).isEqualTo(hidden);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ID,
        "\"" + ID + "\"",
        "trace_id:" + ID,
        "trace_id:1FA96282F4E9A344AB082BC858E4BE24",
        "level:error AND (trace_id:" + ID + " service:cart)"
      })
  void what_a_query_finds_has_its_id(String query) {
    assertThat(ids(query)).isEqualTo(HexIds.of(ID)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "NOT " + ID, "trace_id:>" + ID, "trace_id:" + ID + "*", "timeout OR " + ID})
  void what_a_query_finds_may_lack_it(String query) {
    assertThat(ids(query)).isEmpty();
  }

  private static Set<Long> ids(String query) {
    return Query.of(query, FieldNames.DEFAULT).ids();
  }
}
