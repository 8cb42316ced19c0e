package routes.kinesis.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;

class UnpackingTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final int SERVICES = 2_500;

  @Test
  void a_part_opens_no_more_groups_than_memory_is_kept_free_for() {
    String lines =
        IntStream.range(0, SERVICES)
            .mapToObj(
                "{\"service\":\"service-%s\",\"timestamp\":\"2026-11-20T11:00:00Z\"}"::formatted)
            .collect(joining("\n"));

    List<Reads.Part> parts =
        new Reads(
                new RecordParser(
                    FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
                10_000)
            .parts(List.of(Reads.record("100", NOON, lines.getBytes(UTF_8))));

    assertThat(parts).extracting(part -> part.records().size()).containsExactly(1_000, 1_000, 500);
    assertThat(parts.get(2).complete()).isNotNull();
  }
}
