package routes.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.json.ForeignJson;
import routes.signal.time.TimestampParser;

/** Writes rows: what has a column of its own, and the whole record. For one file. */
final class RowWriter extends WriteSupport<Row> {

  private final MessageType schema;
  private final Map<String, String> origin;
  private final List<Column> columns;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final @Nullable Object[] values;
  private @Nullable RecordConsumer out;

  /**
   * @param columns those of the schema but its last, which has the whole record; the first is the
   *     time
   * @param origin what the file tells of itself
   */
  RowWriter(MessageType schema, List<Column> columns, Map<String, String> origin) {
    this.schema = schema;
    this.columns = columns;
    this.origin = origin;
    this.values = new Object[columns.size()];
    for (int column = 1; column < columns.size(); column++) {
      indexes.put(columns.get(column).name(), column);
    }
  }

  @Override
  @SuppressWarnings("deprecation") // Abstract all the same.
  public WriteContext init(Configuration none) {
    return new WriteContext(schema, origin);
  }

  @Override
  public WriteContext init(ParquetConfiguration none) {
    return new WriteContext(schema, origin);
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Row row) {
    Arrays.fill(values, null);
    values[0] = row.micros() == Row.NO_TIME ? null : row.micros();
    ByteSlice line;
    try {
      line = row.line().read();
      read(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RecordConsumer consumer = Objects.requireNonNull(out, "not prepared");
    consumer.startMessage();
    for (int column = 0; column < values.length; column++) {
      if (values[column] != null) {
        write(consumer, column, values[column]);
      }
    }
    write(
        consumer,
        values.length,
        Binary.fromReusedByteArray(line.array(), line.offset(), line.length()));
    consumer.endMessage();
  }

  private void write(RecordConsumer consumer, int index, Object value) {
    String name = schema.getFieldName(index);
    consumer.startField(name, index);
    if (value instanceof Binary text) {
      consumer.addBinary(text);
    } else if (value instanceof Long whole) {
      consumer.addLong(whole);
    } else if (value instanceof Double number) {
      consumer.addDouble(number);
    } else {
      consumer.addBoolean((Boolean) value);
    }
    consumer.endField(name, index);
  }

  private void read(ByteSlice line) throws IOException {
    try (JsonParser parser = ForeignJson.parser(line)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken token = parser.nextToken();
        Integer column = indexes.get(name);
        if (token.isStructStart()) {
          parser.skipChildren();
        } else if (column != null) {
          values[column] = value(parser, token, columns.get(column).kind());
        }
      }
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token, Column.Kind kind)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (kind) {
      case TEXT -> Binary.fromString(parser.getText());
      case WHOLE -> whole(parser, token);
      case NUMBER -> number(parser, token);
      case FLAG -> token.isBoolean() ? parser.getBooleanValue() : null;
      case TIME -> time(TimestampParser.parse(ByteSlice.utf8(parser.getText())));
    };
  }

  private static @Nullable Long whole(JsonParser parser, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        ? parser.getLongValue()
        : null;
  }

  private static @Nullable Double number(JsonParser parser, JsonToken token) throws IOException {
    if (token.isNumeric()) {
      return Double.valueOf(parser.getText());
    }
    return switch (parser.getText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  private static @Nullable Long time(@Nullable Instant time) {
    return time == null ? null : micros(time);
  }

  /** Microseconds since 1970, cut. */
  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
