package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

class RequestLimitTest {

  private static final int BYTES = KinesisLimits.RECORD_BYTES;

  @Property(tries = 100)
  void what_gathered_records_become_is_within_the_limits(
      @ForAll("records") List<PutRecordsRequestEntry> records) {
    RequestRoom room = new RequestLimit(BYTES, true).room();
    List<PutRecordsRequestEntry> taken = new ArrayList<>();
    for (PutRecordsRequestEntry record : records) {
      if (room.take(new PendingRecord(record))) {
        taken.add(record);
      }
    }
    FakeKinesis kinesis = new FakeKinesis();

    new AggregatingKinesisClient(kinesis)
        .putRecords(PutRecordsRequest.builder().streamName("s").records(taken).build());

    List<PutRecordsRequestEntry> sent = kinesis.requests().get(0).records();
    assertThat(sent).hasSizeBetween(1, KinesisLimits.REQUEST_RECORDS);
    assertThat(sent.stream().mapToLong(PendingRecord::sizeOf).sum()).isLessThanOrEqualTo(BYTES);
  }

  @Test
  void the_largest_record_there_is_fits_into_the_smallest_request() {
    PendingRecord largest = new PendingRecord(FakeKinesis.entry("k", "x".repeat(BYTES - 1)));

    for (boolean gathered : new boolean[] {false, true}) {
      RequestRoom room = new RequestLimit(BYTES, gathered).room();

      assertThat(room.take(largest)).isTrue();
      assertThat(room.take(new PendingRecord(FakeKinesis.entry("k", "")))).isFalse();
    }
  }

  /** Runs of records that are alike, from empty ones to such as none goes with. */
  @Provide
  Arbitrary<List<PutRecordsRequestEntry>> records() {
    Arbitrary<Integer> sizes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(300, 400),
            Arbitraries.integers().between(25_000, 60_000));
    Arbitrary<Integer> keys = Arbitraries.of(1, 3, 100, 700);
    Arbitrary<Integer> counts = Arbitraries.integers().between(1, 2_000);
    Arbitrary<@Nullable String> hashKeys =
        Arbitraries.of("0", "340282366920938463463374607431768211455").injectNull(0.5);
    return Combinators.combine(sizes, keys, counts, hashKeys)
        .as(
            (size, differentKeys, count, hashKey) -> {
              String text = "x".repeat(size);
              List<PutRecordsRequestEntry> run = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                run.add(
                    FakeKinesis.entry("key-" + i % differentKeys, text).toBuilder()
                        .explicitHashKey(hashKey)
                        .build());
              }
              return run;
            })
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(runs -> runs.stream().flatMap(List::stream).toList());
  }
}
