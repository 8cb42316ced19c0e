package routes.dashboard.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.dashboard.lake.Incoming.Following;
import routes.envelope.EnvelopeReader;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

class FollowedStreamTest {

  private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final Kinesis kinesis = new Kinesis();
  private volatile Instant now = START;

  /** Where a shard was begun to be read. */
  private record Opened(String shard, Instant since) {}

  /** Eighteen shards, until the test says that some are over and others there. */
  private static final class Kinesis implements KinesisClient {

    private final List<String> open =
        Collections.synchronizedList(
            new ArrayList<>(IntStream.range(0, 18).mapToObj(n -> "shard-" + n).toList()));
    private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
    private final Set<String> over = ConcurrentHashMap.newKeySet();

    @Override
    public ListShardsResponse listShards(ListShardsRequest request) {
      return ListShardsResponse.builder()
          .shards(
              List.copyOf(open).stream()
                  .map(
                      id ->
                          Shard.builder()
                              .shardId(id)
                              .sequenceNumberRange(range -> range.startingSequenceNumber("1"))
                              .build())
                  .toList())
          .build();
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
      opened.add(new Opened(request.shardId(), request.timestamp()));
      return GetShardIteratorResponse.builder().shardIterator(request.shardId()).build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
      String shard = request.shardIterator();
      return GetRecordsResponse.builder()
          .millisBehindLatest(0L)
          .nextShardIterator(over.contains(shard) ? null : shard)
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}

    List<Opened> opened(int count) throws InterruptedException {
      List<Opened> next = new ArrayList<>();
      while (next.size() < count) {
        Opened one = opened.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(one).as("after %s", next).isNotNull();
        next.add(one);
      }
      return next;
    }
  }

  @Test
  void a_shard_that_gets_its_turn_is_read_from_then_on_and_a_new_one_from_its_beginning()
      throws Exception {
    FollowedStream stream =
        new FollowedStream(
            kinesis,
            "logs",
            new EnvelopeReader(
                new RecordParsers(
                        FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection)
                    .of(Signal.LOGS)),
            () -> now,
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              thread.start();
            });
    try (Following following = stream.join()) {
      assertThat(kinesis.opened(16))
          .extracting(Opened::since)
          .containsOnly(START.minus(Duration.ofSeconds(5)));
      assertThat(following.next(WAIT).orElseThrow().shardsLeftOut()).isEqualTo(2);

      now = START.plus(Duration.ofHours(1));
      kinesis.open.remove("shard-0");
      kinesis.over.add("shard-0");
      assertThat(kinesis.opened(1)).containsExactly(new Opened("shard-16", now));

      now = START.plus(Duration.ofHours(2));
      kinesis.open.removeAll(List.of("shard-1", "shard-17"));
      kinesis.open.add("shard-18");
      kinesis.over.add("shard-1");
      assertThat(kinesis.opened(1))
          .as("not there when the shards were listed an hour ago")
          .containsExactly(
              new Opened("shard-18", START.plus(Duration.ofHours(1)).minus(Duration.ofSeconds(5))));
    }
  }
}
