package routes.format;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import routes.signal.Signal;

/**
 * A field that has a column of its own in Parquet. Null where a record lacks it, and where its
 * value is of another type: the whole record stands beside it.
 *
 * @param name the field's, at the top of the record
 * @param distinct whether hardly two records have the same, so that a dictionary does not pay
 */
public record Column(String name, Kind kind, boolean distinct) {

  /** What a column holds. */
  public enum Kind {
    /** A text; a number or truth value as it stands in the record. */
    TEXT,
    /** A whole number of 64 bits. */
    WHOLE,
    /** The nearest double, or NaN or an infinity by its name. */
    NUMBER,
    FLAG,
    /** Microseconds since 1970 in UTC, cut; Spark, Athena and DuckDB read no nanoseconds. */
    TIME
  }

  /** When a record happened, by which rows are sorted. */
  public static final Column TIMESTAMP = new Column("timestamp", Kind.TIME, false);

  private static final List<Column> LOGS =
      List.of(
          TIMESTAMP,
          text("level"),
          id("message"),
          id("trace_id"),
          id("span_id"),
          id("record_id"),
          id("ingest_id"));

  private static final List<Column> METRICS =
      List.of(
          TIMESTAMP,
          text("name"),
          text("type"),
          text("unit"),
          new Column("value", Kind.NUMBER, false),
          new Column("count", Kind.WHOLE, false),
          new Column("sum", Kind.NUMBER, false),
          new Column("min", Kind.NUMBER, false),
          new Column("max", Kind.NUMBER, false),
          text("temporality"),
          new Column("monotonic", Kind.FLAG, false),
          new Column("start_timestamp", Kind.TIME, false),
          new Column("flags", Kind.WHOLE, false),
          id("record_id"),
          id("ingest_id"));

  private static final List<Column> TRACES =
      List.of(
          TIMESTAMP,
          text("name"),
          id("trace_id"),
          id("span_id"),
          id("parent_span_id"),
          text("kind"),
          new Column("end_timestamp", Kind.TIME, true),
          new Column("duration_nanos", Kind.WHOLE, true),
          text("status_code"),
          text("status_message"),
          id("record_id"),
          id("ingest_id"));

  /** The columns of a signal, the time first. */
  public static List<Column> of(Signal signal) {
    return switch (signal) {
      case LOGS -> LOGS;
      case METRICS -> METRICS;
      case TRACES -> TRACES;
    };
  }

  /** The column in a schema. */
  Type type() {
    return switch (kind) {
      case TEXT -> Types.optional(BINARY).as(stringType()).named(name);
      case WHOLE -> Types.optional(INT64).named(name);
      case NUMBER -> Types.optional(DOUBLE).named(name);
      case FLAG -> Types.optional(BOOLEAN).named(name);
      case TIME -> Types.optional(INT64).as(timestampType(true, TimeUnit.MICROS)).named(name);
    };
  }

  private static Column text(String name) {
    return new Column(name, Kind.TEXT, false);
  }

  private static Column id(String name) {
    return new Column(name, Kind.TEXT, true);
  }
}
