package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.local.Clouds;
import routes.local.LocalCloud;
import routes.local.kinesis.KinesisOptions;
import routes.local.kinesis.MutableClock;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Kinesis forgets an iterator after five minutes, such as those of a worker whose S3 is away. */
class ExpiredIteratorTest {

  private static final Duration TOO_LONG = Duration.ofMinutes(6);
  private static final SourceShard SHARD =
      new SourceShard(
          new ShardId("logs", Instant.EPOCH, "shardId-000000000000"),
          new HashRange(BigInteger.ZERO, BigInteger.TWO.pow(128).subtract(BigInteger.ONE)));

  private final MutableClock clock = new MutableClock();
  private LocalCloud cloud;
  private AwsClients clients;

  @BeforeEach
  void start(@TempDir Path data) {
    cloud = LocalCloud.start(data, "127.0.0.1", 0, KinesisOptions.defaults(), clock);
    clients = Clouds.clientsOf(cloud);
    new Resources(clients.kinesis(), clients.s3(), clients.sqs()).ensureStream("logs", 1);
  }

  @AfterEach
  void stop() {
    clients.close();
    cloud.close();
  }

  @Test
  void reading_goes_on_after_the_last_record_read() {
    ShardCursor cursor = cursor(Position.START);
    put("a", "b", "c");
    assertThat(data(cursor.read())).containsExactly("a", "b");

    clock.advance(TOO_LONG);

    assertThat(data(cursor.read())).containsExactly("c");
    clock.advance(TOO_LONG);
    put("d");
    assertThat(data(cursor.read())).containsExactly("d");
  }

  @Test
  void reading_goes_on_where_nothing_was_read_yet() {
    ShardCursor first = cursor(Position.START);
    assertThat(data(first.read())).isEmpty();
    clock.advance(TOO_LONG);
    put("a");
    assertThat(data(first.read())).containsExactly("a");
  }

  @Test
  void reading_goes_on_at_a_record_that_is_delivered_in_part() {
    put("a", "b");
    String ofA = cursor(Position.START).read().records().get(0).sequenceNumber();
    ShardCursor cursor = cursor(new Position(ofA, 0));
    clock.advance(TOO_LONG);

    assertThat(data(cursor.read())).containsExactly("a", "b");
  }

  @Test
  void the_embedded_kinesis_does_forget_iterators() {
    String iterator =
        clients
            .kinesis()
            .getShardIterator(
                r ->
                    r.streamName("logs")
                        .shardId(SHARD.id().shard())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();

    clock.advance(TOO_LONG);

    assertThatThrownBy(() -> clients.kinesis().getRecords(r -> r.shardIterator(iterator)))
        .isInstanceOf(ExpiredIteratorException.class);
  }

  private ShardCursor cursor(Position from) {
    return ShardCursor.at(clients.kinesis(), 2, SHARD, from);
  }

  private void put(String... records) {
    for (String record : records) {
      clients
          .kinesis()
          .putRecord(
              r -> r.streamName("logs").partitionKey("key").data(SdkBytes.fromUtf8String(record)));
    }
  }

  private static List<String> data(ShardRead read) {
    return read.records().stream().map(record -> record.data().toString()).toList();
  }
}
