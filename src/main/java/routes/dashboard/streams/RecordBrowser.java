package routes.dashboard.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.dashboard.web.ProblemException;
import routes.dashboard.web.Request;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads records of one shard, from any place and in its order. Thread-safe. */
public final class RecordBrowser {

  /** Kinesis answers five of a shard's reads a second, and delivery needs them too. */
  private static final int MAX_READS = 5;

  private static final int MAX_READ_RECORDS = 1000;

  private final KinesisClient kinesis;

  public RecordBrowser(KinesisClient kinesis) {
    this.kinesis = kinesis;
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
   * @param behindMillis how far before the newest record it ends
   * @param next asks for the following part as {@code page}, for five minutes; null at the end of a
   *     closed shard
   */
  record Records(List<RecordView> items, int scanned, long behindMillis, @Nullable String next) {}

  /** Records of a shard from some place on, or from where the last answer ended. */
  public Object records(Request request) {
    int limit = request.limit(50, 500);
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
        RecordView view = RecordView.of(record);
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
    return new Records(found, scanned, behind, iterator);
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

  private static ProblemException missing(String parameter, From from) {
    return ProblemException.badRequest(
        "from=%s needs %s"
            .formatted(from, parameter.equals("at") ? "a time as at" : "a number as sequence"));
  }
}
