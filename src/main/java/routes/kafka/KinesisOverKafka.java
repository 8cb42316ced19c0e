package routes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.ThreadSafe;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.CreateStreamResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Kafka, spoken to as Kinesis: what this app asks of streams is asked of topics. A record's
 * partition key is its Kafka key, which Kafka's own rule gives to a partition; its arrival is the
 * time that Kafka keeps with it.
 *
 * <p>Operations that the app does not call are not supported.
 */
@ThreadSafe
public final class KinesisOverKafka implements KinesisClient {

  /** A topic knows no time it was made at; that it was made again shows in its shards' names. */
  private static final Instant CREATED = Instant.EPOCH;

  /** What was gathered for one partition belongs to whichever it is read from. */
  private static final HashKeyRange ALL =
      HashKeyRange.builder()
          .startingHashKey("0")
          .endingHashKey(BigInteger.TWO.pow(128).subtract(BigInteger.ONE).toString())
          .build();

  private final KafkaFailures failures;
  private final Topics topics;
  private final PartitionReaders readers;
  private final Map<String, String> clients;

  /** One for each topic, so that what is wrong with one does not concern the others. */
  private final Map<String, TopicWriter> writers = new ConcurrentHashMap<>();

  /** A client that asks Kafka nothing before it is asked. */
  public KinesisOverKafka(KafkaSettings settings) {
    failures = new KafkaFailures(settings.brokers());
    topics = new Topics(settings.clients(), failures);
    readers = new PartitionReaders(settings.clients(), failures);
    clients = settings.clients();
  }

  @Override
  public ListStreamsResponse listStreams(ListStreamsRequest request) {
    SortedSet<String> names = topics.names();
    String after = request.exclusiveStartStreamName();
    List<String> rest =
        names.stream().filter(name -> after == null || name.compareTo(after) > 0).toList();
    int limit = request.limit() == null ? rest.size() : request.limit();
    return ListStreamsResponse.builder()
        .streamNames(rest.stream().limit(limit).toList())
        .hasMoreStreams(rest.size() > limit)
        .build();
  }

  @Override
  public DescribeStreamSummaryResponse describeStreamSummary(DescribeStreamSummaryRequest request) {
    String topic = request.streamName();
    return DescribeStreamSummaryResponse.builder()
        .streamDescriptionSummary(
            StreamDescriptionSummary.builder()
                .streamName(topic)
                .streamStatus(StreamStatus.ACTIVE)
                .streamModeDetails(mode -> mode.streamMode(StreamMode.PROVISIONED))
                .encryptionType(EncryptionType.NONE)
                .streamCreationTimestamp(CREATED)
                .openShardCount(topics.partitions(topic).size())
                .retentionPeriodHours(hours(topics.retention(topic)))
                .build())
        .build();
  }

