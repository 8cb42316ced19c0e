package routes.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The records of a Parquet object as lines, in the order of the rows. Parquet begins at its end, so
 * the object is laid in a temporary file while this is open. For one thread.
 */
public final class ParquetLines extends InputStream {

  /** What a file of Parquet begins with. */
  public static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);

  private final Path file;
  private final ParquetFileReader reader;
  private final MessageColumnIO columns;
  private @Nullable RecordReader<byte[]> rows;
  private long left;
  private byte[] line = {};
  private int next;

  private ParquetLines(Path file, ParquetFileReader reader) {
    this.file = file;
    this.reader = reader;
    MessageType schema = reader.getFileMetaData().getSchema();
    MessageType records = new MessageType(schema.getName(), schema.getType(Parquet.RECORD));
    reader.setRequestedSchema(records);
    this.columns = new ColumnIOFactory().getColumnIO(records);
  }

  /**
   * Reads an object to its end and leaves it open.
   *
   * @throws IOException also when it is no Parquet with the records in it
   */
  public static ParquetLines open(InputStream object) throws IOException {
    Path file = Files.createTempFile("object", ".parquet");
    try {
      Files.copy(object, file, StandardCopyOption.REPLACE_EXISTING);
      ParquetReadOptions options =
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .withCodecFactory(new ZstdPages())
              .build();
      ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options);
      try {
        return new ParquetLines(file, reader);
      } catch (RuntimeException others) {
        reader.close();
        throw others;
      }
    } catch (IOException failure) {
      Files.deleteIfExists(file);
      throw failure;
    } catch (RuntimeException damaged) {
      Files.deleteIfExists(file);
      throw damaged(damaged);
    }
  }

  /** Parquet and zstd throw what nobody has to catch. */
  private static IOException damaged(RuntimeException cause) {
    return new IOException(cause.getMessage(), cause);
  }

  @Override
  public int read() throws IOException {
    return advance() ? line[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, to.length);
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    int count = Math.min(length, line.length - next);
    System.arraycopy(line, next, to, offset, count);
    next += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Whether there is a byte left. */
  private boolean advance() throws IOException {
    while (next == line.length) {
      try {
        if (left == 0 && !advanceGroup()) {
          return false;
        }
        line = Objects.requireNonNull(rows).read();
      } catch (RuntimeException damaged) {
        throw damaged(damaged);
      }
      next = 0;
      left--;
    }
    return true;
  }

  private boolean advanceGroup() throws IOException {
    PageReadStore group = reader.readNextRowGroup();
    if (group == null) {
      return false;
    }
    rows = columns.getRecordReader(group, new Line());
    left = group.getRowCount();
    return true;
  }

  /** Takes the one column that is asked for. */
  private static final class Line extends RecordMaterializer<byte[]> {

    private byte[] line = {};

    @Override
    public byte[] getCurrentRecord() {
      return line;
    }

    @Override
    public GroupConverter getRootConverter() {
      return new GroupConverter() {
        @Override
        public Converter getConverter(int index) {
          return new PrimitiveConverter() {
            @Override
            public void addBinary(Binary value) {
              ByteBuffer bytes = value.toByteBuffer();
              line = new byte[bytes.remaining() + 1];
              bytes.get(line, 0, line.length - 1);
              line[line.length - 1] = '\n';
            }
          };
        }

        @Override
        public void start() {
          line = new byte[] {};
        }

        @Override
        public void end() {
          // The line is whole.
        }
      };
    }
  }
}
