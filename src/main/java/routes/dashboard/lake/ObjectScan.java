package routes.dashboard.lake;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.record.Line;
import routes.record.LineReader;
import routes.record.RecordParser;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Looks at every record of one object. Thread-safe. */
final class ObjectScan {

  private static final int LINE_BUFFER = 2 << 20;

  private final S3Client s3;
  private final RecordParser parser;
  private final SearchQuery query;

  ObjectScan(S3Client s3, RecordParser parser, SearchQuery query) {
    this.s3 = s3;
    this.parser = parser;
    this.query = query;
  }

  /**
   * What was looked at.
   *
   * @param broken why the rest could not be, if so
   */
  record Result(long records, @Nullable String broken) {}

  /** Adds the records that are wanted. */
  Result read(LakeObject object, NewestRecords newest) {
    long records = 0;
    try (ResponseInputStream<GetObjectResponse> stored =
        s3.getObject(get -> get.bucket(query.bucket()).key(object.key()))) {
      try (StoredObject.Unpacked content = StoredObject.unpack(stored)) {
        LineReader lines = new LineReader(content.in(), LINE_BUFFER);
        for (Line line = lines.next(); line != null; line = lines.next()) {
          records++;
          look(line, object, newest);
        }
      } catch (IOException | RuntimeException failure) {
        // Or closing it would read it to its end.
        stored.abort();
        throw failure;
      }
    } catch (NoSuchKeyException deleted) {
      // Since it was listed; then it is not in the lake.
      return new Result(0, null);
    } catch (IOException broken) {
      return new Result(records, String.valueOf(broken.getMessage()));
    }
    return new Result(records, null);
  }

  private void look(Line line, LakeObject object, NewestRecords newest) {
    if (line.bytes() != null && !line.bytes().isEmpty()) {
      Instant time = query.match(line.bytes(), parser, object.partition().hour());
      if (time != null) {
        newest.add(time, line.bytes(), object);
      }
    }
  }
}
