package routes.dashboard.streams;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.http.HttpProblem;
import routes.http.api.Request;
import routes.record.LevelReader;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads records of one shard, from any place and in its order. */
@ThreadSafe
public final class RecordBrowser {

  /** Kinesis answers five of a shard's reads a second, and delivery needs them too. */
  private static final int MAX_READS = 5;

  /** As many as Kinesis gives at once. */
  private static final int MAX_READ_RECORDS = 10_000;

  private final KinesisClient kinesis;
  private final LevelReader levels;

  public RecordBrowser(KinesisClient kinesis, LevelReader levels) {
    this.kinesis = kinesis;
    this.levels = levels;
  }

  /** Where to begin; the names are Kinesis's. */
  enum From {
    TRIM_HORIZON,
    LATEST,
    AT_TIMESTAMP,
    AT_SEQUENCE_NUMBER,
    AFTER_SEQUENCE_NUMBER
  }

  /**
   * A part of a shard.
   *
   * @param scanned how many records were looked at for it
   * @param passed how many that match were left out, as more came than were asked for
   * @param behindMillis how far before the newest record it ends
   * @param next asks for the following part as {@code page}, for five minutes; null at the end of a
   *     closed shard
   */
  record Records(
      List<RecordView> items, int scanned, int passed, long behindMillis, @Nullable String next) {}

  /**
   * Records of a shard from some place on, or from where the last answer ended; with {@code last}
   * the last of those up to the end of the shard, so that who follows it does not fall behind.
   */
  public Object records(Request request) {
    int limit = request.limit(50, 500);
    if (request.flag("last")) {
      return last(request, limit);
    }
    RecordFilter filter = RecordFilter.of(request);
    String stream = request.path("name");
    String shard = request.required("shard");
    String iterator = request.page().orElseGet(() -> iterator(stream, shard, request));
    List<RecordView> found = new ArrayList<>();
    int scanned = 0;
    long behind = 0;
    for (int reads = 0; reads < MAX_READS && iterator != null && found.size() < limit; reads++) {
      GetRecordsResponse read =
          read(iterator, filter.isNone() ? limit - found.size() : MAX_READ_RECORDS);
      behind = read.millisBehindLatest() == null ? 0 : read.millisBehindLatest();
      iterator = read.nextShardIterator();
      for (Record record : read.records()) {
        scanned++;
        RecordView view = RecordView.of(record, levels);
        if (filter.matches(view)) {
          found.add(view);
        }
        if (found.size() == limit) {
          iterator = after(stream, shard, record.sequenceNumber());
          break;
        }
      }
      if (behind == 0) {
        break;
      }
    }
    return new Records(found, scanned, 0, behind, iterator);
  }

  private Records last(Request request, int limit) {
    RecordFilter filter = RecordFilter.of(request);
    String stream = request.path("name");
    String shard = request.required("shard");
    String iterator = request.page().orElseGet(() -> iterator(stream, shard, request));
    Deque<RecordView> found = new ArrayDeque<>();
    int scanned = 0;
    int passed = 0;
    long behind = 1;
    for (int reads = 0; reads < MAX_READS && iterator != null && behind > 0; reads++) {
      GetRecordsResponse read = read(iterator, MAX_READ_RECORDS);
      behind = read.millisBehindLatest() == null ? 0 : read.millisBehindLatest();
      iterator = read.nextShardIterator();
      // None is taken apart that would be left out anyway.
      List<Record> records = read.records();
      int unread = filter.isNone() ? Math.max(0, records.size() - limit) : 0;
      scanned += records.size();
      passed += unread;
      for (Record record : records.subList(unread, records.size())) {
        RecordView view = RecordView.of(record, levels);
        if (filter.matches(view)) {
          found.addLast(view);
          if (found.size() > limit) {
            found.removeFirst();
            passed++;
          }
        }
      }
    }
    return new Records(List.copyOf(found), scanned, passed, behind, iterator);
  }

  private GetRecordsResponse read(String iterator, int limit) {
    return kinesis.getRecords(get -> get.shardIterator(iterator).limit(limit));
  }

  private String iterator(String stream, String shard, Request request) {
    From from = request.oneOf("from", From.class).orElse(From.TRIM_HORIZON);
    GetShardIteratorRequest.Builder place =
        GetShardIteratorRequest.builder()
            .streamName(stream)
            .shardId(shard)
            .shardIteratorType(ShardIteratorType.fromValue(from.name()));
    switch (from) {
      case AT_TIMESTAMP ->
          place.timestamp(request.instant("at").orElseThrow(() -> missing("at", from)));
      case AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER ->
          place.startingSequenceNumber(sequenceNumber(request, from));
      case TRIM_HORIZON, LATEST -> {}
    }
    return kinesis.getShardIterator(place.build()).shardIterator();
  }

  private String after(String stream, String shard, String sequenceNumber) {
    return kinesis
        .getShardIterator(
            get ->
                get.streamName(stream)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(sequenceNumber))
        .shardIterator();
  }

  private static String sequenceNumber(Request request, From from) {
    Optional<String> number = request.text("sequence").map(String::strip);
    return number
        .filter(text -> text.matches("[0-9]{1,128}"))
        .orElseThrow(() -> missing("sequence", from));
  }

  private static HttpProblem missing(String parameter, From from) {
    return HttpProblem.badRequest(
        "from=%s needs %s"
            .formatted(from, parameter.equals("at") ? "a time as at" : "a number as sequence"));
  }
}
