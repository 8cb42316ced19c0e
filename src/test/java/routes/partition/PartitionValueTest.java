package routes.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionValueTest {

  /** What Hive's FileUtils escapes in a path. */
  private static final String HIVE_ESCAPES = "\"#%'*/:=?\\\u007F{[]^";

  @ParameterizedTest
  @CsvSource({
    "checkout, checkout",
    "Check_Out-2.v1, Check_Out-2.v1",
    "team/checkout, team%2Fcheckout",
    "a=b, a%3Db",
    "100%, 100%25",
    ".., %2E.",
    ".hidden, %2Ehidden",
    "a b+c~d, a%20b%2Bc%7Ed",
    "é€😀, %C3%A9%E2%82%AC%F0%9F%98%80"
  })
  void a_name_and_its_value(String name, String value) {
    assertThat(PartitionValue.encode(name)).isEqualTo(value);
    assertThat(PartitionValue.decode(value)).isEqualTo(name);
  }

  @Property
  void a_value_reads_back_as_its_name(@ForAll("names") String name) {
    assertThat(PartitionValue.decode(PartitionValue.encode(name))).isEqualTo(name);
  }

  @Property
  void a_value_is_one_short_plain_segment_of_a_path(@ForAll("names") String name) {
    String value = PartitionValue.encode(name);

    assertThat(value).matches("[A-Za-z0-9_%-][A-Za-z0-9._%-]*").hasSizeLessThanOrEqualTo(200);
    assertThat(Path.of("lake").resolve(value).normalize().getParent()).isEqualTo(Path.of("lake"));
  }

  @Property
  void a_name_encodes_unless_there_is_an_objection(@ForAll String name) {
    String objection = PartitionValue.objection(name);
    if (objection == null) {
      assertThat(PartitionValue.decode(PartitionValue.encode(name))).isEqualTo(name);
    } else {
      assertThatThrownBy(() -> PartitionValue.encode(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Partition value \"" + name + "\" " + objection);
    }
  }

  @Test
  void all_that_hive_escapes_is_escaped() {
    for (char c = 0; c < 0x80; c++) {
      if (c < ' ' || HIVE_ESCAPES.indexOf(c) >= 0) {
        assertThat(PartitionValue.encode("a" + c)).isEqualTo(String.format("a%%%02X", (int) c));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t"})
  void a_blank_name_is_refused(String name) {
    assertThat(PartitionValue.objection(name)).isEqualTo("is blank");
  }

  @Test
  void hives_word_for_no_value_is_refused() {
    assertThat(PartitionValue.objection("__HIVE_DEFAULT_PARTITION__"))
        .isEqualTo("is Hive's word for no value");
  }

  @Test
  void a_name_is_limited_by_what_it_takes_encoded() {
    assertThat(PartitionValue.objection("a".repeat(200))).isNull();
    assertThat(PartitionValue.objection("a".repeat(201)))
        .isEqualTo("takes 201 bytes percent-encoded, of at most 200");
    assertThat(PartitionValue.objection("/".repeat(67)))
        .isEqualTo("takes 201 bytes percent-encoded, of at most 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\uD83D", "\uDE00\uD83D", "\uD83Da"})
  void half_a_surrogate_pair_is_refused(String name) {
    assertThat(PartitionValue.objection(name))
        .isEqualTo("holds half a surrogate pair, which is no character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a+b", "a b", "%61", "%2f", "%", "%zz", "%C3", ".a", "é"})
  void what_no_name_encodes_to_is_no_value(String value) {
    assertThatThrownBy(() -> PartitionValue.decode(value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMinLength(1).ofMaxLength(20),
            Arbitraries.strings().withChars("./\\%=2Fe a").ofMinLength(1).ofMaxLength(12))
        .filter(name -> PartitionValue.objection(name) == null);
  }
}
