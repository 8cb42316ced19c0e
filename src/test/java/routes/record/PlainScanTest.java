package routes.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.bench.LogLines;
import routes.json.ByteSlice;
import routes.json.JsonScalar;
import routes.signal.Signal;

/** What the scan vouches for, held against the parser. */
class PlainScanTest {

  private static final int MAX_DEPTH = 5;
  private static final FieldIndex INDEX =
      FieldIndex.of(
          Signal.LOGS,
          new FieldNames(
              List.of("timestamp", "a.b"),
              List.of("service", "a.c.d", "é"),
              List.of("level"),
              List.of("message", "\"")));

  private static final List<String> NAMES =
      List.of("timestamp", "service", "a", "b", "c", "d", "a.b", "c.d", "é", "", "x", "\\u0061");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "10",
          "-1.50",
          "1e5",
          "1E+400",
          "2.0e-7",
          "\"\"",
          "\"text that is longer than eight bytes\"",
          "\"\\u00e9\\n\\\\\"",
          "\"a \\\"quoted\\\" word\"",
          "\"ü\ud83d\ude00\"",
          "[]",
          "{}");
  private static final String CHANGES = "{}[]:,\"\\ \n\t\u0001\u00000159-+.eEtfnu/a";

  @Property(tries = 20_000)
  void what_it_vouches_for_the_parser_takes_with_the_same_fields(@ForAll long seed)
      throws RejectedException {
    Random random = new Random(seed);
    String json = object(random, 1);
    if (random.nextBoolean()) {
      json = changed(json, random);
    }
    ByteSlice record = within(json);
    FieldScan plain = new FieldScan(record, INDEX);
    if (vouches(record, plain)) {
      FieldScan parsed = new FieldScanner(INDEX, MAX_DEPTH).parse(record);

      assertThat(found(plain)).as(json).isEqualTo(found(parsed));
      assertThat(plain.isEmpty()).as(json).isEqualTo(parsed.isEmpty());
    }
  }

  @Test
  void it_vouches_for_records_as_services_write_them() {
    for (byte[] line : LogLines.of(100)) {
      assertThat(vouches(ByteSlice.of(line))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ \"a\" : [ 1 , -2.5e+3, [ ], { } ] , \"b\":\"x\\n\\u00Fc\\\"\",\"é\":null}",
        "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":true}}",
        "{\"a\":{\"b\":{\"c\":{\"d\":0}}}}"
      })
  void it_vouches_for(String json) {
    assertThat(vouches(within(json))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"x\":{\"a\":1,\"b\":2,\"a\":3}}",
        "{\"a\":1}}",
        "{\"a\":1} {}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":tru}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"\\u00\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"",
        "{\"a\"",
        "{",
        "[]",
        "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{}}}}}}"
      })
  void it_leaves_to_the_parser(String json) {
    assertThat(vouches(within(json))).isFalse();
  }

  private static boolean vouches(ByteSlice record) {
    return vouches(record, new FieldScan(record, INDEX));
  }

  private static boolean vouches(ByteSlice record, FieldScan fields) {
    SeenNames seen = new SeenNames();
    seen.next();
    return new PlainScan(record, fields, seen, MAX_DEPTH).run(INDEX.top());
  }

  /** Amid other bytes, which are none of its business. */
  private static ByteSlice within(String json) {
    byte[] bytes = ("\"}" + json + "\",1}").getBytes(UTF_8);
    return new ByteSlice(bytes, 2, bytes.length - 6);
  }

  private static List<String> found(FieldScan fields) {
    List<String> found = new ArrayList<>();
    for (Field field : List.of(Field.TIMESTAMP, Field.SERVICE, Field.LEVEL, Field.MESSAGE)) {
      for (FieldIndex.Place place : fields.places(field)) {
        JsonScalar value = fields.value(place);
        found.add(
            place.name() + " " + fields.isFree(place) + " " + (value == null ? "" : value.raw()));
      }
      found.add(field + " " + fields.start(field));
    }
    return found;
  }

  private static String object(Random random, int depth) {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(n -> "\"" + of(NAMES, random) + "\"" + space(random) + ":" + value(random, depth))
        .collect(Collectors.joining("," + space(random), "{" + space(random), "}"));
  }

  private static String value(Random random, int depth) {
    return switch (depth > MAX_DEPTH ? 9 : random.nextInt(10)) {
      case 0, 1 -> object(random, depth + 1);
      case 2 ->
          Stream.generate(() -> value(random, depth + 1))
              .limit(random.nextInt(3))
              .collect(Collectors.joining(space(random) + ",", "[", "]"));
      default -> space(random) + of(VALUES, random) + space(random);
    };
  }

  private static String changed(String json, Random random) {
    int at = random.nextInt(json.length());
    String with = random.nextInt(4) == 0 ? "" : of(CHANGES.split(""), random);
    return json.substring(0, at) + with + json.substring(at + random.nextInt(2));
  }

  private static String space(Random random) {
    return of(List.of("", "", "", " ", "\n\t "), random);
  }

  private static String of(String[] choices, Random random) {
    return of(List.of(choices), random);
  }

  private static String of(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
