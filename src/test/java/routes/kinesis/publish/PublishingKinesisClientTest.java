package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static routes.kinesis.publish.FakeKinesis.entry;
import static routes.kinesis.publish.FakeKinesis.fail;
import static routes.kinesis.publish.FakeKinesis.refuse;
import static routes.kinesis.publish.FakeKinesis.request;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.retry.Backoff;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.AccessDeniedException;
import software.amazon.awssdk.services.kinesis.model.InternalFailureException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PublishingKinesisClientTest {

  private static final String THROTTLED = "ProvisionedThroughputExceededException";
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(50);

  private final FakeKinesis kinesis = new FakeKinesis();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void open_the_gate() {
    gate.countDown();
    callers.shutdownNow();
  }

  @Test
  void gives_each_of_many_callers_the_receipts_of_its_own_records() {
    try (PublishingKinesisClient client = client(NEVER)) {
      List<CompletableFuture<List<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        answers.add(put(client, numbered(i * 1000, 70)));
      }

      for (int i = 0; i < 40; i++) {
        assertThat(answers.get(i).join()).containsExactly(numbered(i * 1000, 70));
      }
    }
    assertThat(kinesis.sent().stream().flatMap(List::stream))
        .hasSize(40 * 70)
        .doesNotHaveDuplicates();
    assertThat(kinesis.sent()).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 500));
  }

  @Test
  void gathers_waiting_callers_into_full_requests() {
    kinesis.next(this::acceptWhenTheGateOpens);
    try (PublishingKinesisClient client =
        new PublishingKinesisClient(kinesis, settings(1, NEVER))) {
      List<CompletableFuture<List<String>>> answers = new ArrayList<>();
      answers.add(put(client, "first"));
      await().until(() -> kinesis.requests().size() == 1);
      for (int i = 0; i < 6; i++) {
        answers.add(put(client, numbered(i * 1000, 100)));
        int waiting = "first".length() + 1 + (i + 1) * 100 * ("00000".length() + 1);
        await().until(() -> client.metrics().inFlightBytes() == waiting);
      }
      gate.countDown();
      answers.forEach(CompletableFuture::join);
    }
    assertThat(kinesis.sent().get(0)).containsExactly("first");
    assertThat(kinesis.sent().stream().mapToInt(List::size).sum()).isEqualTo(601);
    assertThat(kinesis.sent().get(1)).hasSize(500);
  }

  @Test
  void has_several_requests_in_flight_at_once() {
    CyclicBarrier allFour = new CyclicBarrier(4);
    kinesis.otherwise(
        request -> {
          meet(allFour);
          return kinesis.accept(request);
        });
    try (PublishingKinesisClient client = client(NEVER)) {
      List<CompletableFuture<List<String>>> answers =
          IntStream.range(0, 4).mapToObj(i -> put(client, numbered(i * 1000, 500))).toList();

      answers.forEach(CompletableFuture::join);
    }
    assertThat(kinesis.sent()).hasSize(4);
  }

  @Test
  void what_is_more_than_a_request_holds_is_in_flight_by_key() {
    CyclicBarrier both = new CyclicBarrier(2);
    kinesis.next(request -> acceptTogether(both, request));
    kinesis.next(request -> acceptTogether(both, request));
    List<PutRecordsRequestEntry> entries =
        IntStream.range(0, 1_000).mapToObj(i -> entry(i % 2 == 0 ? "a" : "b", "" + i)).toList();
    try (PublishingKinesisClient client = client(NEVER)) {
      PutRecordsResponse response =
          client.putRecords(PutRecordsRequest.builder().streamName("s").records(entries).build());

      assertThat(response.records())
          .extracting(PutRecordsResultEntry::sequenceNumber)
          .containsExactlyElementsOf(entries.stream().map(FakeKinesis::text).toList());
      assertThat(client.metrics().inFlightBytes()).isZero();
    }
    assertThat(kinesis.requests())
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.records())
                    .extracting(PutRecordsRequestEntry::partitionKey)
                    .containsOnly(request.records().get(0).partitionKey()));
  }

  @Test
  void of_what_is_in_flight_by_key_all_is_told() {
    List<PutRecordsRequestEntry> entries =
        IntStream.range(0, 1_000).mapToObj(i -> entry(i % 2 == 0 ? "a" : "b", "" + i)).toList();
    try (PublishingKinesisClient client = client(NEVER)) {
      kinesis.otherwise(
          request -> {
            if (request.records().get(0).partitionKey().equals("a")) {
              return kinesis.accept(request);
            }
            await().until(() -> client.metrics().records() == 500);
            throw ResourceNotFoundException.builder().message("gone").build();
          });
      PublishRefusedException refused =
          catchThrowableOfType(
              PublishRefusedException.class,
              () ->
                  client.putRecords(
                      PutRecordsRequest.builder().streamName("s").records(entries).build()));

      assertThat(refused.delivery()).isEqualTo(new Delivery(1_000, 500, 0));
      assertThat(client.metrics().inFlightBytes()).isZero();
    }
  }

  @Test
  void keeps_the_partition_key_of_each_record() {
    PutRecordsRequestEntry hashed =
        entry("b", "3").toBuilder()
            .explicitHashKey("340282366920938463463374607431768211455")
            .build();
    List<PutRecordsRequestEntry> entries = List.of(entry("a", "1"), entry("b", "2"), hashed);
    try (PublishingKinesisClient client = client(NEVER)) {
      client.putRecords(PutRecordsRequest.builder().streamName("s").records(entries).build());
    }

    assertThat(kinesis.requests())
        .containsExactly(PutRecordsRequest.builder().streamName("s").records(entries).build());
  }

  @Test
  void sends_again_only_what_was_refused() {
    kinesis.next(refuse(THROTTLED, Set.of("b", "d"))).next(refuse("InternalFailure", Set.of("d")));
    try (PublishingKinesisClient client = client(NEVER)) {
      PutRecordsResponse response = client.putRecords(request("s", "a", "b", "c", "d"));

      assertThat(response.failedRecordCount()).isZero();
      assertThat(response.records())
          .extracting(PutRecordsResultEntry::sequenceNumber)
          .containsExactly("a", "b", "c", "d");
    }
    assertThat(kinesis.sent())
        .containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d"), List.of("d"));
  }

  @Test
  void sends_a_whole_request_again_after_a_passing_failure() {
    kinesis
        .next(fail(SdkClientException.create("connection reset")))
        .next(fail(InternalFailureException.builder().statusCode(500).build()))
        .next(request -> PutRecordsResponse.builder().build());
    try (PublishingKinesisClient client = client(NEVER)) {
      client.putRecords(request("s", "a"));

      assertThat(client.metrics().retries()).isEqualTo(3);
      assertThat(client.metrics().records()).isEqualTo(1);
    }
    assertThat(kinesis.sent())
        .containsExactly(List.of("a"), List.of("a"), List.of("a"), List.of("a"));
  }

  @Test
  void tells_at_the_deadline_what_is_missing_and_why() {
    kinesis.next(refuse(THROTTLED, Set.of("b", "c")));
    try (PublishingKinesisClient client = clientThatNeverSendsAgain()) {
      PublishUnavailableException thrown =
          catchThrowableOfType(
              PublishUnavailableException.class,
              () -> client.putRecords(request("logs", "a", "b", "c")));

      assertThat(thrown.delivery()).isEqualTo(new Delivery(3, 1, 0));
      assertThat(thrown)
          .hasMessage(
              "Stream logs did not acknowledge all within 50 ms: of 3 records 1 are on the"
                  + " stream, 0 may be, 2 are not; last failure: "
                  + THROTTLED
                  + ": no");
      assertThat(client.metrics().inFlightBytes()).isZero();
    }
  }

  @Test
  void tells_at_the_deadline_that_an_unanswered_record_may_be_on_the_stream() {
    kinesis.next(this::acceptWhenTheGateOpens);
    try (PublishingKinesisClient client = client(SOON)) {
      assertThatThrownBy(() -> client.putRecords(request("s", "a")))
          .isInstanceOfSatisfying(
              PublishUnavailableException.class,
              e -> assertThat(e.delivery()).isEqualTo(new Delivery(1, 0, 1)));

      assertThat(client.metrics().inFlightBytes()).isEqualTo(2);
      gate.countDown();
      await().until(() -> client.metrics().inFlightBytes() == 0);
    }
    assertThat(kinesis.sent()).containsExactly(List.of("a"));
  }

  @Test
  void tells_a_lost_answer_from_a_connection_that_was_never_made() {
    assertThat(deliveryAfter(SdkClientException.create("reset"))).isEqualTo(new Delivery(1, 0, 1));
    assertThat(
            deliveryAfter(
                SdkClientException.create("cannot connect", new ConnectException("refused"))))
        .isEqualTo(new Delivery(1, 0, 0));
  }

  @Test
  void fails_at_once_when_sending_again_cannot_help() {
    ResourceNotFoundException notFound =
        ResourceNotFoundException.builder().message("no stream").build();
    kinesis.next(fail(notFound)).next(fail(AccessDeniedException.builder().build()));
    try (PublishingKinesisClient client = client(NEVER)) {
      assertThatThrownBy(() -> client.putRecords(request("logs", "a")))
          .isInstanceOf(PublishRefusedException.class)
          .hasMessageStartingWith(
              "Stream logs refused records: of 1 records 0 are on the stream, 0 may be, 1"
                  + " are not; ")
          .hasCause(notFound);
      assertThatThrownBy(() -> client.putRecords(request("logs", "b")))
          .hasCauseInstanceOf(AccessDeniedException.class);
      assertThat(client.putRecords(request("logs", "c")).records()).hasSize(1);
    }
  }

  @Test
  void survives_a_fault_of_the_client_underneath() {
    kinesis.next(fail(new IllegalStateException("connection pool shut down")));
    try (PublishingKinesisClient client = client(NEVER)) {
      assertThatThrownBy(() -> client.putRecords(request("s", "a")))
          .isInstanceOf(PublishRefusedException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThat(client.putRecords(request("s", "b")).records()).hasSize(1);
    }
  }

  @Test
  void a_caller_with_a_record_too_large_fails_alone() {
    String largest = "x".repeat(KinesisLimits.RECORD_BYTES - 1);
    kinesis.next(this::acceptWhenTheGateOpens);
    try (PublishingKinesisClient client = client(NEVER)) {
      CompletableFuture<List<String>> other = put(client, "other");

      assertThatThrownBy(() -> client.putRecords(request("s", "fine", largest + "x")))
          .isInstanceOf(PublishRefusedException.class)
          .hasMessage(
              "Record 2 of 2 has 1048577 bytes with its partition key, Kinesis takes 1048576;"
                  + " none of them was sent");
      gate.countDown();
      assertThat(other.join()).containsExactly("other");
      assertThat(client.putRecords(request("s", largest)).records()).hasSize(1);
    }
    assertThat(kinesis.sent()).containsExactly(List.of("other"), List.of(largest));
  }

  @Test
  void a_full_buffer_turns_away_at_the_door_and_lets_others_wait() {
    kinesis.next(this::acceptWhenTheGateOpens);
    try (PublishingKinesisClient client = clientWithBuffer(10, NEVER)) {
      client.requireRoom();
      CompletableFuture<List<String>> inFlight = put(client, "12345678");
      await().until(() -> client.metrics().inFlightBytes() == 9);
      client.requireRoom();
      CompletableFuture<List<String>> waiting = put(client, "1");

      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(client::requireRoom)
                      .isInstanceOf(PublishOverloadedException.class)
                      .hasMessage("The publish buffer of 10 bytes is full; send it again later"));
      gate.countDown();

      assertThat(inFlight.join()).containsExactly("12345678");
      assertThat(waiting.join()).containsExactly("1");
      client.requireRoom();
      assertThat(client.metrics().inFlightBytes()).isZero();
    }
  }

  @Test
  void a_caller_for_whom_there_was_no_room_until_its_deadline_has_sent_nothing() {
    kinesis.next(this::acceptWhenTheGateOpens);
    try (PublishingKinesisClient client = clientWithBuffer(10, SOON)) {
      CompletableFuture<List<String>> unused = put(client, "123456789");
      await().until(() -> client.metrics().inFlightBytes() == 10);

      assertThatThrownBy(() -> client.putRecords(request("s", "1", "2")))
          .isInstanceOfSatisfying(
              PublishOverloadedException.class,
              e -> assertThat(e.delivery()).isEqualTo(new Delivery(2, 0, 0)))
          .hasMessage(
              "The publish buffer of 10 bytes is full and had no room for 4 more within 50 ms;"
                  + " send it again later");
      gate.countDown();
    }
    assertThat(kinesis.sent()).containsExactly(List.of("123456789"));
  }

  @Test
  void a_caller_with_more_than_the_whole_buffer_is_served_alone() {
    try (PublishingKinesisClient client = clientWithBuffer(10, NEVER)) {
      assertThat(client.putRecords(request("s", "more than ten bytes")).records()).hasSize(1);
      assertThat(client.metrics().inFlightBytes()).isZero();
    }
  }

  @Test
  void close_serves_the_callers_that_wait_and_then_takes_no_more() {
    kinesis.next(this::acceptWhenTheGateOpens);
    PublishingKinesisClient client = client(NEVER);
    CompletableFuture<List<String>> inFlight = put(client, "a");
    await().until(() -> kinesis.requests().size() == 1);
    CompletableFuture<List<String>> lingering = put(client, "b");
    await().until(() -> client.metrics().inFlightBytes() == 4);

    CompletableFuture<Void> closed = CompletableFuture.runAsync(client::close, callers);

    assertThat(lingering.join()).containsExactly("b");
    assertThat(inFlight).isNotDone();
    gate.countDown();
    closed.join();
    assertThat(inFlight.join()).containsExactly("a");
    assertThat(kinesis.isClosed()).isTrue();
    assertThatThrownBy(() -> client.putRecords(request("s", "c")))
        .isInstanceOf(PublishUnavailableException.class)
        .hasMessage("The publisher is closed; nothing was sent");
  }

  @Test
  void an_interrupted_caller_learns_what_became_of_its_records() {
    kinesis.next(this::acceptWhenTheGateOpens);
    try (PublishingKinesisClient client = client(NEVER)) {
      CompletableFuture<Delivery> delivery = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  client.putRecords(request("s", "a"));
                } catch (PublishUnavailableException e) {
                  delivery.complete(e.delivery());
                }
              });
      caller.start();
      await().until(() -> kinesis.requests().size() == 1);

      caller.interrupt();

      assertThat(delivery.join()).isEqualTo(new Delivery(1, 0, 1));
      gate.countDown();
    }
  }

  @Test
  void puts_single_records_too_and_passes_ordered_ones_on() {
    try (PublishingKinesisClient client = client(NEVER)) {
      assertThat(
              client
                  .putRecord(r -> r.streamName("s").partitionKey("k").data(entry("k", "a").data()))
                  .sequenceNumber())
          .isEqualTo("a");
      assertThat(
              client
                  .putRecord(
                      r -> r.streamName("s").partitionKey("k").sequenceNumberForOrdering("1"))
                  .shardId())
          .isEqualTo("passed-on");
    }
    assertThat(kinesis.sent()).containsExactly(List.of("a"));
  }

  private Delivery deliveryAfter(RuntimeException failure) {
    kinesis.next(fail(failure));
    try (PublishingKinesisClient client = clientThatNeverSendsAgain()) {
      return catchThrowableOfType(
              PublishUnavailableException.class, () -> client.putRecords(request("s", "a")))
          .delivery();
    }
  }

  private PublishingKinesisClient client(Duration deadline) {
    return new PublishingKinesisClient(
        kinesis,
        settings(4, deadline),
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), longest -> 0));
  }

  private PublishingKinesisClient clientThatNeverSendsAgain() {
    return new PublishingKinesisClient(
        kinesis,
        settings(4, SOON),
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), longest -> NEVER.toNanos()));
  }

  private PublishingKinesisClient clientWithBuffer(int bytes, Duration deadline) {
    return new PublishingKinesisClient(
        kinesis,
        new PublishTuning(NEVER, 4, KinesisLimits.REQUEST_BYTES, bytes, deadline, false),
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), longest -> 0));
  }

  private static PublishTuning settings(int requestsInFlight, Duration deadline) {
    return new PublishTuning(
        NEVER, requestsInFlight, KinesisLimits.REQUEST_BYTES, 64_000_000, deadline, false);
  }

  private CompletableFuture<List<String>> put(PublishingKinesisClient client, String... texts) {
    return CompletableFuture.supplyAsync(
        () ->
            client.putRecords(request("s", texts)).records().stream()
                .map(PutRecordsResultEntry::sequenceNumber)
                .toList(),
        callers);
  }

  private PutRecordsResponse acceptWhenTheGateOpens(PutRecordsRequest request) {
    try {
      gate.await();
      return kinesis.accept(request);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private PutRecordsResponse acceptTogether(CyclicBarrier all, PutRecordsRequest request) {
    meet(all);
    return kinesis.accept(request);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String[] numbered(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "%05d".formatted(i))
        .toArray(String[]::new);
  }
}
