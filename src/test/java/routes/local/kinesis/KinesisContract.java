package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AFTER_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.LATEST;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * What every Kinesis does, as the AWS SDK sees it. It runs against ours and against one that is not
 * ours, so that what it says is not just what we believe.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KinesisContract {

  private static final BigInteger KEYS = BigInteger.ONE.shiftLeft(128);

  KinesisClient client;

  /** Starts the server under test. */
  abstract URI start(Path directory) throws Exception;

  abstract void stop() throws Exception;

  /** Whether the SDK is to speak CBOR, its default, or JSON. */
  abstract boolean cbor();

  @BeforeAll
  void connect(@TempDir Path directory) throws Exception {
    URI endpoint = start(directory);
    System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), String.valueOf(cbor()));
    client =
        KinesisClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterAll
  void disconnect() throws Exception {
    System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
    if (client != null) {
      client.close();
    }
    stop();
  }

  @Test
  void a_new_stream_has_shards_that_divide_the_hash_keys_evenly() {
    String stream = createStream(3);

    StreamDescription description = describe(stream);

    assertThat(description.streamName()).isEqualTo(stream);
    assertThat(description.streamARN())
        .matches("arn:aws:kinesis:us-east-1:\\d{12}:stream/" + stream);
    assertThat(description.retentionPeriodHours()).isEqualTo(24);
    assertThat(description.encryptionTypeAsString()).isEqualTo("NONE");
    assertThat(description.hasMoreShards()).isFalse();
    assertThat(description.streamCreationTimestamp())
        .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
    assertThat(description.shards())
        .extracting(Shard::shardId)
        .containsExactly("shardId-000000000000", "shardId-000000000001", "shardId-000000000002");
    BigInteger third = KEYS.divide(BigInteger.valueOf(3));
    assertThat(description.shards())
        .extracting(shard -> shard.hashKeyRange().startingHashKey())
        .containsExactly("0", third.toString(), third.multiply(BigInteger.TWO).toString());
    assertThat(description.shards())
        .extracting(shard -> shard.hashKeyRange().endingHashKey())
        .containsExactly(
            third.subtract(BigInteger.ONE).toString(),
            third.multiply(BigInteger.TWO).subtract(BigInteger.ONE).toString(),
            KEYS.subtract(BigInteger.ONE).toString());
    assertThat(description.shards())
        .allSatisfy(
            shard -> {
              assertThat(shard.parentShardId()).isNull();
              assertThat(shard.adjacentParentShardId()).isNull();
              assertThat(shard.sequenceNumberRange().startingSequenceNumber()).matches("\\d{56}");
              assertThat(shard.sequenceNumberRange().endingSequenceNumber()).isNull();
            });
  }

  @Test
  void the_summary_counts_open_shards() {
    String stream = createStream(2);
    split(stream, "shardId-000000000000", "100");

    assertThat(
            client
                .describeStreamSummary(r -> r.streamName(stream))
                .streamDescriptionSummary()
                .openShardCount())
        .isEqualTo(3);
  }

  @Test
  void a_stream_cannot_be_created_twice() {
    String stream = createStream(1);

    assertThatThrownBy(() -> client.createStream(r -> r.streamName(stream).shardCount(1)))
        .isInstanceOf(ResourceInUseException.class)
        .hasMessageContaining("Stream " + stream)
        .hasMessageContaining("already exists");
  }

  @Test
  void a_deleted_stream_is_not_found() {
    String stream = createStream(1);
    client.deleteStream(r -> r.streamName(stream));

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> describe(stream))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Stream " + stream));
  }

  @Test
  void no_operation_finds_a_stream_that_never_was() {
    String stream = "never-was";
    List<Consumer<KinesisClient>> calls =
        List.of(
            c -> c.deleteStream(r -> r.streamName(stream)),
            c -> c.describeStream(r -> r.streamName(stream)),
            c -> c.describeStreamSummary(r -> r.streamName(stream)),
            c -> c.listShards(r -> r.streamName(stream)),
            c -> put(stream, "key", "data"),
            c -> c.putRecords(r -> r.streamName(stream).records(entry("key", "data"))),
            c -> iterator(stream, "shardId-000000000000", r -> r.shardIteratorType(LATEST)),
            c ->
                c.increaseStreamRetentionPeriod(r -> r.streamName(stream).retentionPeriodHours(48)),
            c ->
                c.splitShard(
                    r ->
                        r.streamName(stream)
                            .shardToSplit("shardId-000000000000")
                            .newStartingHashKey("100")));

    for (Consumer<KinesisClient> call : calls) {
      assertThatThrownBy(() -> call.accept(client)).isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void streams_are_listed_by_name_page_by_page() {
    String prefix = "list-" + UUID.randomUUID();
    for (String suffix : List.of("b", "c", "a")) {
      createStream(prefix + suffix, 1);
    }

    List<String> names = new ArrayList<>();
    boolean more = true;
    while (more) {
      String after = names.isEmpty() ? prefix : names.get(names.size() - 1);
      var page = client.listStreams(r -> r.exclusiveStartStreamName(after).limit(1));
      assertThat(page.streamNames()).hasSizeLessThanOrEqualTo(1);
      names.addAll(page.streamNames());
      more = page.hasMoreStreams() && page.streamNames().get(0).startsWith(prefix);
    }

    assertThat(names)
        .filteredOn(name -> name.startsWith(prefix))
        .containsExactly(prefix + "a", prefix + "b", prefix + "c");
  }

  @Test
  void a_record_comes_back_as_it_was_put() {
    String stream = createStream(1);
    String key = "schlüssel-\u20ac-\ud83d\udd11";
    byte[] everyByte = new byte[256];
    IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);

    PutRecordResponse put =
        client.putRecord(
            r -> r.streamName(stream).partitionKey(key).data(SdkBytes.fromByteArray(everyByte)));
    Record record = onlyRecord(stream);

    assertThat(put.shardId()).isEqualTo("shardId-000000000000");
    assertThat(put.sequenceNumber()).matches("\\d{56}");
    assertThat(record.sequenceNumber()).isEqualTo(put.sequenceNumber());
    assertThat(record.partitionKey()).isEqualTo(key);
    assertThat(record.data().asByteArray()).isEqualTo(everyByte);
    assertThat(record.approximateArrivalTimestamp())
        .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now().plusSeconds(5));
  }

  @Test
  void a_record_may_be_empty() {
    String stream = createStream(1);
    put(stream, "key", "");

    assertThat(onlyRecord(stream).data().asByteArray()).isEmpty();
  }

  @Test
  void put_records_answers_in_the_order_asked_and_a_shard_keeps_it() {
    String stream = createStream(2);
    List<PutRecordsRequestEntry> entries =
        IntStream.range(0, 500).mapToObj(i -> entry("key-" + i, "data-" + i)).toList();

    PutRecordsResponse response = client.putRecords(r -> r.streamName(stream).records(entries));

    assertThat(response.failedRecordCount()).isZero();
    assertThat(response.records()).hasSize(500);
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (Shard shard : describe(stream).shards()) {
      List<BigInteger> numbers = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        if (response.records().get(i).shardId().equals(shard.shardId())) {
          numbers.add(new BigInteger(response.records().get(i).sequenceNumber()));
          expected.add(response.records().get(i).sequenceNumber() + " data-" + i);
        }
      }
      assertThat(numbers).isSorted().doesNotHaveDuplicates().isNotEmpty();
      readAll(stream, shard.shardId())
          .forEach(record -> actual.add(record.sequenceNumber() + " " + text(record)));
    }
    assertThat(actual).containsExactlyElementsOf(expected);
  }

  @Test
  void a_record_goes_to_the_shard_whose_range_holds_the_md5_of_its_partition_key() {
    String stream = createStream(3);
    List<Shard> shards = describe(stream).shards();
    List<String> keys = IntStream.range(0, 100).mapToObj(i -> "schlüssel-" + i).toList();

    PutRecordsResponse response =
        client.putRecords(
            r -> r.streamName(stream).records(keys.stream().map(k -> entry(k, k)).toList()));

    for (int i = 0; i < keys.size(); i++) {
      assertThat(response.records().get(i).shardId())
          .isEqualTo(shardHolding(shards, md5(keys.get(i))).shardId());
    }
  }

  @Test
  void an_explicit_hash_key_overrides_the_partition_key() {
    String stream = createStream(3);
    for (Shard shard : describe(stream).shards()) {
      for (String hashKey :
          List.of(shard.hashKeyRange().startingHashKey(), shard.hashKeyRange().endingHashKey())) {
        assertThat(putExplicitly(stream, hashKey).shardId()).isEqualTo(shard.shardId());
        assertThat(
                client
                    .putRecords(
                        r ->
                            r.streamName(stream)
                                .records(
                                    entry("same", "x").toBuilder()
                                        .explicitHashKey(hashKey)
                                        .build()))
                    .records()
                    .get(0)
                    .shardId())
            .isEqualTo(shard.shardId());
      }
    }
  }

  @Test
  void iterators_begin_where_they_are_told_to() {
    String stream = createStream(1);
    String shard = "shardId-000000000000";
    put(stream, "key", "first");
    String second = put(stream, "key", "second").sequenceNumber();
    put(stream, "key", "third");
    String latest = iterator(stream, shard, r -> r.shardIteratorType(LATEST));
    put(stream, "key", "fourth");

    assertThat(texts(iterator(stream, shard, r -> r.shardIteratorType(TRIM_HORIZON))))
        .containsExactly("first", "second", "third", "fourth");
    assertThat(
            texts(
                iterator(
                    stream,
                    shard,
                    r -> r.shardIteratorType(AT_SEQUENCE_NUMBER).startingSequenceNumber(second))))
        .containsExactly("second", "third", "fourth");
    assertThat(
            texts(
                iterator(
                    stream,
                    shard,
                    r ->
                        r.shardIteratorType(AFTER_SEQUENCE_NUMBER).startingSequenceNumber(second))))
        .containsExactly("third", "fourth");
    assertThat(texts(latest)).containsExactly("fourth");
    String start = describe(stream).shards().get(0).sequenceNumberRange().startingSequenceNumber();
    assertThat(
            texts(
                iterator(
                    stream,
                    shard,
                    r -> r.shardIteratorType(AT_SEQUENCE_NUMBER).startingSequenceNumber(start))))
        .containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void reading_goes_on_at_the_next_iterator_and_finds_what_came_meanwhile() {
    String stream = createStream(1);
    put(stream, "key", "first");
    put(stream, "key", "second");
    String iterator =
        iterator(stream, "shardId-000000000000", r -> r.shardIteratorType(TRIM_HORIZON));

    String begin = iterator;
    GetRecordsResponse one = client.getRecords(r -> r.shardIterator(begin).limit(1));
    GetRecordsResponse two = client.getRecords(r -> r.shardIterator(one.nextShardIterator()));
    GetRecordsResponse none = client.getRecords(r -> r.shardIterator(two.nextShardIterator()));
    put(stream, "key", "third");
    GetRecordsResponse three = client.getRecords(r -> r.shardIterator(none.nextShardIterator()));

    assertThat(one.records()).extracting(KinesisContract::text).containsExactly("first");
    assertThat(two.records()).extracting(KinesisContract::text).containsExactly("second");
    assertThat(none.records()).isEmpty();
    assertThat(none.millisBehindLatest()).isZero();
    assertThat(three.records()).extracting(KinesisContract::text).containsExactly("third");
  }

  @Test
  void a_sequence_number_of_another_shard_is_refused() {
    String stream = createStream(2);
    List<Shard> shards = describe(stream).shards();
    String other = shards.get(1).sequenceNumberRange().startingSequenceNumber();

    assertThatThrownBy(
            () ->
                iterator(
                    stream,
                    shards.get(0).shardId(),
                    r -> r.shardIteratorType(AT_SEQUENCE_NUMBER).startingSequenceNumber(other)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void a_split_shard_is_read_to_its_end_and_continued_by_its_children() {
    String stream = createStream(1);
    String last = put(stream, "key", "before").sequenceNumber();

    split(stream, "shardId-000000000000", "1000");

    List<Shard> shards = describe(stream).shards();
    Shard parent = shards.get(0);
    assertThat(shards).hasSize(3);
    BigInteger end = new BigInteger(parent.sequenceNumberRange().endingSequenceNumber());
    assertThat(end).isGreaterThan(new BigInteger(last));
    assertThat(shards.subList(1, 3))
        .allSatisfy(
            child -> {
              assertThat(child.parentShardId()).isEqualTo(parent.shardId());
              assertThat(child.adjacentParentShardId()).isNull();
              assertThat(child.sequenceNumberRange().endingSequenceNumber()).isNull();
              assertThat(new BigInteger(child.sequenceNumberRange().startingSequenceNumber()))
                  .isGreaterThan(end);
            });
    assertThat(shards.subList(1, 3))
        .extracting(
            child -> child.hashKeyRange().startingHashKey(),
            child -> child.hashKeyRange().endingHashKey())
        .containsExactly(
            tuple("0", "999"), tuple("1000", KEYS.subtract(BigInteger.ONE).toString()));
    PutRecordResponse after = put(stream, "key", "after");
    assertThat(after.shardId()).isEqualTo("shardId-000000000002");
    assertThat(new BigInteger(after.sequenceNumber())).isGreaterThan(end);
    assertThat(readAll(stream, parent.shardId()))
        .extracting(KinesisContract::text)
        .containsExactly("before");
    assertThat(readAll(stream, after.shardId()))
        .extracting(KinesisContract::text)
        .containsExactly("after");
  }

  @Test
  void merged_shards_are_both_parents_of_their_child() {
    String stream = createStream(2);
    client.mergeShards(
        r ->
            r.streamName(stream)
                .shardToMerge("shardId-000000000000")
                .adjacentShardToMerge("shardId-000000000001"));
    awaitActive(stream);

    List<Shard> shards = describe(stream).shards();
    Shard child = shards.get(2);

    assertThat(shards).hasSize(3);
    assertThat(child.parentShardId()).isEqualTo("shardId-000000000000");
    assertThat(child.adjacentParentShardId()).isEqualTo("shardId-000000000001");
    assertThat(child.hashKeyRange().startingHashKey()).isEqualTo("0");
    assertThat(child.hashKeyRange().endingHashKey())
        .isEqualTo(KEYS.subtract(BigInteger.ONE).toString());
    for (Shard parent : shards.subList(0, 2)) {
      assertThat(new BigInteger(parent.sequenceNumberRange().endingSequenceNumber()))
          .isLessThan(new BigInteger(child.sequenceNumberRange().startingSequenceNumber()));
    }
  }

  @Test
  void only_neighbours_merge_and_only_in_order() {
    String stream = createStream(3);

    for (List<String> pair : List.of(List.of("0", "2"), List.of("1", "0"))) {
      assertThatThrownBy(
              () ->
                  client.mergeShards(
                      r ->
                          r.streamName(stream)
                              .shardToMerge("shardId-00000000000" + pair.get(0))
                              .adjacentShardToMerge("shardId-00000000000" + pair.get(1))))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("not an adjacent pair");
    }
  }

  @Test
  void a_shard_splits_only_inside_its_range() {
    String stream = createStream(2);
    String middle = describe(stream).shards().get(1).hashKeyRange().startingHashKey();

    for (String start : List.of("0", "1", middle)) {
      assertThatThrownBy(
              () ->
                  client.splitShard(
                      r ->
                          r.streamName(stream)
                              .shardToSplit("shardId-000000000000")
                              .newStartingHashKey(start)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("NewStartingHashKey " + start);
    }
  }

  @Test
  void shards_are_listed_after_a_given_one() {
    String stream = createStream(3);

    assertThat(
            client
                .listShards(r -> r.streamName(stream).exclusiveStartShardId("shardId-000000000000"))
                .shards())
        .extracting(Shard::shardId)
        .containsExactly("shardId-000000000001", "shardId-000000000002");
  }

  @Test
  void retention_goes_up_and_down_between_a_day_and_a_year() {
    String stream = createStream(1);

    client.increaseStreamRetentionPeriod(r -> r.streamName(stream).retentionPeriodHours(48));
    assertThat(describe(stream).retentionPeriodHours()).isEqualTo(48);
    assertThatThrownBy(
            () ->
                client.increaseStreamRetentionPeriod(
                    r -> r.streamName(stream).retentionPeriodHours(47)))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(
            () ->
                client.decreaseStreamRetentionPeriod(
                    r -> r.streamName(stream).retentionPeriodHours(49)))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(
            () ->
                client.decreaseStreamRetentionPeriod(
                    r -> r.streamName(stream).retentionPeriodHours(23)))
        .isInstanceOf(InvalidArgumentException.class);
    client.decreaseStreamRetentionPeriod(r -> r.streamName(stream).retentionPeriodHours(24));
    assertThat(describe(stream).retentionPeriodHours()).isEqualTo(24);
  }

  @Test
  void what_exceeds_the_limits_of_a_put_is_refused_as_a_whole() {
    String stream = createStream(1);
    List<PutRecordsRequestEntry> tooMany = Collections.nCopies(501, entry("key", "x"));
    String largest = "x".repeat((1 << 20) + 1);

    assertInvalid(
        () -> client.putRecords(r -> r.streamName(stream).records(tooMany)), "ValidationException");
    assertInvalid(
        () -> client.putRecords(r -> r.streamName(stream).records(List.of())),
        "ValidationException");
    assertInvalid(() -> put(stream, "k".repeat(257), "x"), "ValidationException");
    assertInvalid(() -> put(stream, "", "x"), "ValidationException");
    assertInvalid(() -> put(stream, "key", largest), "ValidationException");
    assertInvalid(
        () ->
            client.putRecords(
                r -> r.streamName(stream).records(entry("key", "x"), entry("key", largest))),
        "ValidationException");
    assertInvalid(() -> putExplicitly(stream, "x"), "ValidationException");
    assertInvalid(() -> putExplicitly(stream, KEYS.toString()), "InvalidArgumentException");
    assertThat(readAll(stream, "shardId-000000000000")).isEmpty();
  }

  @Test
  void what_exceeds_the_limits_of_a_read_is_refused() {
    String stream = createStream(1);
    String iterator =
        iterator(stream, "shardId-000000000000", r -> r.shardIteratorType(TRIM_HORIZON));

    assertInvalid(
        () -> client.getRecords(r -> r.shardIterator(iterator).limit(10_001)),
        "ValidationException");
    assertInvalid(
        () -> client.getRecords(r -> r.shardIterator(iterator).limit(0)), "ValidationException");
    assertInvalid(
        () -> client.getRecords(r -> r.shardIterator("bm9uc2Vuc2U=")), "InvalidArgumentException");
    assertInvalid(
        () -> iterator(stream, "shardId-000000000000", r -> r.shardIteratorType("NEVER")),
        "ValidationException");
    assertInvalid(
        () -> iterator(stream, "shardId-000000000007", r -> r.shardIteratorType(LATEST)),
        "ResourceNotFoundException");
  }

  @Test
  void a_stream_needs_a_proper_name_and_shards() {
    assertInvalid(
        () -> client.createStream(r -> r.streamName("no spaces").shardCount(1)),
        "ValidationException");
    assertInvalid(
        () -> client.createStream(r -> r.streamName("x".repeat(129)).shardCount(1)),
        "ValidationException");
    assertInvalid(
        () -> client.createStream(r -> r.streamName("none").shardCount(0)), "ValidationException");
  }

  static void assertInvalid(ThrowingCallable call, String errorCode) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KinesisException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(errorCode);
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorMessage()).isNotBlank();
            });
  }

  String createStream(int shards) {
    return createStream("stream-" + UUID.randomUUID(), shards);
  }

  private String createStream(String name, int shards) {
    client.createStream(r -> r.streamName(name).shardCount(shards));
    awaitActive(name);
    return name;
  }

  void split(String stream, String shard, String start) {
    client.splitShard(r -> r.streamName(stream).shardToSplit(shard).newStartingHashKey(start));
    awaitActive(stream);
  }

  void awaitActive(String stream) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> describe(stream).streamStatus() == StreamStatus.ACTIVE);
  }

  StreamDescription describe(String stream) {
    return client.describeStream(r -> r.streamName(stream)).streamDescription();
  }

  PutRecordResponse put(String stream, String key, String data) {
    return client.putRecord(
        r -> r.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
  }

  PutRecordResponse putExplicitly(String stream, String hashKey) {
    return client.putRecord(
        r ->
            r.streamName(stream)
                .partitionKey("same")
                .explicitHashKey(hashKey)
                .data(SdkBytes.fromUtf8String("x")));
  }

  static PutRecordsRequestEntry entry(String key, String data) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromUtf8String(data))
        .build();
  }

  String iterator(String stream, String shard, Consumer<GetShardIteratorRequest.Builder> where) {
    return client
        .getShardIterator(
            r -> {
              r.streamName(stream).shardId(shard);
              where.accept(r);
            })
        .shardIterator();
  }

  List<String> texts(String iterator) {
    return client.getRecords(r -> r.shardIterator(iterator)).records().stream()
        .map(KinesisContract::text)
        .toList();
  }

  private Record onlyRecord(String stream) {
    List<Record> records = readAll(stream, "shardId-000000000000");
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  /** Reads to the end of a closed shard, or until an open one has no more for now. */
  List<Record> readAll(String stream, String shard) {
    List<Record> records = new ArrayList<>();
    String next = iterator(stream, shard, r -> r.shardIteratorType(TRIM_HORIZON));
    boolean more = true;
    while (more && next != null) {
      String current = next;
      GetRecordsResponse response = client.getRecords(r -> r.shardIterator(current));
      records.addAll(response.records());
      next = response.nextShardIterator();
      more = !response.records().isEmpty();
    }
    return records;
  }

  static String text(Record record) {
    return record.data().asUtf8String();
  }

  private static Shard shardHolding(List<Shard> shards, BigInteger hashKey) {
    return shards.stream()
        .filter(
            shard ->
                new BigInteger(shard.hashKeyRange().startingHashKey()).compareTo(hashKey) <= 0
                    && new BigInteger(shard.hashKeyRange().endingHashKey()).compareTo(hashKey) >= 0)
        .findFirst()
        .orElseThrow();
  }

  private static BigInteger md5(String key) {
    try {
      return new BigInteger(1, MessageDigest.getInstance("MD5").digest(key.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
