package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static routes.record.Records.ARRIVAL;
import static routes.record.Records.PARSER;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;
import routes.signal.Signal;

class RecordReaderTest {

  private static final String A =
      "{\"timestamp\":1700000001,\"service\":\"a\",\"record_id\":\"1\"}";
  private static final String B =
      "{\"timestamp\":1700000002,\"service\":\"b\",\"record_id\":\"2\"}";
  private static final String PRETTY_A =
      "{\n  \"timestamp\" : 1700000001,\n  \"service\" : \"a\",\n  \"record_id\" : \"1\"\n}";
  private static final String PRETTY_B =
      "{\n  \"timestamp\" : 1700000002,\n  \"service\" : \"b\",\n  \"record_id\" : \"2\"\n}";

  private final RecordReader reader = new RecordReader(PARSER);

  @ParameterizedTest
  @ValueSource(
      strings = {
        A + "\n" + B,
        A + "\n" + B + "\n",
        A + "\r\n\r\n" + B + "\r\n",
        A + B,
        A + " " + B,
        "[" + A + "," + B + "]",
        " [\n" + A + ",\n" + B + "\n]\n",
        "[" + A + "]\n[" + B + "]",
        "[" + A + "," + PRETTY_B + "]",
        A + "\n" + PRETTY_B,
        PRETTY_A + "\n" + B,
        "\uFEFF" + A + "\n" + B,
        "\uFEFF[" + A + "," + B + "]"
      })
  void two_records_in_every_shape_of_body(String body) {
    Intake intake = read(body);

    assertThat(intake.rejected()).isEmpty();
    assertThat(intake.accepted())
        .extracting(LogRecord::service, LogRecord::id)
        .containsExactly(tuple("a", "1"), tuple("b", "2"));
  }

  @Property(tries = 300)
  void any_records_read_the_same_in_every_shape(
      @ForAll("bodies") List<String> records, @ForAll("separators") String separator) {
    List<LogRecord> expected =
        records.stream()
            .map(json -> (LogRecord) PARSER.parse(ByteSlice.utf8(json), ARRIVAL, enrichment()))
            .toList();

    assertThat(read(String.join(separator, records)))
        .isEqualTo(new Intake(expected, List.of(), Map.of()));
    assertThat(read("[" + String.join("," + separator, records) + "]"))
        .isEqualTo(new Intake(expected, List.of(), Map.of()));
  }

