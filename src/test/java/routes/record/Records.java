package routes.record;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import routes.json.ByteSlice;

/** Records as test data: generated ones, and a parser that takes them. */
final class Records {

  static final Instant ARRIVAL = Instant.parse("2026-08-22T13:30:00Z");

  static final RecordParser PARSER =
      new RecordParser(
          FieldNames.DEFAULT, RecordLimits.DEFAULT, name -> name.isBlank() ? "is blank" : null);

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Records() {}

  static Enrichment enrichment() {
    return new Enrichment(null, () -> "id-1");
  }

  static ParseResult parse(String json) {
    return PARSER.parse(ByteSlice.utf8(json), ARRIVAL);
  }

  static JsonNode read(ByteSlice json) {
    return read(json.toByteArray());
  }

  static JsonNode read(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Acceptable records in JSON, compact, with escapes or over several lines. */
  static Arbitrary<String> acceptable() {
    Arbitrary<Map<String, Object>> fields =
        Arbitraries.maps(names(), values()).ofMaxSize(6).map(LinkedHashMap::new);
    Arbitrary<String> times =
        Arbitraries.of(
            "2026-08-22T13:05:09Z", "2026-08-22 13:05:09.5+02:00", "1787403909", "1787403909.5");
    return Combinators.combine(fields, times, texts(), Arbitraries.integers().between(0, 3))
        .as(
            (map, time, service, form) -> {
              map.put("timestamp", time);
              map.put("service", "s" + service);
              return write(map, form);
            })
        .withoutEdgeCases();
  }

  private static String write(Map<String, Object> map, int form) {
    try {
      return switch (form) {
        case 0 -> MAPPER.writeValueAsString(map);
        case 1 -> ASCII.writeValueAsString(map);
        case 2 -> pretty(map);
        default -> pretty(map).replace("\n", "\r\n");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pretty(Map<String, Object> map) throws IOException {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(map);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        texts(),
        Arbitraries.of(
            "level", "severity", "message", "msg", "log", "record_id", "ingest_id", "time", "app"));
  }

  private static Arbitrary<Object> values() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            texts().map(Object.class::cast),
            Arbitraries.integers().map(Object.class::cast),
            Arbitraries.bigDecimals().map(Object.class::cast),
            Arbitraries.of(true, false).map(Object.class::cast));
    return Arbitraries.recursive(
        () -> scalars,
        inner ->
            Arbitraries.oneOf(
                inner,
                inner.list().ofMaxSize(3).map(Object.class::cast),
                Arbitraries.maps(texts(), inner).ofMaxSize(3).map(Object.class::cast)),
        0,
        3);
  }

  /** Texts of all kinds, whole surrogate pairs included, lone surrogates not. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("abc \"\\/{}[],:\n\r\t\u0000\u007Fé€\u2028")
        .ofMaxLength(8)
        .list()
        .ofMaxSize(2)
        .map(parts -> String.join("\uD83D\uDE00", parts));
  }

  static List<ByteSlice> lines(List<LogRecord> records) {
    return records.stream().map(LogRecord::line).toList();
  }
}
