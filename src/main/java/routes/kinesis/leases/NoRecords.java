package routes.kinesis.leases;

import io.reactivex.rxjava3.core.Flowable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.RequestDetails;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.retrieval.BatchUniqueIdentifier;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RecordsDeliveryAck;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.RecordsRetrieved;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * What the Kinesis Client Library reads of a shard in place of its records: now and then an empty
 * one that stands for all that are delivered, as it takes a minute of silence for a failure and
 * keeps the leases of a shard's parents until the shard has got somewhere; and in the end that the
 * shard is finished.
 */
final class NoRecords implements RecordsPublisher {

  private static final long RETRY_SECONDS = 15;

  private record Read(ProcessRecordsInput processRecordsInput) implements RecordsRetrieved {
    @Override
    public BatchUniqueIdentifier batchUniqueIdentifier() {
      return new BatchUniqueIdentifier(UUID.randomUUID().toString(), "");
    }
  }

  private final Supplier<Optional<String>> delivered;
  private final CompletableFuture<List<ChildShard>> finished;

  /**
   * @param delivered up to which sequence number all is in the lake
   * @param finished done once all of the shard is in the lake, with the shards it became
   */
  NoRecords(Supplier<Optional<String>> delivered, CompletableFuture<List<ChildShard>> finished) {
    this.delivered = delivered;
    this.finished = finished;
  }

  @Override
  public void subscribe(Subscriber<? super RecordsRetrieved> library) {
    Flowable<RecordsRetrieved> end = Flowable.fromCompletionStage(finished).map(NoRecords::end);
    Flowable.interval(RETRY_SECONDS, TimeUnit.SECONDS)
        .onBackpressureDrop()
        .map(again -> place())
        .takeUntil(end)
        .concatWith(end)
        .subscribe(library);
  }

  @Override
  public void start(ExtendedSequenceNumber from, InitialPositionInStreamExtended initial) {}

  @Override
  public void restartFrom(RecordsRetrieved last) {}

  @Override
  public void notify(RecordsDeliveryAck taken) {}

  @Override
  public void shutdown() {}

  @Override
  public @Nullable RequestDetails getLastSuccessfulRequestDetails() {
    return null;
  }

  private RecordsRetrieved place() {
    return new Read(
        ProcessRecordsInput.builder()
            .records(delivered.get().stream().map(NoRecords::emptyRecord).toList())
            .childShards(List.of())
            .millisBehindLatest(0L)
            .build());
  }

  private static KinesisClientRecord emptyRecord(String sequenceNumber) {
    return KinesisClientRecord.builder()
        .sequenceNumber(sequenceNumber)
        .partitionKey("")
        .data(ByteBuffer.allocate(0))
        .build();
  }

  private static RecordsRetrieved end(List<ChildShard> children) {
    return new Read(
        ProcessRecordsInput.builder()
            .records(List.of())
            .childShards(children)
            .isAtShardEnd(true)
            .millisBehindLatest(0L)
            .build());
  }
}
