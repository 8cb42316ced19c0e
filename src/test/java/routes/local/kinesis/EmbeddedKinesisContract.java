package routes.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_TIMESTAMP;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.LATEST;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.EnhancedMetrics;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;

/** The contract against ours, and what else AWS does that kinesalite does not. */
abstract class EmbeddedKinesisContract extends KinesisContract {

  final MutableClock clock = new MutableClock();
  private EmbeddedKinesis kinesis;
  private KinesisServer server;

  @Override
  URI start(Path directory) throws Exception {
    KinesisOptions options = KinesisOptions.defaults().withShardLimit(1000);
    kinesis = new EmbeddedKinesis(directory, options, clock);
    server = new KinesisServer(kinesis);
    return server.endpoint();
  }

  @Override
  void stop() throws Exception {
    server.close();
    kinesis.close();
  }

  @Test
  void the_summary_tells_what_the_description_tells() {
    String stream = createStream(2);

    StreamDescriptionSummary summary =
        client.describeStreamSummary(r -> r.streamName(stream)).streamDescriptionSummary();

    assertThat(summary)
        .isEqualTo(
            StreamDescriptionSummary.builder()
                .streamName(stream)
                .streamARN("arn:aws:kinesis:us-east-1:000000000000:stream/" + stream)
                .streamStatus("ACTIVE")
                .streamModeDetails(m -> m.streamMode(StreamMode.PROVISIONED))
                .retentionPeriodHours(24)
                .streamCreationTimestamp(describe(stream).streamCreationTimestamp())
                .enhancedMonitoring(EnhancedMetrics.builder().shardLevelMetrics(List.of()).build())
                .encryptionType("NONE")
                .openShardCount(2)
                .consumerCount(0)
                .maxRecordSizeInKiB(1024)
                .build());
  }

  @Test
  void an_arn_does_for_a_name() {
    String stream = createStream(1);
    String arn = describe(stream).streamARN();

    client.putRecord(
        r -> r.streamARN(arn).partitionKey("key").data(SdkBytes.fromUtf8String("one")));
    client.putRecords(r -> r.streamARN(arn).records(entry("key", "two")));

    assertThat(client.describeStream(r -> r.streamARN(arn)).streamDescription())
        .isEqualTo(describe(stream));
    assertThat(client.listShards(r -> r.streamARN(arn)).shards())
        .isEqualTo(describe(stream).shards());
    String iterator =
        client
            .getShardIterator(
                r ->
                    r.streamARN(arn)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(TRIM_HORIZON))
            .shardIterator();
    assertThat(texts(iterator)).containsExactly("one", "two");
    client.deleteStream(r -> r.streamARN(arn));
    assertThat(client.listStreams().streamNames()).doesNotContain(stream);
  }

