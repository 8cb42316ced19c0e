package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The operations that read records. */
final class ReadOperations {

  /** Where a shard iterator begins. */
  private enum ShardIteratorType {
    AFTER_SEQUENCE_NUMBER,
    LATEST,
    AT_TIMESTAMP,
    AT_SEQUENCE_NUMBER,
    TRIM_HORIZON
  }

  private static final int MAX_RECORDS = 10_000;
  private static final long FIRST_COUNTER = 1;
  private static final int MAX_TOKEN_CHARACTERS = 512;

  private final Streams streams;
  private final Clock clock;

  ReadOperations(Streams streams, Clock clock) {
    this.streams = streams;
    this.clock = clock;
  }

  void getShardIterator(Request request, Answer answer) throws IOException {
    String shardId = request.requiredIdentifier("ShardId");
    ShardIteratorType type =
        Constraints.required(
            "shardIteratorType", request.oneOf("ShardIteratorType", ShardIteratorType.class));
    Stream stream = streams.get(request.streamName());
    Shard shard = ShardIds.find(stream, shardId);
    ShardIterator iterator =
        new ShardIterator(
            stream.name(),
            stream.info().created(),
            shard.info().number(),
            Math.max(FIRST_COUNTER, counter(request, type, stream, shard)),
            clock.millis());
    answer.out().writeStartObject();
    answer.out().writeStringField("ShardIterator", iterator.encode());
    answer.out().writeEndObject();
  }

  private long counter(Request request, ShardIteratorType type, Stream stream, Shard shard)
      throws IOException {
    String sequenceNumber = request.string("StartingSequenceNumber");
    return switch (type) {
      case TRIM_HORIZON -> FIRST_COUNTER;
      case LATEST -> shard.segments().lastCounter() + 1;
      case AT_TIMESTAMP -> shard.segments().counterAt(pastTimestamp(request));
      case AT_SEQUENCE_NUMBER -> counter(sequenceNumber, stream, shard);
      case AFTER_SEQUENCE_NUMBER -> counter(sequenceNumber, stream, shard) + 1;
    };
  }

  private long pastTimestamp(Request request) {
    Long timestamp = request.timestamp("Timestamp");
    if (timestamp == null) {
      throw KinesisException.invalidArgument(
          "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current"
              + " request has no timestamp parameter.");
    }
    long now = clock.millis();
    if (timestamp > now) {
      throw KinesisException.invalidArgument(
          ("The timestampInMillis parameter cannot be greater than the currentTimestampInMillis."
                  + " timestampInMillis: %s, currentTimestampInMillis: %s")
              .formatted(timestamp, now));
    }
    return timestamp;
  }

  private static long counter(@Nullable String sequenceNumber, Stream stream, Shard shard) {
    if (sequenceNumber == null) {
      throw KinesisException.invalidArgument(
          "AT_SEQUENCE_NUMBER and AFTER_SEQUENCE_NUMBER need a StartingSequenceNumber.");
    }
    OptionalLong counter = shard.sequenceNumbers().parse(sequenceNumber);
    return counter.orElseThrow(
        () ->
            KinesisException.invalidArgument(
                ("StartingSequenceNumber %s used in GetShardIterator on shard %s in stream %s under"
                        + " account %s is invalid because it did not come from this stream.")
                    .formatted(sequenceNumber, shard.id(), stream.name(), Account.ID)));
  }

  void getRecords(Request request, Answer answer) throws IOException {
    String token = request.requiredString("ShardIterator");
    Constraints.length("shardIterator", token, 1, MAX_TOKEN_CHARACTERS);
    int limit = request.integer("Limit", 1, MAX_RECORDS, MAX_RECORDS);
    long now = clock.millis();
    ShardIterator iterator = ShardIterator.decode(token, now);
    Stream stream = streams.get(iterator.stream());
    if (stream.info().created() != iterator.streamCreated()) {
      throw KinesisException.streamNotFound(stream.name());
    }
    Shard shard =
        stream
            .shard(iterator.shard())
            .orElseThrow(
                () ->
                    KinesisException.shardNotFound(ShardInfo.id(iterator.shard()), stream.name()));
    if (!shard.throttle().allowsRead(now)) {
      throw new KinesisException(AwsError.throughputExceeded(shard.id(), stream.name()));
    }
    long tip = shard.segments().lastCounter();
    answer.out().writeStartObject();
    RecordPage page = new RecordPage(shard, answer, limit);
    page.write(iterator.counter(), stream.horizon(now));
    boolean atTip = page.nextCounter() > tip;
    answer
        .out()
        .writeNumberField("MillisBehindLatest", atTip ? 0 : Math.max(0, now - page.lastArrival()));
    if (shard.isOpen() || !atTip) {
      String next = iterator.at(page.nextCounter(), now).encode();
      answer.out().writeStringField("NextShardIterator", next);
    } else {
      writeChildren(answer.out(), stream, shard);
    }
    answer.out().writeEndObject();
  }

  private static void writeChildren(JsonGenerator out, Stream stream, Shard shard)
      throws IOException {
    out.writeArrayFieldStart("ChildShards");
    for (Shard child : stream.shards().values()) {
      if (child.isChildOf(shard)) {
        ShardWriter.writeChild(out, child);
      }
    }
    out.writeEndArray();
  }
}
