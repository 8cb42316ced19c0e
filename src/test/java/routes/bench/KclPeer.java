package routes.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.processor.StreamTracker;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * The same work with the Kinesis Client Library and plain puts. At least once: a checkpoint follows
 * when everything that was open is put.
 */
final class KclPeer implements ShardRecordProcessor {

  private final S3Client s3;
  private final Map<String, Group> open = new HashMap<>();
  private long openedNanos;

  private KclPeer(S3Client s3) {
    this.s3 = s3;
  }

  public static void main(String[] args) {
    S3Client s3 = Peer.s3();
    // Its default for Kinesis is HTTP/2, which the embedded cloud does not speak.
    KinesisAsyncClient kinesis =
        KinesisAsyncClient.builder()
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
            .build();
    DynamoDbAsyncClient dynamoDb =
        DynamoDbAsyncClient.builder()
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB")))
            .build();
    StreamTracker stream =
        new SingleStreamTracker(
            Peer.STREAM,
            InitialPositionInStreamExtended.newInitialPosition(
                InitialPositionInStream.TRIM_HORIZON));
    ConfigsBuilder configs =
        new ConfigsBuilder(
            stream,
            Peer.BUCKET,
            kinesis,
            dynamoDb,
            CloudWatchAsyncClient.create(),
            UUID.randomUUID().toString(),
            () -> new KclPeer(s3));
    PollingConfig polling = new PollingConfig(Peer.STREAM, kinesis).maxRecords(Peer.MAX_RECORDS);
    polling.idleTimeBetweenReadsInMillis(200);
    new Scheduler(
            configs.checkpointConfig(),
            configs.coordinatorConfig(),
            configs.leaseManagementConfig().shardSyncIntervalMillis(1_000),
            configs.lifecycleConfig(),
            configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
            configs.processorConfig().callProcessRecordsEvenForEmptyRecordList(true),
            configs.retrievalConfig().retrievalSpecificConfig(polling))
        .run();
  }

  /** The lines of one service and hour. */
  private static final class Group {
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private int count;
  }

  @Override
  public void processRecords(ProcessRecordsInput read) {
    try {
      for (KinesisClientRecord each : read.records()) {
        byte[] line = new byte[each.data().remaining()];
        each.data().get(line);
        add(line);
      }
      if (!open.isEmpty() && System.nanoTime() - openedNanos > Peer.FLUSH_MILLIS * 1_000_000) {
        putAll(read.checkpointer());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void add(byte[] line) throws IOException {
    if (open.isEmpty()) {
      openedNanos = System.nanoTime();
    }
    String partition = Peer.partition(line);
    Group group = open.computeIfAbsent(partition, name -> new Group());
    group.lines.writeBytes(line);
    group.lines.write('\n');
    group.count++;
    if (group.count >= Peer.MAX_RECORDS || group.lines.size() >= Peer.MAX_BYTES) {
      open.remove(partition);
      put(partition, group);
    }
  }

  private void put(String partition, Group group) {
    s3.putObject(
        put -> put.bucket(Peer.BUCKET).key(Peer.newKey(partition)),
        RequestBody.fromBytes(group.lines.toByteArray()));
  }

  private void putAll(RecordProcessorCheckpointer checkpointer) {
    open.forEach(this::put);
    open.clear();
    try {
      checkpointer.checkpoint();
    } catch (InvalidStateException | ShutdownException lost) {
      throw new IllegalStateException(lost);
    }
  }

  @Override
  public void initialize(InitializationInput shard) {}

  @Override
  public void leaseLost(LeaseLostInput lost) {}

  @Override
  public void shardEnded(ShardEndedInput ended) {
    putAll(ended.checkpointer());
  }

  @Override
  public void shutdownRequested(ShutdownRequestedInput stop) {
    putAll(stop.checkpointer());
  }
}
