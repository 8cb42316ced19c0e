package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.memory.ByteBudget;
import routes.retry.Backoff;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

class SendQueueTest {

  private static final long MS = 1_000_000;
  private static final String THROTTLED = "ProvisionedThroughputExceededException";

  private final ByteBudget budget = new ByteBudget(Integer.MAX_VALUE);
  private final PublishMetrics metrics = new PublishMetrics(budget);
  private final SendQueue queue = queue(new RequestLimit(KinesisLimits.REQUEST_BYTES, false));

  @Test
  void sends_at_once_when_nothing_is_in_flight() {
    queue.offer(call(0, "a"));

    assertThat(texts(queue.poll(0))).containsExactly("a");
  }

  @Test
  void waits_for_others_while_a_request_is_in_flight() {
    queue.offer(call(0, "a"));
    queue.poll(0);
    queue.offer(call(1 * MS, "b"));
    queue.offer(call(2 * MS, "c"));

    assertThat(queue.poll(6 * MS - 1)).isNull();
    assertThat(queue.nanosUntilNext(2 * MS)).isEqualTo(4 * MS);
    assertThat(texts(queue.poll(6 * MS))).containsExactly("b", "c");
  }

  @Test
  void stops_waiting_when_the_request_in_flight_is_answered() {
    queue.offer(call(0, "a"));
    Batch first = queue.poll(0);
    queue.offer(call(1 * MS, "b"));

    answer(first, 2 * MS);

    assertThat(texts(queue.poll(2 * MS))).containsExactly("b");
  }

  @Test
  void does_not_wait_when_a_request_is_full_by_records() {
    queue.offer(call(0, "a"));
    queue.poll(0);
    queue.offer(call(0, numbered(499)));
    assertThat(queue.poll(0)).isNull();

    queue.offer(call(0, "x", "y"));

    assertThat(texts(queue.poll(0))).hasSize(500).endsWith("498", "x");
  }

  @Test
  void does_not_wait_when_a_request_is_full_by_bytes() {
    queue.offer(call(0, "a"));
    queue.poll(0);
    // With one byte of key each: nine full records and one a byte short leave room for one byte.
    String mebibyte = "m".repeat(KinesisLimits.RECORD_BYTES - 1);
    String last = "l".repeat(KinesisLimits.RECORD_BYTES - 2);
    for (int i = 0; i < 9; i++) {
      queue.offer(call(0, mebibyte));
    }
    queue.offer(call(0, last));
    assertThat(queue.poll(0)).isNull();

    queue.offer(call(0, ""));
    queue.offer(call(0, ""));

    assertThat(texts(queue.poll(0))).hasSize(11).endsWith(last, "");
  }

  @Test
  void leaves_a_record_that_does_not_fit_for_the_next_request() {
    String mebibyte = "m".repeat(KinesisLimits.RECORD_BYTES - 1);
    String[] eleven = new String[11];
    Arrays.fill(eleven, mebibyte);
    eleven[9] = mebibyte.substring(1);
    queue.offer(call(0, eleven));

    Batch first = queue.poll(0);
    answer(first, 0);

    assertThat(texts(first)).hasSize(10);
    assertThat(texts(queue.poll(0))).containsExactly(mebibyte);
  }

  @Test
  void keeps_a_callers_order_by_sending_the_rest_after_the_first_part_is_answered() {
    PublishCall large = call(0, numbered(600));
    queue.offer(large);
    queue.offer(call(0, "other"));

    Batch first = queue.poll(0);
    Batch meanwhile = queue.poll(5 * MS);
    answer(first, 6 * MS);
    answer(meanwhile, 6 * MS);
    Batch rest = queue.poll(6 * MS);
    answer(rest, 7 * MS);

    assertThat(texts(first)).containsExactly(numbered(500));
    assertThat(texts(meanwhile)).containsExactly("other");
    assertThat(texts(rest)).hasSize(100).startsWith("500").endsWith("599");
    assertThat(large.outcome()).isCompleted();
  }

