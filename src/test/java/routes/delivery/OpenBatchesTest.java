package routes.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;

class OpenBatchesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** More than a group costs beside its records. */
  private static final int PAD = 10_000;

  /** For six records. */
  private static final int LIMIT = 1 << 16;

  private ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
  private final DeliveryBuffer buffer = new DeliveryBuffer(LIMIT);
  private final Lake lake = Lakes.with(buffer);
  private final OpenBatches open = lake.open();
  private final GroupSequencer sequencer = new GroupSequencer();
  private int position = 100;

  @Test
  void the_largest_batches_are_closed_until_half_of_the_memory_is_left() {
    buffer.open(ledger);
    for (Batch batch : batches("small", "large", "medium", "large", "large", "large")) {
      open.append(null, batch);
    }
    List<String> closed = new ArrayList<>();

    open.makeRoom(closed::add);

    assertThat(closed).singleElement().asString().contains("service=large");
  }

  @Test
  void what_is_older_than_it_may_be_is_closed_whatever_the_time_of_day() {
    buffer.open(ledger);
    Batch batch = open.append(null, batches("a").get(0));
    assertThat(open.millisLeft(batch, 60_000)).isBetween(1L, 60_000L);
    List<String> closed = new ArrayList<>();

    open.closeOverdue(System.nanoTime() + TimeUnit.SECONDS.toNanos(60), closed::add);
    assertThat(closed).isEmpty();

    open.closeOverdue(System.nanoTime() + TimeUnit.SECONDS.toNanos(63), closed::add);
    assertThat(closed).singleElement().asString().contains("service=a");
    assertThat(closedBy(batch, "force")).isEqualTo(CloseReason.AGE);
  }

  @Test
  void what_begins_while_the_one_before_it_is_on_its_way_is_as_old_as_itself() {
    buffer.open(ledger);
    Batch leaving = open.append(null, batches("a").get(0));
    open.millisLeft(leaving, 60_000);
    long between = System.nanoTime();
    Batch next = open.append(null, batches("a").get(0));
    open.millisLeft(next, 60_000);
    List<String> closed = new ArrayList<>();

    open.closeOverdue(between + TimeUnit.SECONDS.toNanos(62), closed::add);

    assertThat(closed).isEmpty();
  }

  @Test
  void what_closed_a_batch_is_what_happened_and_not_what_its_size_suggests() {
    buffer.open(ledger);
    assertThat(closedBy(open.append(null, batches("a").get(0)), "timeout"))
        .isEqualTo(CloseReason.AGE);
    assertThat(closedBy(open.append(null, batches("b").get(0)), "force"))
        .isEqualTo(CloseReason.STOP);
    assertThat(closedBy(open.append(null, batches("c").get(0)), "predicate"))
        .isEqualTo(CloseReason.CONDITION);

    Batch large = open.append(null, batches("d").get(0));
    assertThat(open.isFull(large, large.bytes() + 1, 2)).isFalse();
    assertThat(open.isFull(large, large.bytes(), 2)).isTrue();
    assertThat(closedBy(large, "predicate")).isEqualTo(CloseReason.SIZE);

    Batch many = open.append(null, batches("e", "e").get(0));
    assertThat(open.isFull(many, Long.MAX_VALUE, 2)).isTrue();
    assertThat(closedBy(many, "predicate")).isEqualTo(CloseReason.RECORDS);

    Batch big = open.append(null, batches("f", "f", "f", "f", "f").get(0));
    open.makeRoom(group -> {});
    assertThat(closedBy(big, "force")).isEqualTo(CloseReason.MEMORY);
  }

  @Test
  void the_number_of_groups_fills_the_memory_however_little_is_in_them() {
    buffer.open(ledger);
    for (int group = 0; !buffer.isFull(); group++) {
      open.append(null, batches("service-" + group).get(0));
    }
    assertThat(open.count()).isLessThanOrEqualTo(1 + LIMIT / (PAD + 4_096));
  }

  @Test
  void a_group_is_counted_once_however_often_it_grows() {
    buffer.open(ledger);
    Batch batch = open.append(null, batches("a").get(0));
    long one = buffer.used();

    batch = open.append(batch, batches("a").get(0));

    assertThat(buffer.used()).isEqualTo(2 * one - Batch.OVERHEAD).isEqualTo(batch.cost());
    sequencer.delivered(sequencer.objects(batch).next());
    assertThat(buffer.used()).isZero();
  }

  private CloseReason closedBy(Batch batch, String completedBy) {
    open.closed(batch, completedBy);
    return batch.closedBy();
  }

  @Test
  void what_is_delivered_gives_its_memory_back() {
    buffer.open(ledger);
    Batch batch = open.append(null, batches("a").get(0));
    assertThat(buffer.used()).isPositive();

    Iterator<@Nullable NewObject> objects = sequencer.objects(batch);
    sequencer.delivered(objects.next());

    assertThat(objects.next()).isNull();
    assertThat(buffer.used()).isZero();
  }

  @Test
  void an_abandoned_shard_gives_all_its_memory_back_and_puts_nothing_more() {
    buffer.open(ledger);
    Batch batch = open.append(null, batches("a").get(0));

    ledger.abandon();
    buffer.abandon(ledger);

    assertThat(buffer.used()).isZero();
    assertThat(sequencer.objects(batch).next()).isNull();
    assertThat(buffer.used()).isZero();
  }

  @Test
  void what_an_abandoned_shard_left_is_not_counted_when_the_largest_are_closed() {
    buffer.open(ledger);
    batches("left", "left", "left", "left", "left").forEach(batch -> open.append(null, batch));
    ledger.abandon();
    ledger = new ShardLedger(Checkpoint.NONE);
    buffer.open(ledger);
    batches("current", "current", "current", "current", "current")
        .forEach(batch -> open.append(null, batch));
    List<String> closed = new ArrayList<>();

    open.makeRoom(closed::add);

    assertThat(closed).singleElement().asString().contains("service=current");
    assertThat(open.count()).isEqualTo(1);
  }

  @Test
  void what_a_shard_left_open_does_not_take_up_what_is_read_once_it_is_back() {
    buffer.open(ledger);
    Batch left = open.append(null, batches("a").get(0));
    ledger.abandon();
    buffer.abandon(ledger);
    ledger = new ShardLedger(Checkpoint.NONE);
    buffer.open(ledger);
    Batch again = batches("a").get(0);

    Batch grown = open.append(left, again);

    assertThat(grown.ledger()).isSameAs(ledger);
    assertThat(grown.count()).isEqualTo(1);
    assertThat(sequencer.objects(grown).next().batch().count()).isEqualTo(1);
  }

  @Test
  void what_comes_too_late_from_a_shard_that_was_let_go_is_left_out() {
    buffer.open(ledger);
    Batch late = batches("a").get(0);
    ledger.abandon();
    ledger = new ShardLedger(Checkpoint.NONE);
    buffer.open(ledger);
    Batch current = open.append(null, batches("a").get(0));

    assertThat(open.append(current, late)).isSameAs(current);
    assertThat(current.count()).isEqualTo(1);
  }

  @Test
  void all_that_is_open_of_a_shard_is_closed() {
    buffer.open(ledger);
    batches("a", "b").forEach(batch -> open.append(null, batch));
    List<String> closed = new ArrayList<>();

    open.closeAll(new ShardId("logs", NOON, "shard-00"), closed::add);
    assertThat(closed).isEmpty();

    open.closeAll(new ShardId("logs", NOON, "shard-0"), closed::add);
    assertThat(closed).hasSize(2);
  }

  private List<Batch> batches(String... services) {
    List<KinesisRecord> records = new ArrayList<>();
    for (String service : services) {
      String line =
          "{\"service\":\"%s\",\"timestamp\":\"2026-11-20T11:00:00Z\",\"pad\":\"%s\"}"
              .formatted(service, "x".repeat(PAD));
      records.add(Reads.record(Integer.toString(position++), NOON, line.getBytes(UTF_8)));
    }
    RecordParser parser =
        new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
    return new Partitioner(lake)
        .partition(
            new Reads(parser, 10_000)
                .part(
                    new ShardId("logs", NOON, "shard-0"),
                    ledger,
                    new DuplicateWindow(0, new WindowMemory(0)),
                    records))
        .batches();
  }
}