  @Override
  public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    String topic = request.streamName();
    List<Shard> shards = topics.partitions(topic).stream().map(KinesisOverKafka::shard).toList();
    return DescribeStreamResponse.builder()
        .streamDescription(
            StreamDescription.builder()
                .streamName(topic)
                .streamStatus(StreamStatus.ACTIVE)
                .streamCreationTimestamp(CREATED)
                .shards(shards)
                .hasMoreShards(false)
                .build())
        .build();
  }

  @Override
  public CreateStreamResponse createStream(CreateStreamRequest request) {
    topics.create(request.streamName(), request.shardCount() == null ? 1 : request.shardCount());
    return CreateStreamResponse.builder().build();
  }

  /** All shards at once, however many are asked for. */
  @Override
  public ListShardsResponse listShards(ListShardsRequest request) {
    return ListShardsResponse.builder()
        .shards(
            topics.partitions(request.streamName()).stream().map(KinesisOverKafka::shard).toList())
        .build();
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    Partition partition =
        Partition.of(request.streamName(), request.shardId())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s is no shard of a topic".formatted(request.shardId())));
    topics.require(partition);
    return GetShardIteratorResponse.builder()
        .shardIterator(Place.at(partition, offset(partition, request)).iterator())
        .build();
  }

  private long offset(Partition partition, GetShardIteratorRequest request) {
    return switch (request.shardIteratorType()) {
      case TRIM_HORIZON -> first(partition);
      case LATEST -> end(partition);
      case AT_TIMESTAMP ->
          topics
              .offset(partition, OffsetSpec.forTimestamp(request.timestamp().toEpochMilli()))
              .orElseGet(() -> end(partition));
      case AT_SEQUENCE_NUMBER ->
          oldestFrom(partition, Long.parseLong(request.startingSequenceNumber()));
      case AFTER_SEQUENCE_NUMBER ->
          oldestFrom(partition, Long.parseLong(request.startingSequenceNumber()) + 1);
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException(
              "No kind of iterator: " + request.shardIteratorTypeAsString());
    };
  }

  /** What Kafka still has from there on, as Kinesis does it. */
  private long oldestFrom(Partition partition, long offset) {
    return Math.max(offset, first(partition));
  }

  private long first(Partition partition) {
    return topics.offset(partition, OffsetSpec.earliest()).orElse(0L);
  }

  private long end(Partition partition) {
    return topics.offset(partition, OffsetSpec.latest()).orElse(0L);
  }

  @Override
  public GetRecordsResponse getRecords(GetRecordsRequest request) {
    Place place = Place.of(request.shardIterator());
    PartitionReaders.Read read;
    try {
      read = readers.read(place, Objects.requireNonNullElse(request.limit(), Integer.MAX_VALUE));
    } catch (SdkClientException failure) {
      // One that was made again may only seem to be cut.
      topics.require(place.partition());
      throw failure;
    }
    if (!read.records().isEmpty()) {
      // Lest records of a topic that was made again pass for those of the one before.
      topics.require(place.partition());
    }
    return GetRecordsResponse.builder()
        .records(read.records().stream().map(KinesisOverKafka::record).toList())
        .nextShardIterator(read.next().iterator())
        .millisBehindLatest(read.behind() ? age(read.records()) : 0L)
        .build();
  }

  /** How far the last of them is behind, in milliseconds; 1 at least. */
  private static long age(List<ConsumerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return 1;
    }
    ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
    return Math.max(1, Duration.between(arrival(last), Instant.now()).toMillis());
  }

  @Override
  public PutRecordResponse putRecord(PutRecordRequest request) {
    List<Partition> partitions = partitions(request.streamName());
    TopicWriter.Outcome outcome =
        write(
                List.of(
                    new ProducerRecord<>(
                        request.streamName(),
                        request.partitionKey().getBytes(UTF_8),
                        request.data().asByteArrayUnsafe())))
            .get(0);
    if (outcome instanceof TopicWriter.Written written) {
      return PutRecordResponse.builder()
          .shardId(partition(written.place(), partitions))
          .sequenceNumber(Long.toString(written.place().offset()))
          .build();
    }
    throw failures.of(
        "take a record for the topic " + request.streamName(),
        ((TopicWriter.Failed) outcome).failure());
  }

  /**
   * Puts them. One that is not acknowledged fails with {@code InternalFailure}, as it may be there
   * nevertheless, or with the name of Kafka's exception, where that says that it is not.
   */
  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    String topic = request.streamName();
    List<Partition> partitions = partitions(topic);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(request.records().size());
    for (PutRecordsRequestEntry entry : request.records()) {
      records.add(
          new ProducerRecord<>(
              topic, entry.partitionKey().getBytes(UTF_8), entry.data().asByteArrayUnsafe()));
    }
    List<PutRecordsResultEntry> answers =
        write(records).stream().map(outcome -> answer(outcome, partitions)).toList();
    return PutRecordsResponse.builder()
        .records(answers)
        .failedRecordCount(
            (int) answers.stream().filter(answer -> answer.errorCode() != null).count())
        .build();
  }

  /** Those of a topic to be written to, which may be so new that a broker does not know it. */
  private List<Partition> partitions(String topic) {
    try {
      return topics.partitions(topic);
    } catch (AbortedException stopping) {
      throw stopping;
    } catch (SdkException failure) {
      throw KafkaFailures.unsent(failure);
    }
  }

  private List<TopicWriter.Outcome> write(List<ProducerRecord<byte[], byte[]>> records) {
    TopicWriter writer =
        writers.computeIfAbsent(records.get(0).topic(), topic -> new TopicWriter(clients));
    try {
      return writer.write(records);
    } catch (InterruptException stopped) {
      throw KafkaFailures.interrupted(stopped);
    } catch (KafkaException failure) {
      throw failures.of("take records for the topic " + records.get(0).topic(), failure);
    }
  }

  private static PutRecordsResultEntry answer(
      TopicWriter.Outcome outcome, List<Partition> partitions) {
    if (outcome instanceof TopicWriter.Written written) {
      return PutRecordsResultEntry.builder()
          .shardId(partition(written.place(), partitions))
          .sequenceNumber(Long.toString(written.place().offset()))
          .build();
    }
    Throwable failure = ((TopicWriter.Failed) outcome).failure();
    return PutRecordsResultEntry.builder()
        .errorCode(
            KafkaFailures.isRefusal(failure)
                ? failure.getClass().getSimpleName()
                : "InternalFailure")
        .errorMessage(failure.getMessage())
        .build();
  }

  /** A partition that the topic has got just now is of the same topic as the others. */
  private static String partition(RecordMetadata written, List<Partition> partitions) {
    Partition any = partitions.get(0);
    return new Partition(any.topic(), any.incarnation(), written.partition()).name();
  }

  private static Shard shard(Partition partition) {
    return Shard.builder()
        .shardId(partition.name())
        .hashKeyRange(ALL)
        .sequenceNumberRange(range -> range.startingSequenceNumber("0"))
        .build();
  }

  private static Record record(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    byte[] value = record.value();
    return Record.builder()
        .sequenceNumber(Long.toString(record.offset()))
        .approximateArrivalTimestamp(arrival(record))
        .partitionKey(key == null ? "" : new String(key, UTF_8))
        .data(SdkBytes.fromByteArrayUnsafe(value == null ? new byte[0] : value))
        .build();
  }

  /** Producers of long ago sent no time. */
  private static Instant arrival(ConsumerRecord<byte[], byte[]> record) {
    return Instant.ofEpochMilli(Math.max(0, record.timestamp()));
  }

  private static int hours(Duration retention) {
    return (int) Math.max(1, retention.toHours());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    writers.values().forEach(TopicWriter::close);
    readers.close();
    topics.close();
  }
}