  @Test
  void sends_refused_records_again_alone_after_their_own_back_off() {
    PublishCall call = call(0, "a", "b", "c", "d");
    queue.offer(call);

    refuse(queue.poll(0), 0, "b", "d");
    assertThat(queue.nanosUntilNext(0)).isEqualTo(50 * MS);
    assertThat(queue.poll(50 * MS - 1)).isNull();
    Batch second = queue.poll(50 * MS);
    refuse(second, 50 * MS, "d");
    assertThat(queue.nanosUntilNext(50 * MS)).isEqualTo(100 * MS);
    Batch third = queue.poll(150 * MS);
    answer(third, 150 * MS);

    assertThat(texts(second)).containsExactly("b", "d");
    assertThat(texts(third)).containsExactly("d");
    assertThat(call.outcome()).isCompleted();
    assertThat(metrics.throttledEntries()).isEqualTo(3);
    assertThat(metrics.retries()).isEqualTo(3);
    assertThat(metrics.putCalls()).isEqualTo(3);
    assertThat(metrics.records()).isEqualTo(4);
    assertThat(metrics.bytes()).isEqualTo(8);
  }

  @Test
  void sends_refused_records_again_once_nothing_of_their_caller_is_in_flight() {
    PublishCall large = call(0, numbered(600));
    queue.offer(large);
    refuse(queue.poll(0), 0, "7");
    Batch rest = queue.poll(0);

    assertThat(queue.poll(50 * MS)).isNull();
    answer(rest, 51 * MS);
    Batch again = queue.poll(51 * MS);
    answer(again, 52 * MS);

    assertThat(texts(rest)).hasSize(100);
    assertThat(texts(again)).containsExactly("7");
    assertThat(large.outcome()).isCompleted();
  }

  @Test
  void goes_on_with_others_while_refused_records_wait() {
    queue.offer(call(0, "hot"));
    refuse(queue.poll(0), 0, "hot");
    queue.offer(call(1, "cold"));

    assertThat(texts(queue.poll(1))).containsExactly("cold");
  }

  @Test
  void rests_longer_each_time_a_whole_request_fails() {
    queue.offer(call(0, "a", "b"));
    long now = 0;
    for (long rest : new long[] {50, 100, 200, 400, 800, 1600, 2000, 2000}) {
      lose(queue.poll(now), now);
      assertThat(queue.poll(now + rest * MS - 1)).isNull();
      assertThat(queue.nanosUntilNext(now)).isEqualTo(rest * MS);
      now += rest * MS;
    }

    assertThat(texts(queue.poll(now))).containsExactly("a", "b");
  }

  @Test
  void failures_of_requests_in_flight_together_count_as_one() {
    queue.offer(call(0, numbered(500)));
    queue.offer(call(0, numbered(500)));
    Batch first = queue.poll(0);
    Batch second = queue.poll(0);

    lose(first, 0);
    lose(second, 1);

    assertThat(queue.nanosUntilNext(0)).isEqualTo(50 * MS);
  }

  @Test
  void fails_the_callers_of_a_request_that_kinesis_will_never_take() {
    PublishCall affected = call(0, "a");
    PublishCall other = call(0, "b");
    queue.offer(affected);
    Batch batch = queue.poll(0);
    queue.offer(other);

    queue.failed(batch, SendFailure.of(ResourceNotFoundException.builder().build()), 0);
    Batch next = queue.poll(0);
    answer(next, 0);

    assertThat(affected.outcome()).isCompletedExceptionally();
    assertThat(other.outcome()).isCompleted();
    assertThat(texts(next)).containsExactly("b");
  }

  @Test
  void forgets_what_a_leaving_caller_had_waiting() {
    PublishCall refused = call(0, "a");
    queue.offer(refused);
    refuse(queue.poll(0), 0, "a");
    PublishCall waiting = call(0, "b");
    queue.offer(waiting);

    queue.remove(refused);
    queue.remove(waiting);

    assertThat(queue.isDrained()).isTrue();
  }

  @Test
  void does_not_send_again_for_a_caller_that_left() {
    PublishCall call = call(0, "a");
    queue.offer(call);
    Batch batch = queue.poll(0);
    queue.remove(call);
    Delivery delivery = call.withdraw();
    int heldWhileInFlight = budget.used();

    refuse(batch, 0, "a");

    assertThat(delivery).isEqualTo(new Delivery(1, 0, 1));
    assertThat(heldWhileInFlight).isEqualTo(2);
    assertThat(budget.used()).isZero();
    assertThat(queue.isDrained()).isTrue();
  }

