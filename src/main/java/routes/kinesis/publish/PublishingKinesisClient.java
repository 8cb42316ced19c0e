package routes.kinesis.publish;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import routes.memory.ByteBudget;
import routes.retry.Backoff;
import routes.retry.SteadyClock;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisServiceClientConfiguration;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * A Kinesis client for many concurrent writers: their records share full {@code PutRecords}
 * requests, several of which are in flight at once, and only refused records are sent again.
 *
 * <p>A call returns when <em>all</em> of its records are acknowledged; otherwise it throws a {@link
 * PublishException} that says what became of them. It waits for room in the buffer and for
 * acknowledgement until its deadline. Where a full buffer should turn work away at the door, call
 * {@link #requireRoom()} first.
 *
 * <p>Records of one key keep their order within a call as long as none of them is refused. When an
 * answer is lost, the records are sent again and may be on the stream twice; the reader removes
 * copies by the record's id.
 *
 * <p>The client underneath must not retry (retry strategy {@code none}), or numbers and outcomes
 * here would not be the truth, and it should give up on a request before the deadline ({@code
 * apiCallTimeout}). {@code putRecord} with {@code sequenceNumberForOrdering}, and requests with
 * their own override configuration, are passed to it as they are. Operations other than putting
 * records are not supported.
 */
@ThreadSafe
public final class PublishingKinesisClient implements KinesisClient {

  private static final Backoff BACKOFF =
      Backoff.withJitter(Duration.ofMillis(50), Duration.ofSeconds(2));

  private final KinesisClient kinesis;
  private final PublishTuning settings;
  private final Backoff backoff;
  private final ByteBudget budget;
  private final PublishMetrics metrics;
  private final LastOutcome lastOutcome = new LastOutcome(SteadyClock.OF_PROCESS);
  private final Map<StreamPublisher.StreamId, StreamPublisher> streams = new LinkedHashMap<>();

  @GuardedBy("streams")
  private boolean closed;

  /**
   * Puts itself in front of a client, which it closes in the end.
   *
   * @param kinesis does not retry by itself, and gathers records where the settings say so
   */
  public PublishingKinesisClient(KinesisClient kinesis, PublishTuning settings) {
    this(kinesis, settings, BACKOFF);
  }

  PublishingKinesisClient(KinesisClient kinesis, PublishTuning settings, Backoff backoff) {
    this.kinesis = kinesis;
    this.settings = settings;
    this.backoff = backoff;
    this.budget = new ByteBudget(settings.bufferBytes());
    this.metrics = new PublishMetrics(budget);
  }

  /**
   * Turns work away while the buffer is full: for callers that can come back later.
   *
   * @throws PublishOverloadedException at once, when nothing more fits or others wait for room
   */
  public void requireRoom() {
    if (budget.isExhausted()) {
      throw overloaded("", 0);
    }
  }

  /**
   * Why the last call failed; empty once one has succeeded, and half a minute after a failure, when
   * it is time to try again.
   */
  public Optional<String> recentFailure() {
    return lastOutcome.recentFailure();
  }

  /** What was sent so far. */
  public PublishMetrics metrics() {
    return metrics;
  }

  /**
   * Puts records on a stream, any number of them; none at all is answered at once.
   *
   * @return a receipt for each record in the order given; none has failed
   * @throws PublishOverloadedException when there was no room until the deadline; nothing was sent
   * @throws PublishUnavailableException when not all were acknowledged until the deadline
   * @throws PublishRefusedException when sending them again cannot help
   */
  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    if (request.overrideConfiguration().isPresent()) {
      return kinesis.putRecords(request);
    }
    StreamPublisher.StreamId stream =
        new StreamPublisher.StreamId(request.streamName(), request.streamARN());
    return PutRecordsResponse.builder()
        .records(publish(stream, request.records()))
        .failedRecordCount(0)
        .build();
  }

  /** Puts one record on a stream; otherwise like {@link #putRecords(PutRecordsRequest)}. */
  @Override
  public PutRecordResponse putRecord(PutRecordRequest request) {
    if (request.sequenceNumberForOrdering() != null
        || request.overrideConfiguration().isPresent()) {
      return kinesis.putRecord(request);
    }
    StreamPublisher.StreamId stream =
        new StreamPublisher.StreamId(request.streamName(), request.streamARN());
    PutRecordsRequestEntry entry =
        PutRecordsRequestEntry.builder()
            .data(request.data())
            .partitionKey(request.partitionKey())
            .explicitHashKey(request.explicitHashKey())
            .build();
    PutRecordsResultEntry receipt = publish(stream, List.of(entry)).get(0);
    return PutRecordResponse.builder()
        .shardId(receipt.shardId())
        .sequenceNumber(receipt.sequenceNumber())
        .build();
  }

  @Override
  public String serviceName() {
    return kinesis.serviceName();
  }

  @Override
  public KinesisServiceClientConfiguration serviceClientConfiguration() {
    return kinesis.serviceClientConfiguration();
  }

  /**
   * Serves the callers that wait, takes no more, then closes the client underneath. Takes no longer
   * than the deadline; sooner when the calling thread is interrupted.
   */
  @Override
  public void close() {
    List<StreamPublisher> open;
    synchronized (streams) {
      closed = true;
      open = List.copyOf(streams.values());
    }
    open.forEach(StreamPublisher::startClosing);
    try {
      for (StreamPublisher stream : open) {
        stream.awaitClosed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kinesis.close();
  }

  private List<PutRecordsResultEntry> publish(
      StreamPublisher.StreamId stream, List<PutRecordsRequestEntry> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    RecordCheck.requireValid(entries);
    long deadlineAt = System.nanoTime() + settings.deadline().toNanos();
    List<PendingRecord> records = entries.stream().map(PendingRecord::new).toList();
    StreamPublisher publisher = publisherOf(stream, records.size());
    ByteBudget.Reservation room = roomFor(records);
    long now = System.nanoTime();
    try {
      publisher.publish(
          inSequences(records).stream()
              .map(sequence -> new PublishCall(sequence, room.part(bytes(sequence)), now))
              .toList(),
          deadlineAt);
      lastOutcome.succeeded();
      return records.stream().map(PendingRecord::requireReceipt).toList();
    } catch (PublishException failure) {
      lastOutcome.failed(failure);
      throw failure;
    }
  }

  /**
   * What must be sent in order, and at the same time as the others: all records, or those of each
   * key where they are more than a request holds.
   */
  private Collection<List<PendingRecord>> inSequences(List<PendingRecord> records) {
    return settings.request().holds(records)
        ? List.of(records)
        : records.stream().collect(Collectors.groupingBy(PendingRecord::key)).values();
  }

  private static long bytes(List<PendingRecord> records) {
    long bytes = 0;
    for (PendingRecord record : records) {
      bytes += record.size();
    }
    return bytes;
  }

  private ByteBudget.Reservation roomFor(List<PendingRecord> records) {
    long bytes = bytes(records);
    try {
      ByteBudget.Reservation room = budget.reserve(bytes, settings.deadline().toNanos());
      if (room == null) {
        throw overloaded(
            " and had no room for %s more within %s ms"
                .formatted(bytes, settings.deadline().toMillis()),
            records.size());
      }
      return room;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishUnavailableException(
          "Interrupted while waiting for room in the publish buffer; nothing was sent",
          new Delivery(records.size(), 0, 0),
          e);
    }
  }

  private StreamPublisher publisherOf(StreamPublisher.StreamId stream, int records) {
    synchronized (streams) {
      if (closed) {
        throw new PublishUnavailableException(
            "The publisher is closed; nothing was sent", new Delivery(records, 0, 0), null);
      }
      return streams.computeIfAbsent(
          stream, id -> new StreamPublisher(kinesis, id, settings, backoff, metrics));
    }
  }

  private PublishOverloadedException overloaded(String more, int records) {
    return new PublishOverloadedException(
        "The publish buffer of %s bytes is full%s; send it again later"
            .formatted(budget.limit(), more),
        records);
  }
}
