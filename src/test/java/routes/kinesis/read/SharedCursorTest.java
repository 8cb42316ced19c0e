package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import routes.ledger.Position;
import routes.ledger.ShardId;

class SharedCursorTest {

  private static final long PAUSE = 5_000;
  private static final long MANY = 1 << 20;

  private final OneShard kinesis = new OneShard();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final SharedReads reads = new SharedReads(kinesis, MANY, () -> now);
  private final SharedCursor one = cursor(reads, 100);
  private final SharedCursor other = cursor(reads, 100);

  @Test
  void what_one_has_read_the_other_is_given_at_once() {
    kinesis.put(1);
    kinesis.put(2);
    one.read(PAUSE);
    kinesis.put(3);
    one.read(PAUSE);
    now = now.plusSeconds(3);

    ShardRead read = other.read(PAUSE);

    assertThat(numbers(read)).containsExactly(1, 2, 3);
    assertThat(read.age()).hasSeconds(3);
    assertThat(read.asOfMillis()).isEqualTo(3_000);
    assertThat(kinesis.reads()).isEqualTo(2);
  }

  @Test
  void both_go_on_from_there() {
    kinesis.put(1);
    one.read(PAUSE);
    other.read(PAUSE);
    kinesis.put(2);

    assertThat(numbers(other.read(PAUSE))).containsExactly(2);
    assertThat(numbers(one.read(PAUSE))).containsExactly(2);
    assertThat(kinesis.reads()).isEqualTo(2);
    assertThat(kinesis.iterators()).isEqualTo(1);
  }

  @Test
  void that_there_was_nothing_holds_for_as_long_as_a_reader_pauses() {
    one.read(PAUSE);
    now = now.plusMillis(PAUSE - 1);
    kinesis.put(1);

    ShardRead before = other.read(PAUSE);
    assertThat(before.isEmpty()).isTrue();
    assertThat(before.isShared()).isTrue();
    now = now.plusMillis(1);
    assertThat(numbers(other.read(PAUSE))).containsExactly(1);
  }

  @Test
  void nothing_where_there_may_be_more_is_no_news() {
    kinesis.put(1);
    kinesis.showNothing();
    assertThat(one.read(PAUSE).isBehind()).isTrue();

    assertThat(numbers(other.read(PAUSE))).containsExactly(1);
    assertThat(numbers(one.read(PAUSE))).containsExactly(1);
  }

  @Test
  void of_two_that_ask_at_once_the_second_to_hear_follows() {
    kinesis.put(1);
    List<ShardRead> first = new ArrayList<>();
    kinesis.meanwhile(() -> first.add(one.read(PAUSE)));

    ShardRead second = other.read(PAUSE);

    assertThat(numbers(second)).containsExactly(1);
    assertThat(second.isShared()).isTrue();
    assertThat(first.get(0).isShared()).isFalse();
    assertThat(numbers(first.get(0))).containsExactly(1);
  }

  @Test
  void a_stream_that_was_made_anew_is_another() {
    kinesis.put(1);
    one.read(PAUSE);
    kinesis.dropBefore(2);
    kinesis.put(2);
    SourceShard anew =
        new SourceShard(new ShardId("logs", now, OneShard.ID.id().shard()), OneShard.ID.hashKeys());

    assertThat(numbers(new SharedCursor(reads, 100, anew, Position.START).read(PAUSE)))
        .containsExactly(2);
  }

  @Test
  void no_read_brings_more_than_was_asked_for() {
    IntStream.range(0, 5).forEach(kinesis::put);
    SharedCursor few = cursor(reads, 2);
    one.read(PAUSE);

    assertThat(numbers(few.read(PAUSE))).containsExactly(0, 1);
    assertThat(numbers(few.read(PAUSE))).containsExactly(2, 3);
    assertThat(numbers(few.read(PAUSE))).containsExactly(4);
  }

  @Test
  void both_see_the_end() {
    kinesis.put(1);
    kinesis.end();
    one.read(PAUSE);

    ShardRead read = other.read(PAUSE);

    assertThat(numbers(read)).containsExactly(1);
    assertThat(read.end()).isTrue();
    assertThat(kinesis.reads()).isEqualTo(1);
  }

  @Test
  void a_stream_that_had_to_be_asked_where_to_read_on_is_told_to_both() {
    kinesis.put(1);
    one.read(PAUSE);
    other.read(PAUSE);
    kinesis.put(2);
    kinesis.expire();
    one.read(PAUSE);

    assertThat(other.read(PAUSE).renewed()).isTrue();
  }

  @Test
  void no_more_is_held_than_there_is_room_for() {
    SharedReads small = new SharedReads(kinesis, 2_500, () -> now);
    SharedCursor writer = cursor(small, 1);
    for (int number = 1; number <= 3; number++) {
      kinesis.put(number);
      writer.read(PAUSE);
    }

    assertThat(numbers(cursor(small, 1).read(PAUSE))).containsExactly(1);
    assertThat(kinesis.reads()).isEqualTo(4);
  }

  @RepeatedTest(50)
  void each_reader_reads_each_record_once(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    SharedReads shared = new SharedReads(kinesis, random.nextInt(20_000), () -> now);
    List<SharedCursor> cursors = new ArrayList<>();
    List<List<Integer>> read = new ArrayList<>();
    for (int reader = 0; reader < 3; reader++) {
      cursors.add(cursor(shared, 1 + random.nextInt(10)));
      read.add(new ArrayList<>());
    }
    List<Integer> put = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      now = now.plusMillis(random.nextInt(2_000));
      int reader = random.nextInt(3);
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          put.add(step);
          kinesis.put(step);
        }
        case 2 -> kinesis.expire();
        default ->
            read.get(reader).addAll(numbers(cursors.get(reader).read(random.nextInt(3_000))));
      }
    }
    for (int reader = 0; reader < 3; reader++) {
      for (int left = 0; left <= put.size(); left++) {
        now = now.plusMillis(PAUSE);
        read.get(reader).addAll(numbers(cursors.get(reader).read(PAUSE)));
      }
    }

    assertThat(read).allSatisfy(each -> assertThat(each).isEqualTo(put));
  }

  private static SharedCursor cursor(SharedReads reads, int batchSize) {
    return new SharedCursor(reads, batchSize, OneShard.ID, Position.START);
  }

  private static List<Integer> numbers(ShardRead read) {
    return read.records().stream()
        .map(record -> Integer.parseInt(record.sequenceNumber()))
        .toList();
  }
}
