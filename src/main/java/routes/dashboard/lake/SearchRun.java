package routes.dashboard.lake;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import routes.record.Line;
import routes.record.LineReader;
import routes.record.RecordParser;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * One search. It goes back in time through stretches that grow, so that what is recent shows at
 * once and years without records cost little; within an hour it reads all objects before it tells,
 * for they are not in order. For one thread.
 */
final class SearchRun {

  private static final int LINE_BUFFER = 2 << 20;
  private static final int MAX_LISTED = 20_000;
  private static final int GROWTH = 6;
  private static final int LINES_BETWEEN_LOOKS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final S3Client s3;
  private final LakeListing lake;
  private final RecordParser parser;
  private final SearchQuery query;
  private final List<String> services;
  private final SearchOutput out;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();
  private int wanted;

  SearchRun(
      S3Client s3,
      LakeListing lake,
      RecordParser parser,
      SearchQuery query,
      List<String> services,
      SearchOutput out) {
    this.s3 = s3;
    this.lake = lake;
    this.parser = parser;
    this.query = query;
    this.services = services;
    this.out = out;
    this.wanted = query.limit();
  }

  void run() {
    try {
      HourRange all = query.hours();
      long last = all.last();
      for (long length = 1; last >= all.first(); length *= GROWTH) {
        HourRange stretch = new HourRange(Math.max(all.first(), last - length + 1), last);
        if (!search(stretch)) {
          return;
        }
        last = stretch.first() - 1;
      }
      out.done("end", null);
    } catch (SdkException failure) {
      out.failed("S3 could not be read: " + failure.getMessage());
    }
  }

  /** False when the search is over. */
  private boolean search(HourRange stretch) {
    TreeMap<Instant, List<LakeObject>> hours = new TreeMap<>(Comparator.reverseOrder());
    boolean all = list(stretch, hours);
    if (!all && stretch.length() > 1) {
      return search(stretch.newerHalf()) && search(stretch.olderHalf());
    }
    if (!all) {
      out.skipped(
          "hour " + hours.firstKey(), "has more than " + MAX_LISTED + " objects: name a service");
    }
    for (var hour : hours.entrySet()) {
      if (!search(hour.getKey(), hour.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** False when there are more objects than are to be in memory at once. */
  private boolean list(HourRange stretch, Map<Instant, List<LakeObject>> hours) {
    int[] listed = {0};
    for (String service : services) {
      boolean all =
          lake.visit(
              query.bucket(),
              service,
              stretch,
              null,
              object -> {
                hours
                    .computeIfAbsent(object.partition().hour(), hour -> new ArrayList<>())
                    .add(object);
                return ++listed[0] < MAX_LISTED;
              });
      if (!all) {
        return false;
      }
      out.at(Instant.ofEpochSecond(stretch.last() * 3600));
    }
    return true;
  }

  private boolean search(Instant hour, List<LakeObject> objects) {
    NewestRecords newest = new NewestRecords(wanted);
    boolean inTime = true;
    for (LakeObject object : objects) {
      inTime = System.nanoTime() < deadline;
      if (!inTime) {
        break;
      }
      read(object, newest);
    }
    List<NewestRecords.Found> found = newest.take();
    found.forEach(out::found);
    out.flush();
    wanted -= found.size();
    if (!inTime) {
      out.done("time", hour);
    } else if (wanted == 0) {
      // Not to pass over others of the same time; whoever goes on sees this one again.
      out.done("limit", found.get(found.size() - 1).time().plusNanos(1));
    }
    return inTime && wanted > 0;
  }

  private void read(LakeObject object, NewestRecords newest) {
    out.opened(object);
    try (ResponseInputStream<GetObjectResponse> stored =
        s3.getObject(get -> get.bucket(query.bucket()).key(object.key()))) {
      try {
        read(new LineReader(StoredObject.unpack(stored).in(), LINE_BUFFER), object, newest);
      } catch (IOException | RuntimeException failure) {
        // Or closing it would read it to its end.
        stored.abort();
        throw failure;
      }
    } catch (NoSuchKeyException deleted) {
      // Since it was listed; then it is not in the lake.
    } catch (IOException broken) {
      out.skipped(object.key(), String.valueOf(broken.getMessage()));
    }
  }

  private void read(LineReader lines, LakeObject object, NewestRecords newest) throws IOException {
    int looked = 0;
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (line.bytes() != null && !line.bytes().isEmpty()) {
        Instant time = query.match(line.bytes(), parser, object.partition().hour());
        if (time != null) {
          newest.add(time, line.bytes(), object);
        }
      }
      if (++looked == LINES_BETWEEN_LOOKS) {
        out.looked(looked);
        out.at(object.partition().hour());
        looked = 0;
      }
    }
    out.looked(looked);
  }
}
