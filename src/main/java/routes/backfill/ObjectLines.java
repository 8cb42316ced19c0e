package routes.backfill;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import routes.format.StoredObject;
import routes.json.ByteSearch;
import routes.json.ByteSlice;
import software.amazon.awssdk.services.s3.S3Client;

/** The lines of objects. */
@ThreadSafe
final class ObjectLines {

  private final S3Client s3;

  ObjectLines(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * All lines of an object, each closed by a newline.
   *
   * @throws IOException when it has not as many as it says, or is damaged otherwise
   */
  byte[] of(LayerObject object) throws IOException {
    byte[] lines;
    try (InputStream stored = s3.getObject(get -> get.bucket(object.bucket()).key(object.key()));
        StoredObject.Unpacked content = StoredObject.unpack(stored)) {
      lines = content.in().readAllBytes();
    } catch (IOException damaged) {
      throw new IOException(object + " cannot be read: " + damaged.getMessage(), damaged);
    }
    int count = count(lines);
    if (count != object.records()) {
      throw new IOException(
          "%s has %s lines, and should have %s by its metadata: see what the audit says of it"
              .formatted(object, count, object.records()));
    }
    return lines;
  }

  /** Gives each line, without its newline. */
  static void each(byte[] lines, Consumer<ByteSlice> line) {
    int end;
    for (int begin = 0; begin < lines.length; begin = end + 1) {
      end = ByteSearch.find('\n', lines, begin, lines.length);
      line.accept(new ByteSlice(lines, begin, end - begin));
    }
  }

  static int count(byte[] lines) {
    int count = 0;
    for (byte each : lines) {
      count += each == '\n' ? 1 : 0;
    }
    return count;
  }
}