  @Test
  void does_not_linger_when_flushing() {
    queue.offer(call(0, "a"));
    queue.poll(0);
    queue.offer(call(0, "b"));

    queue.flush();

    assertThat(texts(queue.poll(0))).containsExactly("b");
  }

  @Test
  void a_request_holds_as_many_records_of_a_key_as_are_gathered() {
    SendQueue gathering = queue(new RequestLimit(KinesisLimits.RECORD_BYTES, true));
    PublishCall first = call(0, numbered(1_500));
    PublishCall second = call(0, numbered(600));
    gathering.offer(first);
    gathering.offer(second);

    Batch all = gathering.poll(0);
    gathering.answered(all, answerOf(all, Set.of("7")), 0);
    Batch again = gathering.poll(50 * MS);
    gathering.answered(again, answerOf(again, Set.of()), 50 * MS);

    assertThat(texts(all))
        .containsExactlyElementsOf(
            Stream.of(numbered(1_500), numbered(600)).flatMap(Stream::of).toList());
    assertThat(texts(again)).containsExactly("7", "7");
    assertThat(first.outcome()).isCompleted();
    assertThat(second.outcome()).isCompleted();
    assertThat(metrics.putCalls()).isEqualTo(2);
    assertThat(metrics.records()).isEqualTo(2_100);
    assertThat(metrics.throttledEntries()).isEqualTo(2);
    assertThat(metrics.retries()).isEqualTo(2);
  }

  @Test
  void a_request_holds_no_more_keys_than_kinesis_takes_records() {
    SendQueue gathering = queue(new RequestLimit(KinesisLimits.RECORD_BYTES, true));
    List<PendingRecord> records =
        IntStream.range(0, 1_200)
            .mapToObj(i -> new PendingRecord(FakeKinesis.entry("k" + i % 600, "" + i)))
            .toList();
    gathering.offer(call(0, records));

    Batch first = gathering.poll(0);

    assertThat(texts(first)).containsExactly(numbered(500));
  }

  @Test
  void a_request_of_gathered_records_is_full_by_bytes() {
    SendQueue gathering = queue(new RequestLimit(KinesisLimits.RECORD_BYTES, true));
    String tenth = "t".repeat(KinesisLimits.RECORD_BYTES / 10);
    gathering.offer(call(0, "a"));
    gathering.poll(0);
    gathering.offer(call(0, numbered(500)));
    assertThat(gathering.poll(0)).isNull();

    String[] eleven = new String[11];
    Arrays.fill(eleven, tenth);
    gathering.offer(call(0, eleven));

    assertThat(texts(gathering.poll(0))).hasSize(500 + 9).endsWith(tenth);
  }

  private SendQueue queue(RequestLimit request) {
    return new SendQueue(
        Duration.ofMillis(5),
        request,
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), longest -> longest),
        metrics,
        0);
  }

  private PublishCall call(long arrivedAt, String... texts) {
    return call(
        arrivedAt,
        Arrays.stream(texts).map(text -> new PendingRecord(FakeKinesis.entry("k", text))).toList());
  }

  private PublishCall call(long arrivedAt, List<PendingRecord> records) {
    int bytes = records.stream().mapToInt(PendingRecord::size).sum();
    try {
      return new PublishCall(records, budget.reserve(bytes, 0), arrivedAt);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(Batch batch, long now) {
    refuse(batch, now);
  }

  private void refuse(Batch batch, long now, String... texts) {
    queue.answered(batch, answerOf(batch, Set.of(texts)), now);
  }

  private static PutRecordsResponse answerOf(Batch batch, Set<String> refused) {
    PutRecordsRequest request = PutRecordsRequest.builder().records(batch.entries()).build();
    return FakeKinesis.refuse(THROTTLED, refused).apply(request);
  }

  private void lose(Batch batch, long now) {
    queue.failed(batch, SendFailure.of(SdkClientException.create("connection reset")), now);
  }

  private static List<String> texts(Batch batch) {
    return batch.entries().stream().map(FakeKinesis::text).toList();
  }

  private static String[] numbered(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
  }
}
