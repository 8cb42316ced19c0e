package routes.dashboard.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

class RecentRecordsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant SINCE = NOW.minus(Duration.ofMinutes(3));
  private static final int A_READ = 10;

  private final List<Instant> arrivals = new ArrayList<>();
  private final List<Instant> read = new ArrayList<>();

  /** A shard with a record at each of the arrivals, of which a read gives ten. */
  private final class OneShard implements KinesisClient {

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
      int first = 0;
      while (first < arrivals.size() && arrivals.get(first).isBefore(request.timestamp())) {
        first++;
      }
      return GetShardIteratorResponse.builder().shardIterator(Integer.toString(first)).build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
      int from = Integer.parseInt(request.shardIterator());
      int to = Math.min(arrivals.size(), from + A_READ);
      return GetRecordsResponse.builder()
          .records(
              arrivals.subList(from, to).stream()
                  .map(time -> Record.builder().approximateArrivalTimestamp(time).build())
                  .toList())
          .nextShardIterator(Integer.toString(to))
          .millisBehindLatest(to == arrivals.size() ? 0L : 1L)
          .build();
    }

    @Override
    public String serviceName() {
      return KinesisClient.SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private boolean read() {
    return new RecentRecords(new OneShard(), "stream", SINCE, NOW, List.of("shard"), true)
        .read((shard, record) -> read.add(record.approximateArrivalTimestamp()));
  }

  private void come(int records, Duration after, Duration apart) {
    for (int i = 0; i < records; i++) {
      arrivals.add(SINCE.plus(after).plus(apart.multipliedBy(i)));
    }
  }

  @Test
  void ofWhatIsMoreThanAFewReadsGiveAllPartsAreLookedAt() {
    come(180, Duration.ZERO, Duration.ofSeconds(1));

    assertThat(read()).isFalse();

    assertThat(read).hasSize(3 * A_READ).doesNotHaveDuplicates();
    assertThat(read)
        .contains(SINCE, SINCE.plus(Duration.ofMinutes(1)), SINCE.plus(Duration.ofMinutes(2)));
  }

  @Test
  void whatCameAtOnceIsReadOn() {
    come(25, Duration.ofSeconds(170), Duration.ofMillis(1));

    assertThat(read()).isTrue();

    assertThat(read).isEqualTo(arrivals);
  }

  @Test
  void whatIsPassedOverIsNotAll() {
    come(11, Duration.ZERO, Duration.ofMillis(1));
    come(1, Duration.ofSeconds(150), Duration.ofMillis(1));

    assertThat(read()).isFalse();

    assertThat(read).hasSize(11).contains(arrivals.get(11)).doesNotContain(arrivals.get(10));
  }

  @Test
  void theEndOfTheShardIsTheEnd() {
    come(3, Duration.ZERO, Duration.ofSeconds(1));

    assertThat(read()).isTrue();

    assertThat(read).isEqualTo(arrivals);
  }
}
