package routes.sql;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import routes.format.Column;
import routes.signal.Signal;

/**
 * A table that a query can read: the records of a signal in copies of its objects. Its columns are
 * those of Parquet, whatever the objects are, with {@code service}, {@code hour} and the whole
 * {@code record}.
 *
 * @param lines objects of JSON lines, in folders {@code service=…/hour=<hours since 1970>}; they
 *     may be packed with gzip or zstd, and their names say so
 * @param parquet objects of Parquet, in such folders
 * @param from the first moment
 * @param to the moment after the last
 */
public record TableView(
    Signal signal, List<Path> lines, List<Path> parquet, Instant from, Instant to) {

  private static final String HOUR = "to_timestamp(hour::BIGINT * 3600)";
  private static final String HIVE = "hive_partitioning = true, hive_types_autocast = false";

  public TableView {
    lines = List.copyOf(lines);
    parquet = List.copyOf(parquet);
  }

  /** The names of a signal's columns, in their order. */
  public static List<String> columns(Signal signal) {
    return Stream.concat(
            Column.of(signal).stream().map(Column::name), Stream.of("service", "hour", "record"))
        .toList();
  }

  /** The statement that creates it. */
  String create() {
    List<String> parts = new ArrayList<>();
    if (!lines.isEmpty()) {
      parts.add(
          "SELECT %s, service, %s AS hour, json AS record FROM read_ndjson_objects(%s, %s)"
              .formatted(columns(TableView::ofLine), HOUR, files(lines), HIVE));
    }
    if (!parquet.isEmpty()) {
      parts.add(
          "SELECT %s, service, %s AS hour, record::JSON AS record FROM read_parquet(%s, %s)"
              .formatted(columns(TableView::name), HOUR, files(parquet), HIVE));
    }
    if (parts.isEmpty()) {
      parts.add(
          "SELECT %s, ''::VARCHAR AS service, now() AS hour, '{}'::JSON AS record WHERE false"
              .formatted(columns(column -> "NULL::" + type(column))));
    }
    return "CREATE VIEW %s AS SELECT * FROM (%s) WHERE \"timestamp\" >= TIMESTAMPTZ '%s' AND \"timestamp\" < TIMESTAMPTZ '%s'"
        .formatted(signal.word(), String.join(" UNION ALL ", parts), from, to);
  }

  private String columns(Function<Column, String> value) {
    return Column.of(signal).stream()
        .map(column -> value.apply(column) + " AS " + name(column))
        .collect(joining(", "));
  }

  private static String ofLine(Column column) {
    String text = "json->>'$.\"%s\"'".formatted(column.name());
    return switch (column.kind()) {
      case TEXT -> text;
      case WHOLE, NUMBER, FLAG -> "TRY_CAST(%s AS %s)".formatted(text, type(column));
      // Of what is not written as most write it, the hour is known at least.
      case TIME ->
          column.equals(Column.TIMESTAMP)
              ? "coalesce(TRY_CAST(%s AS TIMESTAMPTZ), %s)".formatted(text, HOUR)
              : "TRY_CAST(%s AS TIMESTAMPTZ)".formatted(text);
    };
  }

  private static String type(Column column) {
    return switch (column.kind()) {
      case TEXT -> "VARCHAR";
      case WHOLE -> "BIGINT";
      case NUMBER -> "DOUBLE";
      case FLAG -> "BOOLEAN";
      case TIME -> "TIMESTAMPTZ";
    };
  }

  private static String name(Column column) {
    return "\"" + column.name() + "\"";
  }

  private static String files(List<Path> paths) {
    return paths.stream()
        .map(path -> SqlTask.literal(path.toString()))
        .collect(joining(", ", "[", "]"));
  }
}
