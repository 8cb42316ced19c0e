package routes.dashboard.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.AlikeNames;
import routes.json.ByteSlice;
import routes.record.FieldNames;
import routes.record.LevelReader;

class QueryTest {

  private static final String LINE =
      """
      {"timestamp":"2026-11-20T10:00:00Z","level":"warning","msg":"Order 17 was (nearly) lost","status":503,
       "duration_ms":59.018,"user":{"id":"u-1","k8s.io/name":"a b"},"tags":["red","Green"],"path":"/api/v1/cart",
       "name":"caf\\u00e9","none":null,"empty":"","say":"a \\"quoted\\" word"}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "order",
        "ORDER lost",
        "order AND lost",
        "\"order 17 was\"",
        "nothing OR lost",
        "NOT nothing",
        "-nothing",
        "-status:200 order",
        "(nothing OR lost) AND order",
        "NOT (nothing OR never)",
        "order OR lost AND never",
        "status:503",
        "status:503.0",
        "status:>=503 status:<=503 status:>500 status:<504",
        "duration_ms:>59 duration_ms:<59.1",
        "user.id:u-1",
        "user.id:U-*",
        "user.k8s.io/name:\"a b\"",
        "tags:green",
        "tags:(blue OR green)",
        "path:/api/*/cart",
        "path:\"/api/v1/cart\"",
        "name:café",
        "café",
        "say:*quoted*",
        "message:*nearly*",
        "user.id:*",
        "empty:\"\"",
        "message:o*1*was*t",
        "path:*/api/v1/cart*",
        "user.id:u-*1",
        "service:check*",
        "service:checkout",
        "level:warn",
        "level:WARNING",
        "level:>=warn",
        "level:(error OR warn)",
        "level:<error",
        "timestamp:>=2026-11-20",
        "http://nowhere OR order",
        "a\"quote OR order"
      })
  void accepts(String query) {
    assertThat(matches(query)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "never",
        "order never",
        "\"17 order\"",
        "NOT order",
        "-order",
        "order NOT status:503",
        "status:50",
        "status:>503",
        "status:>abc",
        "user:u-1",
        "id:u-1",
        "none:*",
        "missing:*",
        "path:\"/api/*/cart\"",
        "path:*/cart/*",
        "path:/api/v1/*/v1/cart",
        "user.id:u-1*1",
        "tags:gree",
        "service:other",
        "level:error",
        "level:>warn",
        "(order OR lost) AND never"
      })
  void does_not_accept(String query) {
    assertThat(matches(query)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(order|query, character 7: a bracket is not closed",
        "order)|query, character 6: the bracket is closed, but was not opened",
        "\"order|query, character 7: a quote is not closed",
        "order OR|query, character 9: something must follow",
        "OR order|query, character 1: something must stand before it",
        "level:|query, character 7: level: needs a value, or * for any",
        "NOT|query, character 4: something must follow",
        "()|query, character 2: something must stand before it"
      })
  void says_what_it_does_not_understand(String query, String objection) {
    assertThatThrownBy(() -> Query.of(query, FieldNames.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(objection);
  }

  @Test
  void a_thousand_brackets_are_refused() {
    assertThatThrownBy(() -> Query.of("(".repeat(1_000), FieldNames.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("brackets are open");
    assertThatThrownBy(() -> Query.of("NOT ".repeat(10_000) + "a", FieldNames.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_field_is_found_among_names_with_one_hash() {
    for (String alike : List.of(AlikeNames.ofBytes(10), AlikeNames.ofCharacters(10))) {
      ByteSlice line = ByteSlice.utf8("{" + alike + ",\"color\":\"red\"}");

      assertThat(
              Query.of("color:red", FieldNames.DEFAULT)
                  .accepts(new Candidate(line, "a", new LevelReader(FieldNames.DEFAULT))))
          .isTrue();
    }
  }

  @Test
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  void many_stars_are_soon_found_or_not() {
    String rule = "-".repeat(10_000);
    Candidate candidate =
        new Candidate(
            ByteSlice.utf8("{\"rule\":\"" + rule + "\"}"),
            "checkout",
            new LevelReader(FieldNames.DEFAULT));

    assertThat(Query.of("rule:" + "*-".repeat(20), FieldNames.DEFAULT).accepts(candidate)).isTrue();
    assertThat(Query.of("rule:" + "*-".repeat(20) + "*x", FieldNames.DEFAULT).accepts(candidate))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "order, true",
    "service:checkout, true",
    "service:other, false",
    "NOT service:checkout, false",
    "NOT service:other, true",
    "service:other OR order, true",
    "service:other order, false",
    "service:(other OR check*), true"
  })
  void services_that_cannot_match_are_not_read(String query, boolean read) {
    assertThat(Query.of(query, FieldNames.DEFAULT).mayAccept("checkout")).isEqualTo(read);
  }

  @Test
  void what_is_no_json_has_no_fields_but_text() {
    Candidate candidate =
        new Candidate(
            ByteSlice.utf8("not json: 5"), "checkout", new LevelReader(FieldNames.DEFAULT));

    assertThat(Query.of("json", FieldNames.DEFAULT).accepts(candidate)).isTrue();
    assertThat(Query.of("json:*", FieldNames.DEFAULT).accepts(candidate)).isFalse();
  }

  private static boolean matches(String query) {
    Candidate candidate =
        new Candidate(
            ByteSlice.utf8(LINE.strip()), "checkout", new LevelReader(FieldNames.DEFAULT));
    return Query.of(query, FieldNames.DEFAULT).accepts(candidate);
  }
}
