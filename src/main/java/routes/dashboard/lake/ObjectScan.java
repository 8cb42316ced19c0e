package routes.dashboard.lake;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.dashboard.query.Candidate;
import routes.format.StoredObject;
import routes.json.ByteSlice;
import routes.json.Line;
import routes.json.LineReader;
import routes.record.RecordParser;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Looks at every record of one object. */
@ThreadSafe
final class ObjectScan {

  private static final int LINE_BUFFER = 2 << 20;

  private final S3Client s3;
  private final RecordParser parser;
  private final SearchQuery query;
  private final Set<Long> ids;
  private final KnownIds known;
  private final Overlap overlap;

  /**
   * @param known what searches for ids have learned of objects, and this one learns if it is one
   * @param overlap the records that were found on the stream already
   */
  ObjectScan(S3Client s3, RecordParser parser, SearchQuery query, KnownIds known, Overlap overlap) {
    this.s3 = s3;
    this.parser = parser;
    this.query = query;
    this.ids = query.query().ids();
    this.known = known;
    this.overlap = overlap;
  }

  /**
   * What was looked at.
   *
   * @param counts of those that were searched for, if all are counted
   * @param broken why the rest could not be, if so
   */
  record Result(long records, LogCounts counts, @Nullable String broken) {}

  /** Adds the records that are wanted. */
  Result read(LakeObject object, NewestRecords newest) {
    OptionalLong without = known.without(ids, query.bucket(), object);
    if (without.isPresent()) {
      return new Result(without.getAsLong(), query.counts(), null);
    }
    LogCounts counts = query.counts();
    KnownIds.Ids found = new KnownIds.Ids();
    long records = 0;
    try (ResponseInputStream<GetObjectResponse> stored =
        s3.getObject(get -> get.bucket(query.bucket()).key(object.key()))) {
      try (StoredObject.Unpacked content = StoredObject.unpack(stored)) {
        // A small object needs no large buffer, of which each costs more than reading it.
        long size = content.isPlain() ? object.bytes() + 1 : LINE_BUFFER;
        LineReader lines = new LineReader(content.in(), (int) Math.min(LINE_BUFFER, size));
        for (Line line = lines.next(); line != null; line = lines.next()) {
          records++;
          if (line.bytes() != null && !line.bytes().isEmpty()) {
            if (!ids.isEmpty()) {
              found.add(line.bytes());
            }
            look(line.bytes(), object, newest, counts);
          }
        }
      } catch (IOException | RuntimeException failure) {
        // Or closing it would read it to its end.
        stored.abort();
        throw failure;
      }
    } catch (NoSuchKeyException deleted) {
      // Since it was listed; then it is not in the lake.
      return new Result(0, query.counts(), null);
    } catch (IOException broken) {
      return new Result(records, counts, String.valueOf(broken.getMessage()));
    }
    if (!ids.isEmpty()) {
      known.learn(query.bucket(), object, found, records);
    }
    return new Result(records, counts, null);
  }

  private void look(ByteSlice line, LakeObject object, NewestRecords newest, LogCounts counts) {
    String service = object.partition().service();
    Candidate match = query.match(line, service);
    Instant time = match == null ? null : query.time(line, parser, object.partition().hour());
    if (match == null || time == null || overlap.take(line, object.key())) {
      return;
    }
    if (query.isCounted()) {
      counts.add(time, match.level(), service);
    }
    if (newest.wants(time)) {
      newest.add(NewestRecords.Found.of(time, service, match.level(), line, object.key()));
    }
  }
}
