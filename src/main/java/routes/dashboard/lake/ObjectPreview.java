package routes.dashboard.lake;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import routes.format.StoredObject;
import routes.http.HttpProblem;
import routes.http.api.Content;
import routes.http.api.Request;
import routes.json.ByteSlice;
import routes.json.Line;
import routes.json.LineReader;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Shows the lines of one object, or gives it out. */
@ThreadSafe
public final class ObjectPreview {

  /** Of a path such as /api/s3/object/bucket/key: those before the key. */
  private static final int SEGMENTS_BEFORE_KEY = 4;

  private static final int MAX_LINE_BYTES = 2 << 20;
  private static final int SHOWN_LINE_BYTES = 64 * 1024;
  private static final int SHOWN_BYTES = 2 << 20;

  private final S3Client s3;

  public ObjectPreview(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * An object and some of its lines.
   *
   * @param bytes as it is stored
   * @param compression {@code none}, {@code gzip} or {@code zstd}
   * @param metadata as the user of S3 set it
   * @param skipped how many lines come before those shown
   * @param more whether lines follow
   */
  record Preview(
      String bucket,
      String key,
      long bytes,
      Instant modified,
      String contentType,
      String compression,
      Map<String, String> metadata,
      int skipped,
      List<LineView> lines,
      boolean more) {}

  /**
   * A line.
   *
   * @param cut whether the line is longer
   */
  record LineView(String text, boolean cut) {}

  /** A preview, or with {@code download=true} the object's bytes as they are. */
  public Object read(Request request) throws IOException {
    String bucket = request.path("bucket");
    String key = request.pathAfter(SEGMENTS_BEFORE_KEY);
    if (request.text("download").filter("true"::equals).isPresent()) {
      // A problem with it is told before the answer begins.
      s3.headObject(head -> head.bucket(bucket).key(key));
      return new Download(bucket, key);
    }
    return preview(
        bucket, key, request.integer("skip", 0, 0, 10_000_000), request.limit(100, 1000));
  }

  private Preview preview(String bucket, String key, int skip, int limit) throws IOException {
    try (ResponseInputStream<GetObjectResponse> stored =
        s3.getObject(get -> get.bucket(bucket).key(key))) {
      GetObjectResponse head = stored.response();
      List<LineView> lines = new ArrayList<>();
      boolean more;
      String compression;
      try (StoredObject.Unpacked content = StoredObject.unpack(stored)) {
        more = read(content.in(), skip, limit, lines);
        compression = content.compression();
      }
      // Reading on to the end of a large object would be the way to keep the connection.
      stored.abort();
      return new Preview(
          bucket,
          key,
          head.contentLength(),
          head.lastModified(),
          String.valueOf(head.contentType()),
          compression,
          head.metadata(),
          skip,
          lines,
          more);
    } catch (IOException broken) {
      throw new HttpProblem(
          422, "s3://%s/%s cannot be unpacked: %s".formatted(bucket, key, broken.getMessage()));
    }
  }

  /** Whether there are more lines. */
  private static boolean read(InputStream in, int skip, int limit, List<LineView> lines)
      throws IOException {
    LineReader reader = new LineReader(in, MAX_LINE_BYTES);
    for (int number = 0; number < skip; number++) {
      if (reader.next() == null) {
        return false;
      }
    }
    int shown = 0;
    for (Line line = reader.next(); line != null; line = reader.next()) {
      if (lines.size() == limit || shown > SHOWN_BYTES) {
        return true;
      }
      LineView view = view(line.bytes() == null ? ByteSlice.utf8("") : line.bytes(), line.length());
      shown += view.text().length();
      lines.add(view);
    }
    return false;
  }

  private static LineView view(ByteSlice bytes, long length) {
    int shown = Math.min(bytes.length(), SHOWN_LINE_BYTES);
    boolean cut = shown < bytes.length() || (bytes.isEmpty() && length > MAX_LINE_BYTES);
    return new LineView(bytes.slice(0, shown).toString(), cut);
  }

  private final class Download implements Content {

    private final String bucket;
    private final String key;

    Download(String bucket, String key) {
      this.bucket = bucket;
      this.key = key;
    }

    @Override
    public String type() {
      return "application/octet-stream";
    }

    @Override
    public Optional<String> fileName() {
      return Optional.of(key.substring(key.lastIndexOf('/') + 1));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try (InputStream stored = s3.getObject(get -> get.bucket(bucket).key(key))) {
        stored.transferTo(out);
      }
    }
  }
}
