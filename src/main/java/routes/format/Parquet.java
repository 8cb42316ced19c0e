package routes.format;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.record.RecordParser;
import routes.record.RecordParsers;

/**
 * Parquet: the fields that are looked for most as typed columns, and beside them the whole record
 * as text, sorted by time and compressed with zstd. The service and the hour are those of the
 * folder.
 */
public final class Parquet implements ObjectFormat {

  /** The column that has the whole record. */
  static final String RECORD = "record";

  private static final long KB = 1 << 10;

  /** Readers work on row groups side by side; smaller ones compress worse. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  /** By how much logs shrink; only spares copying. */
  private static final int LIKELY_RATIO = 4;

  /** The one that a trace is looked up by. */
  private static final String BLOOM_FILTER = "trace_id";

  private static final double BLOOM_FALSE_POSITIVES = 0.01;

  /** Later than any record: whether one is too far ahead was settled when it was accepted. */
  private static final Instant ARRIVAL = Instant.parse("9999-01-01T00:00:00Z");

  private final RecordParsers parsers;
  private final int encodingKilobytes;
  private final Semaphore encoding;

  /**
   * Encodes several objects at a time.
   *
   * @param parsers have the rules by which the records on the stream are read
   * @param encodingBytes of lines, in objects that are encoded at a time; a larger one is alone
   */
  public Parquet(RecordParsers parsers, long encodingBytes) {
    this.parsers = parsers;
    encodingKilobytes = Math.toIntExact(Math.max(1, encodingBytes / KB));
    encoding = new Semaphore(encodingKilobytes, true);
  }

  @Override
  public String suffix() {
    return ".parquet";
  }

  @Override
  public int likelyRatio() {
    return LIKELY_RATIO;
  }

  @Override
  public void encode(Content content, OutputStream out) throws IOException {
    int kilobytes = (int) Math.min(encodingKilobytes, 1 + content.bytes() / KB);
    try {
      encoding.acquire(kilobytes);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Stopped before an object was encoded");
    }
    try {
      write(content, out);
    } finally {
      encoding.release(kilobytes);
    }
  }

  private void write(Content content, OutputStream out) throws IOException {
    List<Column> columns = Column.of(content.signal());
    List<Row> rows = rows(content);
    OutputFile file = new StreamedFile(out);
    try (ParquetWriter<Row> writer = writer(file, columns, origin(content), rows.size())) {
      for (Row row : rows) {
        writer.write(row);
      }
    }
  }

  /** Where the lines are and when, as they need not be in memory together. */
  private List<Row> rows(Content content) throws IOException {
    RecordParser parser = parsers.of(content.signal());
    List<Content.Line> lines = new ArrayList<>();
    content.eachLine(lines::add);
    List<Row> rows = new ArrayList<>(lines.size());
    for (Content.Line line : lines) {
      rows.add(new Row(line, micros(parser, line.read())));
    }
    rows.sort(Comparator.comparingLong(Row::micros));
    return rows;
  }

  private static long micros(RecordParser parser, ByteSlice line) {
    return parser.parse(line, ARRIVAL) instanceof LogRecord record
        ? RowWriter.micros(record.time())
        : Row.NO_TIME;
  }

  private static Map<String, String> origin(Content content) {
    Map<String, String> origin = new HashMap<>(content.origin());
    origin.put("format-version", "1");
    return origin;
  }

  private static ParquetWriter<Row> writer(
      OutputFile file, List<Column> columns, Map<String, String> origin, int rows)
      throws IOException {
    Builder builder =
        new Builder(file, new RowWriter(schema(columns), columns, origin))
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withCodecFactory(new ZstdPages())
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withDictionaryEncoding(RECORD, false);
    for (Column column : columns) {
      builder.withDictionaryEncoding(column.name(), !column.distinct());
      if (column.name().equals(BLOOM_FILTER)) {
        builder
            .withBloomFilterEnabled(BLOOM_FILTER, true)
            .withBloomFilterNDV(BLOOM_FILTER, Math.max(1, rows))
            .withBloomFilterFPP(BLOOM_FILTER, BLOOM_FALSE_POSITIVES);
      }
    }
    return builder.build();
  }

  private static MessageType schema(List<Column> columns) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    columns.forEach(column -> schema.addField(column.type()));
    schema.addField(Types.required(BINARY).as(stringType()).named(RECORD));
    return schema.named("record");
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {

    private final RowWriter rows;

    Builder(OutputFile file, RowWriter rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // Abstract all the same.
    protected WriteSupport<Row> getWriteSupport(Configuration none) {
      return rows;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration none) {
      return rows;
    }
  }
}
