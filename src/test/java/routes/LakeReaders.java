package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import routes.format.ParquetLines;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads a whole lake with readers that nobody here wrote: DuckDB, over all objects with their
 * partitions, and Jackson at its strictest, line by line. What they cannot read, or count
 * otherwise, is an error.
 */
public final class LakeReaders {

  /** While an object is written its file has another name. */
  private static final Pattern OBJECT = Pattern.compile("\\.(jsonl(\\.gz|\\.zst)?|parquet)$");

  private static final String OBJECTS = "service=*/year=*/month=*/day=*/hour=*/*";
  private static final Pattern HALF_PAIR = Pattern.compile("[\\uD800-\\uDFFF]");
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private LakeReaders() {}

  /** Reads a lake through S3; see {@link #assertReadable(Path, long)}. */
  public static void assertReadable(S3Client s3, String bucket, long rows) throws IOException {
    Path copy = Files.createTempDirectory("lake");
    try {
      for (S3Object object : s3.listObjectsV2Paginator(r -> r.bucket(bucket)).contents()) {
        Path file = copy.resolve(object.key());
        Files.createDirectories(file.getParent());
        s3.getObject(r -> r.bucket(bucket).key(object.key()), file);
      }
      assertReadable(copy, rows);
    } finally {
      delete(copy);
    }
  }

  /**
   * Reads the objects of a lake, which may be compressed or empty.
   *
   * @param lake the folder that has the partitions {@code service=…}
   * @param rows how many records the lake must have
   */
  public static void assertReadable(Path lake, long rows) throws IOException {
    long lines = 0;
    List<Path> objects = objects(lake);
    for (Path object : objects) {
      lines += strictLines(object);
    }
    assertThat(lines).as("lines in %s", lake).isEqualTo(rows);
    if (objects.isEmpty()) {
      return;
    }
    assertDuckDbCounts(lake, objects.get(0).toString().endsWith(".parquet"), rows);
  }

  /** The objects of a lake; while it is written, too: what has just been renamed is not there. */
  public static List<Path> objects(Path lake) throws IOException {
    List<Path> objects = new ArrayList<>();
    Files.walkFileTree(
        lake,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = lake.relativize(file).toString();
            if (name.startsWith("service=") && OBJECT.matcher(name).find()) {
              objects.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return objects;
  }

  private static long strictLines(Path object) throws IOException {
    byte[] content;
    try (InputStream in = decompressed(object)) {
      content = in.readAllBytes();
    }
    String text =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(content))
            .toString();
    if (text.isEmpty()) {
      return 0;
    }
    assertThat(text).as("%s", object).endsWith("\n");
    // Not lines(), which would also end one at a lone carriage return.
    String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
    for (String line : lines) {
      assertIsOneObject(object, line);
    }
    return lines.length;
  }

  private static void assertIsOneObject(Path object, String line) throws IOException {
    try (JsonParser parser = STRICT.createParser(line)) {
      assertThat(parser.nextToken()).as("%s: %s", object, line).isEqualTo(JsonToken.START_OBJECT);
      for (int depth = 1; depth > 0; ) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw new AssertionError("%s: not a whole object: %s".formatted(object, line));
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
          assertThat(HALF_PAIR.matcher(parser.getText()).find())
              .as("half a surrogate pair in %s: %s", object, line)
              .isFalse();
        }
      }
      assertThat(parser.nextToken()).as("after the object in %s: %s", object, line).isNull();
    }
  }

  private static InputStream decompressed(Path object) throws IOException {
    InputStream in = Files.newInputStream(object);
    if (object.toString().endsWith(".gz")) {
      return new GZIPInputStream(in);
    }
    if (object.toString().endsWith(".parquet")) {
      try (in) {
        return ParquetLines.open(in);
      }
    }
    return object.toString().endsWith(".zst") ? new ZstdInputStream(in) : in;
  }

  private static void assertDuckDbCounts(Path lake, boolean parquet, long rows) {
    String glob = lake.toAbsolutePath().toString().replace("'", "''");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      if (parquet) {
        String table = "read_parquet('%s/%s', hive_partitioning=true)".formatted(glob, OBJECTS);
        assertThat(count(duckDb, table)).as("rows of %s", lake).isEqualTo(rows);
        return;
      }
      String all =
          "('%s/%s', format='newline_delimited', hive_partitioning=true, hive_types_autocast=false, maximum_object_size=33554432%s)";
      assertThat(count(duckDb, "read_json_objects" + all.formatted(glob, OBJECTS, "")))
          .as("records that DuckDB finds in %s", lake)
          .isEqualTo(rows);
      assertThat(
              count(
                  duckDb,
                  "read_json"
                      + all.formatted(glob, OBJECTS, ", union_by_name=true, sample_size=-1")))
          .as("rows that DuckDB makes of %s", lake)
          .isEqualTo(rows);
    } catch (SQLException failure) {
      throw new AssertionError("DuckDB cannot read " + lake, failure);
    } catch (LinkageError noNative) {
      System.out.printf("%s is read without DuckDB, which cannot be loaded: %s%n", lake, noNative);
    }
  }

  /** Each column is asked for, or DuckDB would count rows without looking at them. */
  private static long count(Connection duckDb, String table) throws SQLException {
    try (Statement statement = duckDb.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*), sum(length(r::VARCHAR)) FROM (SELECT t AS r FROM %s t)"
                    .formatted(table))) {
      found.next();
      return found.getLong(1);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