  @Property(tries = 300)
  void a_line_cut_off_anywhere_is_rejected_alone(
      @ForAll("acceptable") String json, @ForAll int at) {
    String line = Records.parse(json) instanceof LogRecord record ? record.line().toString() : "";
    String cut = line.substring(0, 1 + Math.floorMod(at, line.length() - 2));

    Intake intake = read(A + "\n" + cut + "\n" + B + "\n");

    assertThat(intake.accepted()).extracting(LogRecord::service).containsExactly("a", "b");
    assertThat(intake.rejected())
        .extracting(RejectedRecord::index, RejectedRecord::bytes)
        .containsExactly(tuple(1, ByteSlice.utf8(cut).trim()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1", "{\"a\":\"b", "{\"a\":[{\"b\":2}"})
  void ever_so_many_lines_cut_off_do_no_harm_to_the_others(String cut) {
    String braces = A.replace("}", ",\"m\":\"} {\"}");
    Intake intake = read((cut + "\n" + braces + "\n").repeat(100));

    assertThat(intake.accepted()).hasSize(100);
    assertThat(intake.rejected()).extracting(r -> r.bytes().toString()).containsOnly(cut);
  }

  @Test
  void every_malformed_line_is_rejected_in_its_place() {
    Intake intake = read("oops\n" + A + "\n{\"a\":\n123\n" + B + "\n[1]\n{\"b\":[\n" + A + "\n{\n");

    assertThat(intake.accepted()).extracting(LogRecord::id).containsExactly("1", "2", "1");
    assertThat(intake.rejected())
        .extracting(RejectedRecord::index, r -> r.bytes().toString(), r -> r.rejection().reason())
        .containsExactly(
            tuple(0, "oops", Reason.NOT_AN_OBJECT),
            tuple(2, "{\"a\":\n123", Reason.NOT_JSON),
            tuple(4, "1", Reason.NOT_AN_OBJECT),
            tuple(5, "{\"b\":[", Reason.NOT_JSON),
            tuple(7, "{", Reason.NOT_JSON));
  }

  @Test
  void a_malformed_element_with_an_end_does_not_harm_its_array() {
    Intake intake = read("[" + A + ",{\"a\":nope},7,\"]\",[{}],oops," + B + "]");

    assertThat(intake.accepted()).extracting(LogRecord::id).containsExactly("1", "2");
    assertThat(intake.rejected())
        .extracting(RejectedRecord::index, r -> r.bytes().toString(), r -> r.rejection().reason())
        .containsExactly(
            tuple(1, "{\"a\":nope}", Reason.NOT_JSON),
            tuple(2, "7", Reason.NOT_AN_OBJECT),
            tuple(3, "\"]\"", Reason.NOT_AN_OBJECT),
            tuple(4, "[{}]", Reason.NOT_AN_OBJECT),
            tuple(5, "oops", Reason.NOT_AN_OBJECT));
  }

  @Test
  void an_element_without_an_end_takes_the_rest_of_its_array_with_it() {
    String rest = "{\"a\":\"no end," + B + "]";
    Intake intake = read("[" + A + "," + rest);

    assertThat(intake.accepted()).extracting(LogRecord::id).containsExactly("1");
    assertThat(intake.rejected())
        .extracting(RejectedRecord::index, r -> r.bytes().toString())
        .containsExactly(tuple(1, rest), tuple(2, ""));
  }

  @Test
  void an_array_that_is_not_closed_is_reported() {
    assertThat(read("[" + A + ",").rejected())
        .containsExactly(
            new RejectedRecord(
                1,
                new Rejection(
                    Reason.NOT_JSON, "The array is not closed after element 0: there may be more"),
                ByteSlice.utf8("")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n\t", "[]", "[ ]\n", "\uFEFF"})
  void a_body_without_elements_has_none(String body) {
    assertThat(read(body)).isEqualTo(new Intake(List.of(), List.of(), Map.of()));
  }

  @Test
  void records_from_the_stream_keep_their_place_and_their_bytes() {
    List<String> seen = new ArrayList<>();
    reader.read(
        ByteSlice.utf8(A + "\noops\n{\"timestamp\":1700000003,\"app\":\"c\"}"),
        ARRIVAL,
        (index, bytes, result) ->
            seen.add(index + (result instanceof LogRecord r ? " " + r.line() : " - " + bytes)));

    assertThat(seen)
        .containsExactly("0 " + A, "1 - oops", "2 {\"timestamp\":1700000003,\"app\":\"c\"}");
  }

  @Test
  void a_hole_is_rejected_alone_wherever_it_is() {
    String hole = "\u0000".repeat(4096);
    List<String> seen = new ArrayList<>();
    reader.read(
        ByteSlice.utf8(hole + A + hole + "\n" + hole + A + "\n[" + hole + A + "]" + hole),
        ARRIVAL,
        (index, bytes, result) ->
            seen.add(result instanceof LogRecord ? bytes.toString() : "hole " + bytes.length()));

    assertThat(seen)
        .containsExactly("hole 4096", A, "hole 4096", "hole 4096", A, "hole 4096", A, "hole 4096");
  }

  @Test
  void bodies_that_each_begin_with_a_mark_may_be_put_together() {
    String marked = "\uFEFF" + A + "\n";
    Intake intake = read(marked + marked + marked);

    assertThat(intake.rejected()).isEmpty();
    assertThat(intake.accepted())
        .hasSize(3)
        .allSatisfy(record -> assertThat(record.line().toString()).startsWith("{"));
  }

  @Property(tries = 3000)
  void no_byte_is_dropped_and_none_taken_twice(@ForAll("soup") byte[] body) {
    List<ByteSlice> elements = new ArrayList<>();
    reader.read(ByteSlice.of(body), ARRIVAL, (index, bytes, result) -> elements.add(bytes));

    byte[] rest = body.clone();
    int last = 0;
    for (ByteSlice element : elements) {
      assertThat(element.offset()).isGreaterThanOrEqualTo(last);
      last = element.end();
      Arrays.fill(rest, element.offset(), last, (byte) ' ');
    }
    assertThat(new String(rest, StandardCharsets.ISO_8859_1)).matches("[\\[\\], \r\n\t]*");
  }

  @Test
  void a_hostile_body_takes_time_in_proportion_to_its_length() {
    int lines = 200_000;
    Intake intake = read("{\"a\":\n".repeat(lines));

    assertThat(intake.accepted()).isEmpty();
    assertThat(intake.rejected()).isNotEmpty();
  }

  private Intake read(String body) {
    Intake.Builder intake = new Intake.Builder(Signal.LOGS, bytes -> {});
    reader.read(ByteSlice.utf8(body), ARRIVAL, enrichment(), intake);
    return intake.build();
  }

  private static Enrichment enrichment() {
    return Records.enrichment();
  }

  @Provide
  Arbitrary<String> acceptable() {
    return Records.acceptable();
  }

  @Provide
  Arbitrary<List<String>> bodies() {
    return Records.acceptable().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of("", " ", "\n", "\r\n", "\n\n \n");
  }

  /** Pieces of JSON in any order. */
  @Provide
  Arbitrary<byte[]> soup() {
    return Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "1")),
            Tuple.of(3, Arbitraries.of(A, B, PRETTY_B, "{}", "\"a\"", "null", "é")))
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
  }
}