  @Test
  void a_stream_on_demand_begins_with_four_shards() {
    client.createStream(
        r -> r.streamName("on-demand").streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)));

    assertThat(describe("on-demand").shards()).hasSize(4);
    assertThat(describe("on-demand").streamModeDetails().streamMode())
        .isEqualTo(StreamMode.ON_DEMAND);
  }

  @Test
  void a_stream_may_allow_records_of_ten_mebibytes() {
    client.createStream(
        r -> r.streamName("large-records").shardCount(1).maxRecordSizeInKiB(10_240));
    byte[] large = new byte[(10 << 20) - 3];

    client.putRecord(
        r ->
            r.streamName("large-records")
                .partitionKey("key")
                .data(SdkBytes.fromByteArrayUnsafe(large)));

    assertThat(readAll("large-records", "shardId-000000000000"))
        .extracting(record -> record.data().asByteArray())
        .containsExactly(large);
  }

  @Test
  void the_partition_key_counts_towards_the_size_of_a_record() {
    String stream = createStream(1);
    String data = "x".repeat((1 << 20) - 3);

    put(stream, "key", data);
    assertInvalid(() -> put(stream, "keys", data), "ValidationException");
  }

  @Test
  void a_hash_key_is_a_decimal_without_sign_or_leading_zero() {
    String stream = createStream(1);

    for (String hashKey : List.of("-1", "+1", "01", "1".repeat(40), "")) {
      assertInvalid(() -> putExplicitly(stream, hashKey), "ValidationException");
    }
  }

  @Test
  void a_request_puts_no_more_than_ten_mebibytes() {
    String stream = createStream(1);
    String data = "x".repeat((1 << 20) - 1);
    List<PutRecordsRequestEntry> ten = Collections.nCopies(10, entry("k", data));
    List<PutRecordsRequestEntry> more = new ArrayList<>(ten);
    more.add(entry("k", ""));

    assertInvalid(
        () -> client.putRecords(r -> r.streamName(stream).records(more)),
        "InvalidArgumentException");
    assertThat(client.putRecords(r -> r.streamName(stream).records(ten)).failedRecordCount())
        .isZero();
    assertThat(readAll(stream, "shardId-000000000000")).hasSize(10);
  }

  @Test
  void one_read_answers_no_more_than_ten_mebibytes() {
    String stream = createStream(1);
    String data = "x".repeat((1 << 20) - 1);
    client.putRecords(r -> r.streamName(stream).records(Collections.nCopies(10, entry("k", data))));
    put(stream, "k", "");

    GetRecordsResponse first = readFromStart(stream);

    assertThat(first.records()).hasSize(10);
    assertThat(texts(first.nextShardIterator())).containsExactly("");
  }

  @Test
  void reading_behind_the_tip_tells_how_far() {
    String stream = createStream(1);
    put(stream, "key", "first");
    clock.advance(Duration.ofSeconds(3));
    put(stream, "key", "second");
    clock.advance(Duration.ofSeconds(4));

    GetRecordsResponse behind =
        client.getRecords(
            r ->
                r.shardIterator(
                        iterator(
                            stream, "shardId-000000000000", i -> i.shardIteratorType(TRIM_HORIZON)))
                    .limit(1));
    GetRecordsResponse tip = client.getRecords(r -> r.shardIterator(behind.nextShardIterator()));

    assertThat(behind.millisBehindLatest()).isEqualTo(4000);
    assertThat(tip.millisBehindLatest()).isZero();
    assertThat(tip.records()).hasSize(1);
  }

  @Test
  void an_iterator_at_a_time_begins_with_the_first_record_from_then_on() {
    String stream = createStream(1);
    put(stream, "key", "first");
    clock.advance(Duration.ofSeconds(10));
    put(stream, "key", "second");
    Instant second = clock.instant();
    clock.advance(Duration.ofSeconds(10));

    assertThat(texts(iteratorAt(stream, second.minusSeconds(10))))
        .containsExactly("first", "second");
    assertThat(texts(iteratorAt(stream, second.minusMillis(1)))).containsExactly("second");
    assertThat(texts(iteratorAt(stream, second))).containsExactly("second");
    String later = iteratorAt(stream, second.plusMillis(1));
    put(stream, "key", "third");
    assertThat(texts(later)).containsExactly("third");
    assertThatThrownBy(() -> iteratorAt(stream, clock.instant().plusMillis(1)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void an_iterator_lives_five_minutes() {
    String stream = createStream(1);
    String iterator = iterator(stream, "shardId-000000000000", r -> r.shardIteratorType(LATEST));

    clock.advance(Duration.ofMinutes(5));
    assertThat(texts(iterator)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> texts(iterator)).isInstanceOf(ExpiredIteratorException.class);
  }

  @Test
  void an_iterator_dies_with_its_stream() {
    String stream = createStream(1);
    String iterator = iterator(stream, "shardId-000000000000", r -> r.shardIteratorType(LATEST));
    client.deleteStream(r -> r.streamName(stream));
    assertInvalid(() -> texts(iterator), "ResourceNotFoundException");

    client.createStream(r -> r.streamName(stream).shardCount(1));

    assertInvalid(() -> texts(iterator), "ResourceNotFoundException");
  }

  @Test
  void the_end_of_a_closed_shard_names_its_children() {
    String stream = createStream(1);
    put(stream, "key", "last");
    split(stream, "shardId-000000000000", "1000");

    GetRecordsResponse end = readFromStart(stream);

    assertThat(end.records()).extracting(KinesisContract::text).containsExactly("last");
    assertThat(end.nextShardIterator()).isNull();
    assertThat(end.childShards())
        .containsExactly(
            ChildShard.builder()
                .shardId("shardId-000000000001")
                .parentShards("shardId-000000000000")
                .hashKeyRange(r -> r.startingHashKey("0").endingHashKey("999"))
                .build(),
            ChildShard.builder()
                .shardId("shardId-000000000002")
                .parentShards("shardId-000000000000")
                .hashKeyRange(
                    r ->
                        r.startingHashKey("1000")
                            .endingHashKey("340282366920938463463374607431768211455"))
                .build());
  }

  @Test
  void a_shard_that_was_never_put_to_has_nothing_to_read_and_ends_once_it_is_closed() {
    String stream = createStream(1);
    assertThat(readFromStart(stream).millisBehindLatest()).isZero();
    split(stream, "shardId-000000000000", "1000");

    GetRecordsResponse end = readFromStart(stream);

    assertThat(end.records()).isEmpty();
    assertThat(end.nextShardIterator()).isNull();
    assertThat(end.millisBehindLatest()).isZero();
  }

  @Test
  void a_stream_created_again_has_another_creation_time_and_none_of_the_records() {
    String stream = createStream(1);
    Instant first = describe(stream).streamCreationTimestamp();
    String number = put(stream, "key", "old").sequenceNumber();
    client.deleteStream(r -> r.streamName(stream));

    client.createStream(r -> r.streamName(stream).shardCount(1));

    assertThat(describe(stream).streamCreationTimestamp().toEpochMilli())
        .isGreaterThan(first.toEpochMilli());
    assertThat(readAll(stream, "shardId-000000000000")).isEmpty();
    assertInvalid(
        () ->
            iterator(
                stream,
                "shardId-000000000000",
                r -> r.shardIteratorType("AFTER_SEQUENCE_NUMBER").startingSequenceNumber(number)),
        "InvalidArgumentException");
  }

  @Test
  void shards_are_listed_page_by_page_for_five_minutes() {
    String stream = createStream(5);
    List<Shard> listed = new ArrayList<>();

    ListShardsResponse page = client.listShards(r -> r.streamName(stream).maxResults(2));
    ListShardsResponse first = page;
    listed.addAll(page.shards());
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = client.listShards(r -> r.nextToken(token).maxResults(2));
      assertThat(page.shards()).hasSizeBetween(1, 2);
      listed.addAll(page.shards());
    }

    assertThat(listed).isEqualTo(describe(stream).shards());
    clock.advance(Duration.ofMinutes(5).plusMillis(1));
    assertThatThrownBy(() -> client.listShards(r -> r.nextToken(first.nextToken())))
        .isInstanceOf(ExpiredNextTokenException.class);
    assertInvalid(
        () -> client.listShards(r -> r.nextToken("bm9uc2Vuc2U=")), "InvalidArgumentException");
  }

  @Test
  void shards_are_listed_by_when_they_were_open() {
    String stream = createStream(1);
    clock.advance(Duration.ofMinutes(1));
    split(stream, "shardId-000000000000", "1000");
    Instant afterSplit = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    client.mergeShards(
        r ->
            r.streamName(stream)
                .shardToMerge("shardId-000000000001")
                .adjacentShardToMerge("shardId-000000000002"));

    assertThat(listed(stream, f -> f.type(ShardFilterType.AT_TRIM_HORIZON))).containsExactly(0);
    assertThat(listed(stream, f -> f.type(ShardFilterType.FROM_TRIM_HORIZON)))
        .containsExactly(0, 1, 2, 3);
    assertThat(listed(stream, f -> f.type(ShardFilterType.AT_LATEST))).containsExactly(3);
    assertThat(
            listed(
                stream,
                f -> f.type(ShardFilterType.AFTER_SHARD_ID).shardId("shardId-000000000001")))
        .containsExactly(2, 3);
    assertThat(listed(stream, f -> f.type(ShardFilterType.AT_TIMESTAMP).timestamp(afterSplit)))
        .containsExactly(1, 2);
    assertThat(listed(stream, f -> f.type(ShardFilterType.FROM_TIMESTAMP).timestamp(afterSplit)))
        .containsExactly(1, 2, 3);
  }

  @Test
  void scaling_leaves_shards_of_equal_width() {
    String stream = createStream(2);

    for (int target : List.of(3, 6, 5, 3, 2, 1, 2)) {
      int before = openShards(stream).size();
      var response =
          client.updateShardCount(
              r ->
                  r.streamName(stream)
                      .targetShardCount(target)
                      .scalingType(ScalingType.UNIFORM_SCALING));
      assertThat(response.currentShardCount()).isEqualTo(before);
      assertThat(response.targetShardCount()).isEqualTo(target);
      assertThat(openShards(stream))
          .extracting(shard -> shard.hashKeyRange().startingHashKey())
          .containsExactlyInAnyOrderElementsOf(
              HashKeyRange.evenly(target).stream().map(range -> range.start().toString()).toList());
    }
  }

  @Test
  void scaling_more_than_by_two_is_refused() {
    String stream = createStream(4);

    for (int target : List.of(1, 9)) {
      assertThatThrownBy(
              () ->
                  client.updateShardCount(
                      r ->
                          r.streamName(stream)
                              .targetShardCount(target)
                              .scalingType(ScalingType.UNIFORM_SCALING)))
          .isInstanceOf(LimitExceededException.class);
    }
  }

  @Test
  void an_account_has_a_limit_of_shards() {
    assertThatThrownBy(() -> client.createStream(r -> r.streamName("huge").shardCount(1001)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Limit: 1000");
  }

  @Test
  void records_and_shards_go_when_retention_ends() {
    String stream = createStream(1);
    put(stream, "key", "old");
    split(stream, "shardId-000000000000", "1000");
    put(stream, "key", "old child");
    clock.advance(Duration.ofHours(12));
    put(stream, "key", "young");
    clock.advance(Duration.ofHours(12).plusSeconds(1));

    assertThat(describe(stream).shards())
        .extracting(Shard::shardId)
        .containsExactly("shardId-000000000001", "shardId-000000000002");
    assertThat(readAll(stream, "shardId-000000000002"))
        .extracting(KinesisContract::text)
        .containsExactly("young");
    assertInvalid(
        () -> iterator(stream, "shardId-000000000000", r -> r.shardIteratorType(TRIM_HORIZON)),
        "ResourceNotFoundException");
  }

  @Test
  void an_unknown_operation_is_named() {
    String stream = createStream(1);

    assertInvalid(
        () -> client.registerStreamConsumer(r -> r.streamARN(stream).consumerName("x")),
        "UnknownOperationException");
  }

  private List<Shard> openShards(String stream) {
    return describe(stream).shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .toList();
  }

  private List<Integer> listed(String stream, Consumer<ShardFilter.Builder> filter) {
    return client.listShards(r -> r.streamName(stream).shardFilter(filter)).shards().stream()
        .map(shard -> Integer.parseInt(shard.shardId().substring("shardId-".length())))
        .toList();
  }

  private String iteratorAt(String stream, Instant time) {
    return iterator(
        stream, "shardId-000000000000", r -> r.shardIteratorType(AT_TIMESTAMP).timestamp(time));
  }

  private GetRecordsResponse readFromStart(String stream) {
    String iterator =
        iterator(stream, "shardId-000000000000", r -> r.shardIteratorType(TRIM_HORIZON));
    return client.getRecords(r -> r.shardIterator(iterator));
  }
}
