package routes.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectNameTest {

  private static final Instant CREATED = Instant.parse("2026-08-01T00:00:00.123Z");
  private static final Partition PARTITION = new Partition("checkout", 496_477);
  private static final ObjectName NAME =
      new ObjectName("logs", CREATED, "shardId-000000000000", PARTITION, "4960", 2);

  /** Objects in lakes bear these names: another one here would deliver their records twice. */
  @Test
  void the_name_of_a_position_never_changes() {
    assertThat(NAME.stem())
        .isEqualTo(
            "service=checkout/year=2026/month=08/day=21/hour=13/"
                + "part-92c8438a-b648-30a5-ac7f-9877023145b4");
  }

  @Test
  void every_part_of_the_position_makes_another_name() {
    String shard = NAME.shard();
    Partition later = new Partition("checkout", 496_478);
    List<ObjectName> names =
        List.of(
            NAME,
            new ObjectName("logs2", CREATED, shard, PARTITION, "4960", 2),
            new ObjectName("logs", CREATED.plusMillis(1), shard, PARTITION, "4960", 2),
            new ObjectName("logs", CREATED, "shardId-000000000001", PARTITION, "4960", 2),
            new ObjectName("logs", CREATED, shard, later, "4960", 2),
            new ObjectName("logs", CREATED, shard, PARTITION, "4961", 2),
            new ObjectName("logs", CREATED, shard, PARTITION, "4960", 3),
            new ObjectName("log", CREATED, "s" + shard, PARTITION, "4960", 2));

    assertThat(names).extracting(ObjectName::uuid).doesNotHaveDuplicates();
  }

  @Test
  void the_streams_creation_counts_to_the_millisecond() {
    ObjectName finer =
        new ObjectName("logs", CREATED.plusNanos(999), NAME.shard(), PARTITION, "4960", 2);

    assertThat(finer.uuid()).isEqualTo(NAME.uuid());
  }
}
