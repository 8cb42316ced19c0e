package routes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class KinesisOverKafkaTest {

  private static KafkaBroker broker;
  private static Admin admin;

  private KinesisOverKafka kinesis;
  private String topic;

  @BeforeAll
  static void startBroker(@TempDir Path folder) throws Exception {
    broker = new KafkaBroker(folder).start();
    admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void start(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    kinesis = new KinesisOverKafka(broker.settings());
  }

  @AfterEach
  void stop() {
    kinesis.close();
  }

  @Test
  void what_is_put_is_read_in_its_order_where_the_answer_says() {
    create(3);

    List<PutRecordsResultEntry> answers = put("a", "b", "c", "d");

    assertThat(answers).extracting(PutRecordsResultEntry::errorCode).containsOnlyNulls();
    for (int i = 0; i < answers.size(); i++) {
      PutRecordsResultEntry answer = answers.get(i);
      GetRecordsResponse read =
          read(
              answer.shardId(),
              at -> {
                at.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER);
                at.startingSequenceNumber(answer.sequenceNumber());
              });
      assertThat(read.records().get(0).data().asUtf8String()).isEqualTo("abcd".substring(i, i + 1));
      assertThat(read.records().get(0).partitionKey()).isEqualTo("abcd".substring(i, i + 1));
    }
  }

  @Test
  void records_of_one_key_keep_their_order_and_are_read_on_from_any_iterator() {
    create(2);
    List<String> sent = Stream.iterate(0, n -> n + 1).limit(1_000).map(String::valueOf).toList();
    String shard = null;
    for (String data : sent) {
      shard =
          kinesis
              .putRecord(
                  put ->
                      put.streamName(topic).partitionKey("one").data(SdkBytes.fromUtf8String(data)))
              .shardId();
    }

    List<String> got = new ArrayList<>();
    String iterator = iterator(shard, at -> at.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    List<Long> behind = new ArrayList<>();
    while (got.size() < sent.size()) {
      String from = iterator;
      GetRecordsResponse read = kinesis.getRecords(get -> get.shardIterator(from).limit(300));
      read.records().forEach(record -> got.add(record.data().asUtf8String()));
      behind.add(read.millisBehindLatest());
      iterator = read.nextShardIterator();
    }

    assertThat(got).isEqualTo(sent);
    assertThat(behind.get(0)).isPositive();
    assertThat(behind.get(behind.size() - 1)).isZero();
    String end = iterator;
    GetRecordsResponse nothing = kinesis.getRecords(get -> get.shardIterator(end).limit(300));
    assertThat(nothing.records()).isEmpty();
    assertThat(nothing.millisBehindLatest()).isZero();
    put("one");
    String next = nothing.nextShardIterator();
    assertThat(kinesis.getRecords(get -> get.shardIterator(next).limit(300)).records())
        .extracting(record -> record.data().asUtf8String())
        .containsExactly("one");
  }

  @Test
  void iterators_begin_where_they_say() throws Exception {
    create(1);
    put("a");
    Instant between = Instant.now().plusMillis(5);
    while (Instant.now().isBefore(between)) {
      Thread.onSpinWait();
    }
    put("b", "c");

    assertThat(texts(at -> at.shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
        .containsExactly("a", "b", "c");
    assertThat(texts(at -> at.shardIteratorType(ShardIteratorType.LATEST))).isEmpty();
    assertThat(texts(at -> at.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(between)))
        .containsExactly("b", "c");
    assertThat(
            texts(
                at ->
                    at.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(Instant.now().plusSeconds(60))))
        .isEmpty();
    assertThat(
            texts(
                at ->
                    at.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber("1")))
        .containsExactly("b", "c");
    assertThat(
            texts(
                at ->
                    at.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .startingSequenceNumber("1")))
        .containsExactly("c");
  }

  @Test
  void a_place_that_kafka_has_dropped_expires_and_the_next_is_the_oldest_there_is()
      throws Exception {
    create(1);
    put("a", "b", "c", "d");
    String iterator = iterator(shard(), at -> at.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    admin
        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
        .all()
        .get();

    assertThatThrownBy(() -> kinesis.getRecords(get -> get.shardIterator(iterator).limit(10)))
        .isInstanceOf(ExpiredIteratorException.class);
    assertThat(
            texts(
                at ->
                    at.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .startingSequenceNumber("0")))
        .containsExactly("c", "d");
  }

  @Test
  void a_topic_that_was_made_again_is_another() throws Exception {
    create(1);
    put("old");
    String before = shard();
    String iterator = iterator(before, at -> at.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    admin.deleteTopics(Set.of(topic)).all().get();
    createSoon();
    put("new");

    assertThat(shard()).isNotEqualTo(before);
    assertThatThrownBy(() -> kinesis.getRecords(get -> get.shardIterator(iterator).limit(10)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () -> iterator(before, at -> at.shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void a_topic_that_ends_before_what_was_read_is_not_read_on() {
    create(1);
    put("a");

    assertThatThrownBy(
            () ->
                texts(
                    at ->
                        at.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .startingSequenceNumber("7")))
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("goes on at offset 1, before 8, up to which it was read");
  }

  @Test
  void what_a_producer_took_back_is_not_read() {
    create(1);
    put("a");
    try (KafkaProducer<String, String> other = transactional()) {
      other.beginTransaction();
      other.send(new ProducerRecord<>(topic, "x", "taken back"));
      other.flush();
      other.abortTransaction();
      other.beginTransaction();
      other.send(new ProducerRecord<>(topic, "x", "kept"));
      other.commitTransaction();
    }
    put("b");

    assertThat(texts(at -> at.shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
        .containsExactly("a", "kept", "b");
  }

  @Test
  void a_partition_ends_where_a_transaction_is_open() {
    create(1);
    put("a");
    try (KafkaProducer<String, String> other = transactional()) {
      other.beginTransaction();
      other.send(new ProducerRecord<>(topic, "x", "open"));
      other.flush();

      assertThat(texts(at -> at.shardIteratorType(ShardIteratorType.LATEST))).isEmpty();
      assertThat(
              texts(
                  at ->
                      at.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                          .timestamp(Instant.now().plusSeconds(60))))
          .isEmpty();
      String iterator = iterator(shard(), at -> at.shardIteratorType(ShardIteratorType.LATEST));
      other.commitTransaction();
      put("b");

      assertThat(kinesis.getRecords(get -> get.shardIterator(iterator).limit(10)).records())
          .extracting(record -> record.data().asUtf8String())
          .containsExactly("open", "b");
    }
  }

  @Test
  void topics_are_described_as_streams() throws Exception {
    create(2);
    var described =
        kinesis.describeStreamSummary(r -> r.streamName(topic)).streamDescriptionSummary();

    assertThat(described.openShardCount()).isEqualTo(2);
    assertThat(described.retentionPeriodHours()).isEqualTo(168);
    assertThat(kinesis.listStreams(list -> list.limit(100)).streamNames()).contains(topic);
    assertThatThrownBy(() -> kinesis.createStream(r -> r.streamName(topic).shardCount(1)))
        .isInstanceOf(ResourceInUseException.class);
    assertThatThrownBy(() -> kinesis.describeStreamSummary(r -> r.streamName("none")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void a_compacted_topic_is_refused() throws Exception {
    admin
        .createTopics(
            Set.of(
                new NewTopic(topic, Optional.of(1), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact"))))
        .all()
        .get();

    assertThatThrownBy(() -> kinesis.describeStreamSummary(r -> r.streamName(topic)))
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("is compacted");
  }

  @Test
  void a_record_that_is_too_large_for_the_topic_fails_alone() throws Exception {
    admin
        .createTopics(
            Set.of(
                new NewTopic(topic, Optional.of(2), Optional.empty())
                    .configs(Map.of("max.message.bytes", "1000"))))
        .all()
        .get();
    String large =
        new java.util.Random(7)
            .ints(5_000, 33, 127)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    List<PutRecordsResultEntry> answers = put("small", large);

    assertThat(answers)
        .extracting(PutRecordsResultEntry::errorCode)
        .containsExactly(null, "RecordTooLargeException");
  }

  @Test
  void brokers_that_are_away_are_said_to_be() {
    try (KinesisOverKafka away = new KinesisOverKafka(settings("localhost:1"))) {
      assertThatThrownBy(() -> away.describeStreamSummary(r -> r.streamName(topic)))
          .isInstanceOf(SdkClientException.class)
          .hasMessageContaining("Kafka at localhost:1 cannot describe the topic " + topic);
    }
  }

  /** Another producer, whose records are there once it says so. */
  private KafkaProducer<String, String> transactional() {
    KafkaProducer<String, String> other =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address(), "transactional.id", topic),
            new StringSerializer(),
            new StringSerializer());
    other.initTransactions();
    return other;
  }

  private static KafkaSettings settings(String address) {
    return new KafkaSettings(Map.of("bootstrap.servers", address));
  }

  private void create(int partitions) {
    kinesis.createStream(create -> create.streamName(topic).shardCount(partitions));
  }

  /** A topic that was deleted is gone a moment later. */
  private void createSoon() {
    org.awaitility.Awaitility.await()
        .ignoreExceptions()
        .until(
            () -> {
              create(1);
              return true;
            });
  }

  private List<PutRecordsResultEntry> put(String... data) {
    return kinesis
        .putRecords(
            put ->
                put.streamName(topic)
                    .records(
                        Arrays.stream(data)
                            .map(
                                text ->
                                    PutRecordsRequestEntry.builder()
                                        .partitionKey(text.substring(0, Math.min(5, text.length())))
                                        .data(SdkBytes.fromString(text, UTF_8))
                                        .build())
                            .toList()))
        .records();
  }

  private String shard() {
    List<Shard> shards = kinesis.listShards(list -> list.streamName(topic)).shards();
    assertThat(shards).hasSize(1);
    return shards.get(0).shardId();
  }

  private List<String> texts(java.util.function.Consumer<GetShardIteratorRequest.Builder> where) {
    return read(shard(), where).records().stream()
        .map(record -> record.data().asUtf8String())
        .toList();
  }

  private GetRecordsResponse read(
      String shard, java.util.function.Consumer<GetShardIteratorRequest.Builder> where) {
    String iterator = iterator(shard, where);
    return kinesis.getRecords(get -> get.shardIterator(iterator).limit(10));
  }

  private String iterator(
      String shard, java.util.function.Consumer<GetShardIteratorRequest.Builder> where) {
    return kinesis
        .getShardIterator(
            at -> {
              at.streamName(topic).shardId(shard);
              where.accept(at);
            })
        .shardIterator();
  }
}
