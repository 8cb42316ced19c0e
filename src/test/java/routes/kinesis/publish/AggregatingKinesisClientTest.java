package routes.kinesis.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.kinesis.publish.FakeKinesis.entry;
import static routes.kinesis.publish.FakeKinesis.refuse;

import com.google.common.collect.Lists;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import routes.retry.Backoff;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

class AggregatingKinesisClientTest {

  private static final int MAX_BYTES = 51_200;

  private final FakeKinesis kinesis = new FakeKinesis();
  private final AggregatingKinesisClient client = new AggregatingKinesisClient(kinesis);

  @Test
  void records_of_a_key_become_one_that_the_client_library_takes_apart() {
    PutRecordsResponse response =
        put(entry("a", "1"), entry("b", "2"), entry("a", "3"), entry("c", "4"), entry("b", "5"));

    assertThat(sent())
        .extracting(PutRecordsRequestEntry::partitionKey)
        .containsExactly("a", "b", "c");
    assertThat(sent().stream().map(AggregatingKinesisClientTest::takenApart))
        .containsExactly(List.of("a 1", "a 3"), List.of("b 2", "b 5"), List.of("c 4"));
    assertThat(response.failedRecordCount()).isZero();
    assertThat(response.records()).hasSize(5);
  }

  @Test
  void a_record_alone_stays_as_it_is() {
    put(entry("a", "1"), entry("b", "2"));

    assertThat(sent()).containsExactly(entry("a", "1"), entry("b", "2"));
  }

  @Test
  void records_of_one_partition_key_and_other_hash_keys_are_not_gathered() {
    PutRecordsRequestEntry hashed = entry("a", "2").toBuilder().explicitHashKey("7").build();

    put(entry("a", "1"), hashed, hashed, entry("a", "3"));

    assertThat(sent())
        .extracting(PutRecordsRequestEntry::explicitHashKey)
        .containsExactly(null, "7");
    assertThat(takenApart(sent().get(1))).containsExactly("a 2", "a 2");
  }

  @Test
  void every_record_is_answered_as_the_one_it_went_with() {
    kinesis.next(
        request ->
            PutRecordsResponse.builder()
                .records(
                    PutRecordsResultEntry.builder().sequenceNumber("s1").shardId("x").build(),
                    PutRecordsResultEntry.builder().errorCode("InternalFailure").build())
                .failedRecordCount(1)
                .build());

    PutRecordsResponse response =
        put(entry("a", "1"), entry("b", "2"), entry("a", "3"), entry("b", "4"));

    assertThat(response.failedRecordCount()).isEqualTo(2);
    assertThat(response.records())
        .extracting(one -> one.sequenceNumber() + " " + one.errorCode())
        .containsExactly("s1 null", "null InternalFailure", "s1 null", "null InternalFailure");
  }

  @Test
  void an_answer_for_too_few_is_none() {
    kinesis.next(request -> PutRecordsResponse.builder().records(List.of()).build());

    assertThatThrownBy(() -> put(entry("a", "1"), entry("a", "2")))
        .isInstanceOf(SdkClientException.class)
        .hasMessage("PutRecords answered for 0 of 1 gathered records");
  }

