package routes.kinesis.read;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.ledger.ShardId;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.Record;

/** A Kinesis with one shard that drops records when it is told to, and goes on without a word. */
final class OneShard implements KinesisClient {

  static final SourceShard ID = shard("shardId-000000000000");

  private final List<Record> records = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private int iterators;
  private int reads;
  private boolean expired;
  private boolean ended;
  private boolean silent;
  private Runnable meanwhile = () -> {};

  static SourceShard shard(String name) {
    return new SourceShard(
        new ShardId("logs", Instant.EPOCH, name),
        new HashRange(BigInteger.ZERO, BigInteger.TWO.pow(128).subtract(BigInteger.ONE)));
  }

  /** Its own time of day. */
  synchronized void at(Instant time) {
    now = time;
  }

  synchronized void put(int sequenceNumber) {
    records.add(
        Record.builder()
            .sequenceNumber(Integer.toString(sequenceNumber))
            .approximateArrivalTimestamp(now)
            .partitionKey("key")
            .data(SdkBytes.fromUtf8String("record"))
            .build());
  }

  /** Drops everything before this sequence number. */
  synchronized void dropBefore(int sequenceNumber) {
    records.removeIf(record -> number(record) < sequenceNumber);
  }

  /** Forgets the iterator that is used next. */
  synchronized void expire() {
    expired = true;
  }

  /** Takes no more records. */
  synchronized void end() {
    ended = true;
  }

  /** Shows nothing when it is read next, as Kinesis may do before it is done with looking. */
  synchronized void showNothing() {
    silent = true;
  }

  /** What happens while it is read next. */
  synchronized void meanwhile(Runnable event) {
    meanwhile = event;
  }

  /** How often it was asked for records. */
  synchronized int reads() {
    return reads;
  }

  /** How often it was asked for a place to read from. */
  synchronized int iterators() {
    return iterators;
  }

  @Override
  public synchronized GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    iterators++;
    int from =
        switch (request.shardIteratorType()) {
          case AT_SEQUENCE_NUMBER -> Integer.parseInt(request.startingSequenceNumber());
          case AFTER_SEQUENCE_NUMBER -> Integer.parseInt(request.startingSequenceNumber()) + 1;
          case AT_TIMESTAMP -> from(request.timestamp());
          default -> 0;
        };
    return GetShardIteratorResponse.builder().shardIterator(Integer.toString(from)).build();
  }

  private int from(Instant time) {
    if (time.isAfter(now)) {
      throw InvalidArgumentException.builder().message("The timestamp is in the future").build();
    }
    return records.stream()
        .filter(record -> !record.approximateArrivalTimestamp().isBefore(time))
        .mapToInt(OneShard::number)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  @Override
  public synchronized GetRecordsResponse getRecords(GetRecordsRequest request) {
    reads++;
    if (expired) {
      expired = false;
      throw ExpiredIteratorException.builder().message("It has expired").build();
    }
    Runnable event = meanwhile;
    meanwhile = () -> {};
    event.run();
    int from = Integer.parseInt(request.shardIterator());
    if (silent) {
      silent = false;
      return GetRecordsResponse.builder()
          .nextShardIterator(request.shardIterator())
          .millisBehindLatest(1_000L)
          .build();
    }
    List<Record> left = records.stream().filter(record -> number(record) >= from).toList();
    List<Record> read = left.subList(0, Math.min(left.size(), request.limit()));
    int next = read.isEmpty() ? from : number(read.get(read.size() - 1)) + 1;
    return GetRecordsResponse.builder()
        .records(read)
        .nextShardIterator(ended && read.size() == left.size() ? null : Integer.toString(next))
        .millisBehindLatest(read.size() < left.size() ? 1_000L : 0L)
        .build();
  }

  private static int number(Record record) {
    return Integer.parseInt(record.sequenceNumber());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
