package routes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;
import routes.partition.Partition;
import routes.partition.PartitionValue;

/** The file that the README has newcomers copy into the inbox. */
class SampleLogsTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-21T00:00:00Z");

  @Test
  void the_sample_has_forty_good_records_of_five_services_in_three_hours() throws IOException {
    RecordParser parser =
        new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
    Map<String, Integer> records = new TreeMap<>();

    for (String line : Files.readAllLines(Path.of("samples/logs.jsonl"))) {
      LogRecord record = (LogRecord) parser.parse(ByteSlice.utf8(line), ARRIVAL);
      records.merge(Partition.of(record).path(), 1, Integer::sum);
    }

    assertThat(records)
        .hasSize(15)
        .allSatisfy(
            (path, count) ->
                assertThat(path)
                    .matches("service=[a-z]+/year=2026/month=11/day=20/hour=(08|09|10)"));
    assertThat(records.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
  }
}