  @Test
  void callers_that_share_a_gathered_record_hear_of_their_own() {
    kinesis.next(refuseAll("ProvisionedThroughputExceededException"));
    try (PublishingKinesisClient publisher =
        new PublishingKinesisClient(
            client,
            new PublishTuning(Duration.ZERO, 1, 1 << 20, 1 << 20, Duration.ofHours(1), true),
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), longest -> 0))) {
      PutRecordsResponse response = publisher.putRecords(FakeKinesis.request("s", "1", "2", "3"));

      assertThat(response.records()).hasSize(3).allMatch(one -> one.sequenceNumber() != null);
      assertThat(publisher.metrics().retries()).isEqualTo(3);
      assertThat(publisher.metrics().records()).isEqualTo(3);
    }
    assertThat(kinesis.requests()).hasSize(2).allMatch(request -> request.records().size() == 1);
  }

  private FakeKinesis.Answer refuseAll(String errorCode) {
    return request ->
        refuse(errorCode, Set.copyOf(request.records().stream().map(FakeKinesis::text).toList()))
            .apply(request);
  }

  @Property(tries = 20)
  void whatever_is_refused_or_lost_each_record_is_sent_until_it_is_on_the_stream(
      @ForAll long seed, @ForAll boolean answersAreLost) {
    List<String> stream = new CopyOnWriteArrayList<>();
    FakeKinesis moody = new FakeKinesis();
    moody.otherwise(moods(new Random(seed), answersAreLost, stream));
    List<String> all = IntStream.range(0, 6_000).mapToObj(i -> i % 7 + " " + i).toList();
    try (PublishingKinesisClient publisher =
        new PublishingKinesisClient(
            new AggregatingKinesisClient(moody),
            new PublishTuning(Duration.ZERO, 4, 1 << 20, 1 << 20, Duration.ofMinutes(1), true),
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), longest -> 0))) {
      List<CompletableFuture<PutRecordsResponse>> callers =
          Lists.partition(all, 1_500).stream()
              .map(texts -> CompletableFuture.supplyAsync(() -> publisher.putRecords(of(texts))))
              .toList();

      assertThat(callers)
          .allSatisfy(caller -> assertThat(caller.join().records()).doesNotContainNull());
    }
    assertThat(answersAreLost ? Set.copyOf(stream) : stream)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  private static FakeKinesis.Answer moods(
      Random random, boolean answersAreLost, List<String> stream) {
    return request -> {
      synchronized (random) {
        int mood = random.nextInt(4);
        if (mood == 0) {
          throw SdkClientException.create("connection refused");
        }
        Set<String> refused =
            request.records().stream()
                .map(FakeKinesis::text)
                .filter(text -> mood == 1 && random.nextBoolean())
                .collect(Collectors.toSet());
        request.records().stream()
            .filter(entry -> !refused.contains(FakeKinesis.text(entry)))
            .forEach(entry -> stream.addAll(takenApart(entry)));
        if (mood == 2 && answersAreLost) {
          throw SdkClientException.create("connection reset");
        }
        return refuse("ProvisionedThroughputExceededException", refused).apply(request);
      }
    };
  }

  /** Each text is a key, a space and what is sent. */
  private static PutRecordsRequest of(List<String> texts) {
    return PutRecordsRequest.builder()
        .streamName("s")
        .records(
            texts.stream().map(text -> entry(text.substring(0, 1), text.substring(2))).toList())
        .build();
  }

  @Property(tries = 200)
  void whatever_the_sizes_nothing_is_lost_reordered_or_too_large(
      @ForAll("requests") List<PutRecordsRequestEntry> entries) {
    FakeKinesis fresh = new FakeKinesis();
    PutRecordsResponse response =
        new AggregatingKinesisClient(fresh)
            .putRecords(PutRecordsRequest.builder().streamName("s").records(entries).build());

    List<PutRecordsRequestEntry> sent = fresh.requests().get(0).records();
    assertThat(response.records()).hasSameSizeAs(entries).doesNotContainNull();
    for (String key : List.of("a", "b")) {
      assertThat(
              sent.stream()
                  .filter(one -> one.partitionKey().equals(key))
                  .flatMap(one -> takenApart(one).stream())
                  .map(AggregatingKinesisClientTest::shortened))
          .containsExactlyElementsOf(
              entries.stream()
                  .filter(one -> one.partitionKey().equals(key))
                  .map(one -> shortened(key + " " + FakeKinesis.text(one)))
                  .toList());
    }
    assertThat(sent)
        .allMatch(one -> PendingRecord.sizeOf(one) <= MAX_BYTES || takenApart(one).size() == 1);
  }

  @Test
  void a_gathered_record_is_filled() {
    put(
        IntStream.range(0, 500)
            .mapToObj(i -> entry("a", "x".repeat(400)))
            .toArray(PutRecordsRequestEntry[]::new));

    assertThat(sent()).hasSize(5);
    assertThat(PendingRecord.sizeOf(sent().get(0))).isBetween(MAX_BYTES - 1000, MAX_BYTES);
  }

  @Provide
  Arbitrary<List<PutRecordsRequestEntry>> requests() {
    Arbitrary<String> keys = Arbitraries.of("a", "b");
    Arbitrary<Integer> sizes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 200),
            Arbitraries.integers().between(MAX_BYTES / 2 - 60, MAX_BYTES / 2),
            Arbitraries.integers().between(MAX_BYTES - 60, MAX_BYTES + 5));
    return Arbitraries.integers()
        .between(0, 9)
        .flatMap(
            digit ->
                Combinators.combine(keys, sizes)
                    .as((key, size) -> entry(key, Integer.toString(digit).repeat(size))))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  private PutRecordsResponse put(PutRecordsRequestEntry... entries) {
    return client.putRecords(PutRecordsRequest.builder().streamName("s").records(entries).build());
  }

  private List<PutRecordsRequestEntry> sent() {
    List<PutRecordsRequestEntry> sent = new ArrayList<>();
    kinesis.requests().forEach(request -> sent.addAll(request.records()));
    return sent;
  }

  /** Key and text of the records in one, as the Kinesis Client Library sees them. */
  private static List<String> takenApart(PutRecordsRequestEntry entry) {
    KinesisClientRecord record =
        KinesisClientRecord.builder()
            .partitionKey(entry.partitionKey())
            .data(entry.data().asByteBuffer())
            .build();
    BigInteger most = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
    return new AggregatorUtil()
        .deaggregate(List.of(record), BigInteger.ZERO, most).stream()
            .map(one -> one.partitionKey() + " " + text(one))
            .toList();
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), 3)) + "... " + text.length();
  }

  private static String text(KinesisClientRecord record) {
    byte[] bytes = new byte[record.data().remaining()];
    record.data().get(bytes);
    return new String(bytes, ISO_8859_1);
  }
}
